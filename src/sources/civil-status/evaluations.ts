import type { Evaluation, EvaluationResult } from '../binding.ts';
import type { PersonRecord } from '../population/record.ts';
import { BROKEN, type Checked, type RecordValue } from '../records/record.ts';
import { readIsoDate } from '../wire/value-readers.ts';
import type { MarriageEntry } from './entries/marriage-and-divorce.ts';
import type { EventsRecord } from './record.ts';

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
 * the future. A marriage ends with the death of either spouse (Law 52/2014/QH13 art. 65), whatever its entry says.
 */
export const isMarried: Evaluation = {
  days: ['on'],
  identifiers: {},
  kin: (record) => spousesIn(record),
  evaluate(record, anchor, { on }, today, deaths = NO_DEATHS) {
    const day = readIsoDate(on);
    if (record === null || day === undefined || day > today) return null;
    const { deathDate }: Readonly<Partial<PersonRecord>> = anchor;
    const { death }: Readonly<Partial<EventsRecord>> = record;
    const own = typeof deathDate === 'string' ? deathDate : dayOfDeath(death);
    if (own !== undefined && hasDiedBy(own, day, today)) return false;
    const { marriages }: { readonly marriages?: Checked<EventsRecord['marriages']> } = record;
    if (marriages === undefined || marriages === BROKEN) return BROKEN;
    const answers = new Set(
      marriages.map((one) => {
        if (one === BROKEN) return BROKEN;
        const spouse = typeof one.spouseId === 'string' ? deaths.get(one.spouseId) : undefined;
        return spouse !== undefined && hasDiedBy(spouse, day, today)
          ? false
          : isInForce(one, day, day === today);
      }),
    );
    for (const answer of [true, BROKEN, 'HISTORY_UNSUPPORTED'] as const)
      if (answers.has(answer)) return answer;
    return false;
  },
};

const NO_DEATHS: ReadonlyMap<string, string | null> = new Map();

function spousesIn(record: RecordValue | null): readonly string[] {
  const marriages: unknown = record?.['marriages'];
  if (!Array.isArray(marriages)) return [];
  return marriages.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'spouseId' in one && typeof one.spouseId === 'string'
      ? [one.spouseId]
      : [],
  );
}

/** The day of a death, null where it cannot be read; undefined where there is none. */
function dayOfDeath(death: unknown): string | null | undefined {
  if (death === undefined || death === null || death === BROKEN) return undefined;
  return typeof death === 'object' && 'date' in death && typeof death.date === 'string' ? death.date : null;
}

/** A death of which not even the month is known has happened by today, and by no day within what is known. */
function hasDiedBy(date: string | null, day: string, today: string): boolean {
  return (
    day === today || (date !== null && date <= day && !(date.length < day.length && day.startsWith(date)))
  );
}

/** The register knows how a marriage is now and when it began, not when it ended. */
function isInForce(
  { registeredOn, state }: Partial<MarriageEntry>,
  day: string,
  isToday: boolean,
): EvaluationResult {
  if (state === undefined || state === BROKEN) return BROKEN;
  if (isToday) return state === 'IN_FORCE';
  if (registeredOn === undefined || registeredOn === BROKEN) return BROKEN;
  if (registeredOn > day) return false;
  // The register does not know the marriage's month or day, so it cannot tell whether it had begun by then.
  if (registeredOn.length < day.length && day.startsWith(registeredOn)) return 'HISTORY_UNSUPPORTED';
  return state === 'IN_FORCE' ? true : 'HISTORY_UNSUPPORTED';
}
