import type { AnswerCall } from '../calls/answer-calls.ts';
import type { RegisterLine } from '../calls/register-lines.ts';

/**
 * Counts the persons that a register was asked about under one id and that no entry with this id is about. The count is
 * exact where openings are given, and a lower bound elsewhere. It need not be a fault: row rules read the officer's own
 * record, the persons that a match factor may mean, and the persons between a dossier's party and the subject, and none
 * of that is disclosed.
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
