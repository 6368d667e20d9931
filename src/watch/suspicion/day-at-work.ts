import type { Limits } from '../../config/limits.ts';
import { addUpTo } from '../access/bounded.ts';
import type { WatchedAnswer } from '../access/watched-answer.ts';
import type { DayMeasures } from '../baseline/baselines.ts';
import type { Reason } from '../explain/reasons.ts';

export const DAY_LIMITS = {
  persons: {
    value: 5_000,
    unit: 'persons',
    why: 'Told apart of one officer and day; all beyond count as these.',
  },
  officers: {
    value: 100_000,
    unit: 'officers',
    why: 'At work on one day. Beyond them those seen longest ago are let go.',
  },
  crowd: {
    value: 12,
    unit: 'persons',
    why: 'Beyond so many persons in one dossier on one day the dossier alone explains no further one.',
  },
  dossiers: {
    value: 50_000,
    unit: 'dossiers',
    why: 'Of one day; beyond them those used longest ago are let go.',
  },
} as const satisfies Limits;

/** One officer, purpose and day, counted. Persons are told apart by their keys, which stay in the thread. */
export interface DayAtWork {
  readonly client: string;
  readonly actor: string;
  readonly purpose: string;
  readonly day: number;
  readonly persons: Set<string>;
  /** Persons without a reason, or in a dossier that is about a crowd. */
  readonly loose: Set<string>;
  readonly strangers: Set<string>;
  batch: number;
  refused: number;
  answers: number;
}

export function beginDay(answer: WatchedAnswer, day: number): DayAtWork {
  const { client, actor, purpose } = answer;
  return {
    client,
    actor,
    purpose,
    day,
    persons: new Set(),
    loose: new Set(),
    strangers: new Set(),
    batch: 0,
    refused: 0,
    answers: 0,
  };
}

/** Counts one answer. `crowds` are the persons of today's dossiers. Returns the loose persons of this answer. */
export function countAnswer(
  today: DayAtWork,
  answer: WatchedAnswer,
  reasons: readonly (Reason | null | undefined)[],
  crowdOf: (caseId: string) => Set<string>,
): readonly string[] {
  const most = DAY_LIMITS.persons.value;
  const loose: string[] = [];
  today.answers += 1;
  if (answer.code !== null) today.refused += 1;
  let batch = 0;
  answer.accesses.forEach(({ subject, cases }, place) => {
    const reason = reasons[place];
    if (reason === undefined) return;
    addUpTo(today.persons, subject.key, most);
    if (reason === null) addUpTo(today.strangers, subject.key, most);
    // Whom a grant reaches comes with a party, and was not chosen.
    const isChosen = reason !== 'reached-by-grant';
    const isCrowd = isChosen && cases.filter((caseId) => inCrowd(crowdOf(caseId), subject.key)).length > 0;
    if (reason !== null && !isCrowd) return;
    batch += 1;
    loose.push(subject.key);
    addUpTo(today.loose, subject.key, most);
  });
  today.batch = Math.max(today.batch, batch);
  return loose;
}

function inCrowd(crowd: Set<string>, key: string): boolean {
  const isNew = !crowd.has(key);
  addUpTo(crowd, key, DAY_LIMITS.persons.value);
  return isNew && crowd.size > DAY_LIMITS.crowd.value;
}

export function measuresOf({ persons, loose, strangers, batch, refused }: DayAtWork): DayMeasures {
  return { persons: persons.size, loose: loose.size, strangers: strangers.size, batch, refused };
}
