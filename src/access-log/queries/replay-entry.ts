import { hash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { FieldLabels } from '../../policy/grant/field-labels.ts';
import type { OperationInputs } from '../../policy/grant/operation-inputs.ts';
import { replayOperation, replayRow } from '../../policy/grant/replay.ts';
import { RULES_BY_PLACE } from '../../policy/row-rules/rule-inputs.ts';
import { isEntryId } from '../entry/entry-id.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import type { OpenedAnswer, OpenedEntry, Predicates } from '../read/opened-answer.ts';
import type { CallerKind } from '../../identity/registered-clients.ts';
import { isOfComplainant, mayReplay } from './audit-scope.ts';
import { reply, type LogCaller, type LogQuery, type LogReply } from './log-query.ts';

export interface ReplayTools {
  readonly reader: AccessLogReader;
  readonly papers: () => AuditPapers;
  readonly schema: GraphQLSchema;
  readonly labels: FieldLabels;
  /** The agreement as it was, from its stored documents; null where they are not there, or not those of the digest. */
  readonly agreementOf: (id: string, digest: string) => Promise<Agreement | null>;
}

/** `replay`: null for an entry that there is not, or that the order does not open; the auditor cannot tell them apart. */
export async function replayEntry(
  tools: ReplayTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  const id = String(given['entry']);
  const answer = isEntryId(id) ? await tools.reader.answer(id) : null;
  const entry = answer?.entries[Number(given['n'] ?? 0)];
  const asked = {
    client: answer?.head.caller.client ?? '',
    time: answer?.head.time ?? 0,
    subject: entry?.subject ?? { kind: 'none' as const, key: '' },
  };
  const isOpen = await mayReplay(tools.papers(), caller, asked);
  if (!answer || !entry || !isOpen) return reply(null);
  const { agreement } = answer.head;
  const stored = agreement && (await tools.agreementOf(agreement.id, agreement.digest));
  const row = stored ? replayedRow(stored, answer, entry) : 'undetermined';
  const denied = stored ? await replayedDenials(tools, stored, answer, entry.predicates) : 'undetermined';
  return reply(
    {
      id: answer.head.id,
      n: entry.n,
      agreement: agreement?.id ?? null,
      agreementVersion: agreement?.version ?? null,
      agreementDigest: agreement?.digest ?? null,
      operationHash: answer.head.operation?.hash ?? null,
      predicates: RULES_BY_PLACE.map((rule, place) => ({ rule, input: entry.predicates.inputs[place] })),
      recordedRule: entry.rule,
      replayedRule: row,
      recordedDenied: answer.first.denied,
      replayedDenied: denied === 'undetermined' ? null : denied,
      isSame: isSame(entry, row, answer.first.denied, denied),
    },
    [entry.subject],
    isOfComplainant(tools.papers(), caller) ? [] : [answer.head.release],
  );
}

type ReplayedRow = ReturnType<typeof replayRow>;

/** A refused or failed answer decided nothing about its subjects. */
function replayedRow(agreement: Agreement, { head }: OpenedAnswer, entry: OpenedEntry): ReplayedRow {
  const isPerson = entry.subject.kind === 'person';
  return replayRow(
    agreement,
    { callerKind: head.caller.kind as CallerKind, isPerson },
    entry.predicates.inputs,
  );
}

async function replayedDenials(
  { reader, schema, labels }: ReplayTools,
  agreement: Agreement,
  { head }: OpenedAnswer,
  { operation }: Predicates,
): Promise<readonly string[] | 'undetermined'> {
  const text = head.operation && (await reader.document(head.operation.hash));
  const inputs = inputsOf(operation);
  // Another text under that hash is not what was decided.
  const isGenuine = text !== null && hash('sha256', text, 'hex') === head.operation?.hash;
  return isGenuine && inputs ? replayOperation(schema, labels, agreement, text, inputs) : 'undetermined';
}

function inputsOf(operation: Predicates['operation']): OperationInputs | null {
  const { arguments: decided, conditions, index } = operation ?? {};
  return decided === undefined || conditions === undefined || index === undefined
    ? null
    : { arguments: decided, conditions, index };
}

/** Compares both decisions; null where one of them cannot be made again. */
function isSame(
  { rule, outcome }: OpenedEntry,
  row: ReplayedRow,
  recorded: readonly string[],
  denied: readonly string[] | 'undetermined',
): boolean | null {
  // A person that no register knows is not found, without a rule.
  const isUnknown = row === 'unknown-person' && outcome === 'not-found';
  const isUnreadable = row === 'unreadable' && outcome === 'failed';
  const isRowSame = row === rule || isUnknown || isUnreadable;
  if (denied === 'undetermined') return row === 'undetermined' || isRowSame ? null : false;
  const areCutsSame = recorded.toSorted().join() === denied.toSorted().join();
  if (!areCutsSame) return false;
  return row === 'undetermined' ? null : isRowSame;
}
