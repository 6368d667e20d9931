import { YEAR, type Day } from '../../calendar.ts';
import type { Person } from '../block.ts';
import { enter, TODAY, type Draft } from '../draft.ts';

const CAUSES = [
  'Tuổi già',
  'Bệnh tim mạch',
  'Đột quỵ',
  'Ung thư phổi',
  'Ung thư gan',
  'Đái tháo đường',
  'Viêm phổi',
  'Tai nạn giao thông',
  'Bệnh phổi tắc nghẽn mạn tính',
];

/** The share of a generation that has died by an age (modelled, a little above the life table's). */
function deadShare(age: number): number {
  if (age >= 85) return 0.65;
  if (age >= 75) return 0.42;
  if (age >= 65) return 0.22;
  if (age >= 50) return 0.07;
  return age >= 18 ? 0.012 : 0.003;
}

/** Nobody dies before a wedding, a child's birth or a divorce of theirs, and no minor loses both parents. */
function earliestDeath(person: Person): Day | undefined {
  for (const child of person.children) {
    const other = child.father === person ? child.mother : child.father;
    if (TODAY - child.birth < 18 * YEAR && other?.death !== undefined) return undefined;
  }
  const events = [
    person.birth + 1,
    ...person.children.map((child) => child.birth + 200),
    ...person.marriages.map((marriage) => (marriage.divorcedOn ?? marriage.day) + 200),
  ];
  const earliest = Math.max(...events);
  return earliest < TODAY - 40 ? earliest : undefined;
}

/** Tells whether the person could be given a death at all. */
export function die(draft: Draft, person: Person, withinYears: number): boolean {
  const { random } = draft;
  const earliest = earliestDeath(person);
  if (earliest === undefined || person.death !== undefined) return false;
  const from = Math.max(earliest, Math.floor(TODAY - withinYears * YEAR));
  const day = from + random.below(TODAY - 30 - from);
  person.death = {
    day,
    cause: random.pick(CAUSES),
    entry: enter(random, day, random.between(0, 14), 1, person.seat.home),
  };
  return true;
}

export function letDie(draft: Draft): void {
  if (!draft.plan.troubled) return;
  for (const person of draft.persons) {
    const age = (TODAY - person.birth) / YEAR;
    if (draft.random.chance(deadShare(age))) die(draft, person, 14);
  }
}
