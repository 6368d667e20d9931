import type { AnswerTally, TalliedAnswers } from '../../access-log/read/search/tally-answers.ts';
import { findCommune } from '../../units/communes.ts';
import type { RegisteredOffice } from '../live/live-sources.ts';
import type { CountedName, ReportTotals } from './daily-report.ts';

/** Answers of one unit, register or purpose. */
export interface UnitCount {
  answers: number;
  refused: number;
  entries: number;
}

/** Answers to callers: acts of the gateway itself are none. */
export function answersIn({ rows }: AnswerTally): readonly TalliedAnswers[] {
  return rows.filter(({ kind }) => kind !== 'gateway');
}

/** Sums of the rows by a name; rows without one are left out. */
export function countBy(
  rows: readonly TalliedAnswers[],
  nameOf: (row: TalliedAnswers) => string | null,
): ReadonlyMap<string, UnitCount> {
  const counts = new Map<string, UnitCount>();
  for (const row of rows) {
    const name = nameOf(row);
    if (name === null) continue;
    const known = counts.get(name) ?? { answers: 0, refused: 0, entries: 0 };
    known.answers += row.answers;
    known.entries += row.entries;
    if (row.code !== null) known.refused += row.answers;
    counts.set(name, known);
  }
  return counts;
}

/** The counts as rows, the most first. */
export function namedCounts(counts: ReadonlyMap<string, UnitCount>): readonly CountedName[] {
  return [...counts]
    .map(([name, { answers, refused }]) => ({ name, answers, refused }))
    .sort((one, other) => other.answers - one.answers || (one.name < other.name ? -1 : 1));
}

export function totalsOf(tally: AnswerTally, forms: number): ReportTotals {
  const all = countBy(answersIn(tally), () => '').get('') ?? { answers: 0, refused: 0, entries: 0 };
  const { answers, refused, entries } = all;
  return { answers, answered: answers - refused, refused, entries, forms };
}

/** Code of the province in which an office works; null for one of the whole country, and for one that is not registered any more. */
export function provinceOf(office: RegisteredOffice | null): string | null {
  if (!office) return null;
  return (office.unit !== null && findCommune(office.unit)?.provinceCode) || office.province;
}

/** The agency of an office: `UBND phường Hoàn Kiếm` of `UBND phường Hoàn Kiếm, bộ phận hộ tịch`. */
export function agencyOf({ agency }: TalliedAnswers): string {
  return agency.split(',')[0] ?? agency;
}
