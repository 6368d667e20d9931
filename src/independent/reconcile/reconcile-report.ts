import { isoTime } from '../../log-format/iso-time.ts';
import { printable, quoted } from '../verify/verdict/printable.ts';
import { FINDINGS, type FindingKind } from './calls/compare-call.ts';
import type { ReconcileResult } from './reconcile.ts';

const VERDICTS = {
  agree: 'AGREE',
  differ: 'DIFFER',
  'not-compared': 'NOT COMPARED',
} as const satisfies Record<ReconcileResult['verdict'], string>;

export const RECONCILE_REPORT_LIMITS = {
  outages: {
    value: 10,
    unit: 'outages',
    why: 'The report names so many outages one by one and counts the rest.',
  },
} as const;

/** A result for people, in plain text. */
export function reconcileReportText(result: ReconcileResult): string {
  const { verdict, entries, lines, calls } = result;
  return [
    VERDICTS[verdict],
    ...unknownLines(result),
    ...(calls === 0
      ? ['Nothing was compared: no call lies both in the compared time and in the export']
      : []),
    ...outageLines(result),
    ...findingLines(result),
    `${entries} entries, ${lines} lines of registers, ${calls} calls compared`,
    ...remarks(result),
  ]
    .map(printable)
    .join('\n');
}

function unknownLines({ unknownRegisters, registers }: ReconcileResult): string[] {
  return unknownRegisters.map(
    ({ register, lines }) =>
      `${register}: no call of the export is of a register of that name, so that its ${lines} lines were not compared. The name is misspelt, or the log has none of its calls. The export has calls of ${registers.join(', ') || 'no register'}`,
  );
}

/** An operator could state outages to hide something. The report says how many, how long, and how many calls lie in them. */
function outageLines({ outages, duringOutage }: ReconcileResult): string[] {
  if (outages.length === 0) return [];
  const seconds = outages.reduce((sum, { from, to }) => sum + to - from, 0) / 1000;
  const listed = outages.slice(0, RECONCILE_REPORT_LIMITS.outages.value);
  return [
    `not proven: that nothing left the gateway during ${outages.length} outage(s) that the log states, ${seconds} s together; during an outage that the log states: ${duringOutage} calls without an entry`,
    ...listed.map(
      ({ log, from, to, calls, written }) =>
        `    ${log} ${isoTime(from)} to ${isoTime(to)} (${(to - from) / 1000} s): ${calls} calls without an entry${written > 0 ? `; but ${written} that have one, in a log that could not be written` : ''}`,
    ),
    ...(outages.length > listed.length ? [`    and ${outages.length - listed.length} more`] : []),
  ];
}

function findingLines({ counts, findings }: ReconcileResult): string[] {
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return [
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `  ${kind}: ${count}. ${FINDINGS[kind as FindingKind]}`),
    ...findings.map(
      ({ kind, register, requestId, time, officer, dossier, client, purpose, answer }) =>
        `    ${kind} ${register} ${quoted(requestId)} ${time} officer ${quoted(officer || '-')} dossier ${quoted(dossier || '-')} client ${quoted(client || '-')} purpose ${quoted(purpose || '-')} answer ${answer ?? '-'}`,
    ),
    ...(total > findings.length ? [`    and ${total - findings.length} more`] : []),
  ];
}

function remarks(result: ReconcileResult): string[] {
  const { outside, unanswered, unnamed, atEdge, afterEnd, lastEntry, notCompared, removed } = result;
  const said: readonly (readonly [count: number, what: string])[] = [
    [outside, 'calls lie outside of the compared time'],
    [unanswered, 'calls gave nothing that was disclosed and have no line: they may have failed on the way'],
    [
      unnamed,
      'times a register was asked about a person that no entry of the call is about. Row rules read the records of officers, of the persons that a match factor may mean and of dossiers’ parties. More such questions than these rules need had another purpose',
    ],
    [
      atEdge,
      'calls lie so close to the edge of the compared time, or to the last entry of the export, that nothing follows from their absence',
    ],
    [
      afterEnd,
      `calls without an entry after the end of the export (its last entry is of ${lastEntry ?? 'no time'}): a later export must have them`,
    ],
    [notCompared, 'calls are of registers whose logs were not given'],
    [removed, 'entries were removed after their time: their calls are not known any more'],
  ];
  return said.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}
