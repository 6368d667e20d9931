import { printable, quoted } from '../verify/printable.ts';
import { FINDINGS, type FindingKind } from './compare-call.ts';
import type { ReconcileResult } from './reconcile.ts';

/** A result for people, in plain text. */
export function reportOf(result: ReconcileResult): string {
  const {
    verdict,
    counts,
    findings,
    entries,
    removed,
    lines,
    calls,
    notCompared,
    unanswered,
    atEdge,
    unnamed,
  } = result;
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return [
    verdict === 'agree' ? 'AGREE' : 'DIFFER',
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `  ${kind}: ${count}. ${FINDINGS[kind as FindingKind]}`),
    ...findings.map(
      ({ kind, register, requestId, time, officer, dossier, answer }) =>
        `    ${kind} ${register} ${quoted(requestId)} ${time} officer ${quoted(officer || '-')} dossier ${quoted(dossier || '-')} answer ${answer ?? '-'}`,
    ),
    ...(total > findings.length ? [`    and ${total - findings.length} more`] : []),
    `${entries} entries, ${lines} lines of registers, ${calls} calls compared`,
    ...(unanswered > 0
      ? [
          `${unanswered} calls gave nothing that was disclosed and have no line: they may have failed on the way`,
        ]
      : []),
    ...(unnamed > 0
      ? [
          `${unnamed} times a register was asked about somebody whom no entry of the call is about: row rules read officers’ own records, those whom a match factor may be of and dossiers’ parties. More of them than such rules need were asked for something else`,
        ]
      : []),
    ...(atEdge > 0 ? [`${atEdge} calls too close to the edge of the time compared to be missed`] : []),
    ...(notCompared > 0 ? [`${notCompared} calls of registers whose logs were not given`] : []),
    ...(removed > 0
      ? [`${removed} entries were removed after their time: their calls are not known any more`]
      : []),
  ]
    .map(printable)
    .join('\n');
}
