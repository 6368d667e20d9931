import type { AnswerCall } from '../calls/answer-calls.ts';
import type { RegisterLine } from '../calls/register-lines.ts';

/**
 * How many persons a register was asked about under one id whom no entry is about that names it: exactly, where openings are
 * given; at least so many elsewhere. It need not be wrong: row rules read the officer's own record, those whom a match factor may
 * be of, and who leads from a dossier's party to the subject, and none of that is disclosed.
 */
export function countUnnamed(lines: readonly RegisterLine[], calls: readonly AnswerCall[]): number {
  const callsBy = Map.groupBy(calls, ({ officer }) => officer);
  let unnamed = 0;
  for (const [officer, own] of Map.groupBy(lines, (line) => line.officer)) {
    const asked = new Set(own.flatMap(({ person }) => person ?? []));
    let hidden = 0;
    for (const { persons, subjects } of callsBy.get(officer) ?? []) {
      persons?.forEach((person) => asked.delete(person));
      hidden += persons ? 0 : subjects;
    }
    unnamed += Math.max(0, asked.size - hidden);
  }
  return unnamed;
}
