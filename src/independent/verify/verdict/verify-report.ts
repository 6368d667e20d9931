import { andMore, gatherRemarks } from './gather-alike.ts';
import { ATTACKS } from '../faults/attacks.ts';
import { isoTime } from '../../../log-format/iso-time.ts';
import { printable, quoted } from './printable.ts';
import type { Fault } from '../faults/tampering.ts';
import type { BreachReportResult, ProofsResult, VerifyResult } from './verify-result.ts';

/** A result for people, in plain text. */
export function verifyReportText(result: VerifyResult): string {
  const lines = [
    headline(result),
    ...result.faults.flatMap(faultLines),
    ...result.missing.map((one) => `  missing: ${one}`),
    ...exportLines(result),
    ...result.receipts.map(({ name, id, isProven, bodies, isUnopened }) => {
      const shown = bodies.length > 0 ? `, ${bodies.join(' and ')} shown to be its own` : '';
      const unopened = isUnopened ? '; not proven: no opening, the bodies given were not compared' : '';
      return `Receipt ${name}: ${isProven ? `proven, answer ${id}${shown}${unopened}` : 'not proven'}`;
    }),
    ...result.proofs.map(proofsLine),
    ...result.breachReports.map(breachLine),
    'Not proven:',
    ...result.notProven.map((one) => `  - ${one}`),
  ];
  return lines.map(printable).join('\n');
}

function headline({ verdict, missing }: VerifyResult): string {
  if (verdict === 'tampered') return 'TAMPERED';
  return missing.length === 0 ? 'VERIFIED' : 'VERIFIED, BUT NOT WHAT YOU ASKED FOR';
}

function proofsLine({ kind, name, isProven, entries, shown, opened }: ProofsResult): string {
  const label = kind === 'bundle' ? 'Bundle' : 'Access';
  const told = shown > 0 ? ', the entry says what was told' : '';
  const about = opened > 0 ? ', and it is about the subject that stands in the proof' : '';
  const count =
    kind === 'bundle'
      ? `, ${entries} entries as the log signed them${opened > 0 ? `, ${opened} with their subjects` : ''}`
      : `${told}${about}`;
  return `${label} ${name}: ${isProven ? `proven${count}` : 'not proven'}`;
}

function breachLine({ name, stated, recount }: BreachReportResult): string {
  if (!stated) return `Breach report ${name}: not proven`;
  const { origin, madeAt, order, answers, entries, subjects, notify } = stated;
  const named = notify ? `, ${notify.count} of them named, from ${notify.from} on` : ', none of them named';
  return `Breach report ${name}: signed by ${origin}, made ${madeAt} under ${quoted(order)}: ${answers} answers, ${entries} entries, ${subjects} subjects${named}${recountText(recount)}`;
}

function recountText(recount: BreachReportResult['recount']): string {
  if (!recount) return '';
  if (recount.verdict !== 'match') return '; not recounted from the export';
  return recount.subjects === 'match'
    ? '; the export gives the same counts and subjects'
    : '; the export gives the same counts, subjects not recounted';
}

function faultLines({ attack, index, interval, detail, alike }: Fault): readonly string[] {
  const at = index === null ? '' : ` at entry ${index}`;
  const within = interval ? ` (between entries ${interval[0]} and ${interval[1]})` : '';
  const more = alike ? [`    ${andMore(alike)}`] : [];
  return [`  ${attack}${at}${within}: ${ATTACKS[attack]}`, `    ${detail}`, ...more];
}

function exportLines({ export: exported, cosigned, knownAgree }: VerifyResult): readonly string[] {
  if (!exported) return [];
  const { log, from, to, entries, removed, checkpoints, epochs, openings, restores } = exported;
  return [
    `${log}, entries ${from} up to ${to}: ${entries} read (${removed} removed, as entries state, ${openings} with openings)`,
    `${checkpoints} checkpoints signed by the log, ${epochs} epoch(s), ${knownAgree} known checkpoint(s) agree`,
    ...gatherRemarks(
      restores.map(
        ({ epoch, from: at, lostSize, lostOrigin }) =>
          `Restored at ${at} (epoch ${epoch}): entries ${at} up to ${lostSize} of ${lostOrigin} were lost, as the log states`,
      ),
    ),
    ...cosigned.map(
      ({ witness, size, seconds }) =>
        `Cosigned by ${witness} up to entry ${size} at ${isoTime(seconds * 1000)}`,
    ),
  ];
}
