import type { Evaluation, EvaluationResult } from '../binding.ts';
import type { PersonRecord } from '../population/record.ts';
import { BROKEN, type Checked } from '../records/record.ts';
import { readIsoDate } from '../wire/value-readers.ts';
import type { EventsRecord, MarriageEntry } from './record.ts';

/**
 * A death that either register knows of is believed. For a person whom civil status does not know, the
 * population register alone answers.
 */
export const isAlive: Evaluation = {
  days: [],
  identifiers: {},
  evaluate(record, anchor) {
    const { deathDate }: Readonly<Partial<PersonRecord>> = anchor;
    const { death }: Readonly<Partial<EventsRecord>> = record ?? { death: null };
    const deaths = [deathDate, death];
    if (deaths.some((one) => one !== undefined && one !== BROKEN && one !== null)) return false;
    return deaths.every((one) => one === null) ? true : BROKEN;
  },
};

/**
 * The answer is null when civil status does not know the person, when the day is no date, and when it lies in
 * the future.
 */
export const isMarried: Evaluation = {
  days: ['on'],
  identifiers: {},
  evaluate(record, _anchor, { on }, today) {
    const day = readIsoDate(on);
    if (record === null || day === undefined || day > today) return null;
    const { marriages }: { readonly marriages?: Checked<EventsRecord['marriages']> } = record;
    if (marriages === undefined || marriages === BROKEN) return BROKEN;
    const answers = new Set(
      marriages.map((one) => (one === BROKEN ? BROKEN : isInForce(one, day, day === today))),
    );
    for (const answer of [true, BROKEN, 'HISTORY_UNSUPPORTED'] as const)
      if (answers.has(answer)) return answer;
    return false;
  },
};

/** The register knows how a marriage is now and when it began, not when it ended. */
function isInForce(
  { registeredOn, state }: Partial<MarriageEntry>,
  day: string,
  isToday: boolean,
): EvaluationResult {
  if (state === undefined || state === BROKEN) return BROKEN;
  if (isToday) return state === 'in-force';
  if (registeredOn === undefined || registeredOn === BROKEN) return BROKEN;
  if (registeredOn > day) return false;
  // Of a marriage whose month or day the register does not know, it cannot be said whether it had begun by then.
  if (registeredOn.length < day.length && day.startsWith(registeredOn)) return 'HISTORY_UNSUPPORTED';
  return state === 'in-force' ? true : 'HISTORY_UNSUPPORTED';
}
