import { otherwiseTold } from '../../log-format/told-access.ts';
import type { BundledEntry } from '../proof/check-bundle.ts';
import type { ShownEntry } from './asked-entries.ts';

/** The first thing that the page shows otherwise than the proven entry says; null where there is none. */
export function differsFromEntry(shown: ShownEntry, { entry, subject }: BundledEntry): string | null {
  const { answer } = entry;
  const stands: readonly (readonly [name: string, shown: unknown, stands: unknown])[] = [
    ['id', shown.id, answer.id],
    ['client', shown.client, answer.caller.client],
    ['officer', shown.officer, answer.caller.officer],
    ['callerKind', shown.callerKind, answer.caller.kind],
    ['case', shown.case, answer.case],
    ['code', shown.code, answer.code],
    ['operationName', shown.operationName, answer.operation?.name ?? null],
    ['agreement', shown.agreement, answer.agreement?.id ?? null],
    ['agreementVersion', shown.agreementVersion, answer.agreement?.version ?? null],
    ['rule', shown.rule, entry.rule],
    ['subject', subject === null ? null : (shown.subject?.key ?? ''), subject],
  ];
  const differing = stands.find(([, one, other]) => one !== other);
  if (differing) return differing[0];
  return otherwiseTold(
    {
      time: shown.time ?? '',
      agency: shown.agency,
      purpose: shown.purpose,
      legalBasis: shown.legalBasis,
      outcome: shown.outcome ?? '',
      disclosed: (shown.disclosed ?? []).map((part) => ({
        register: part?.register ?? '',
        coordinates: (part?.coordinates ?? []).map((one) => one ?? ''),
        isNone: part?.status === 'none',
      })),
    },
    entry,
  );
}
