import { matchesPerson } from '../../../src/policy/row-rules/match-factor.ts';
import { isBusinessCode, isParcelId } from '../../../src/sources/wire/identifiers.ts';
import { BROKEN, type RecordKind, type RecordValue } from '../../../src/sources/records/record.ts';
import type { UnitReference } from '../../../src/units/unit-reference.ts';
import { isAged, isUnitCode, isWedded, residesIn } from './answers.ts';
import { coded, type OracleContext } from './record-loaders.ts';
import type { Entity } from './root-resolvers.ts';

type Given = Readonly<Record<string, unknown>>;

/** A question about a citizen: whether it can be meant, then the register's own record, then the citizen's. */
function question(
  kind: RecordKind,
  answer: (
    own: RecordValue | null,
    person: RecordValue,
    given: Given,
    today: string,
    load: OracleContext['load'],
  ) => unknown,
  isReadable: (given: Given) => boolean = () => true,
) {
  return async ({ personalId = '' }: Entity, given: Given, { load, today }: OracleContext) => {
    if (!isReadable(given)) throw coded('BAD_IDENTIFIER');
    const own = await load(kind, personalId);
    const person = await load('population.person', personalId);
    const value = await answer(own, person ?? {}, { ...given, on: given['on'] ?? today }, today, load);
    if (value === 'HISTORY_UNSUPPORTED') throw coded(value);
    return value;
  };
}

const BROKEN_ENTRY = { registeredOn: BROKEN, state: BROKEN };

/** Whether a death had certainly happened by a day: of a month or a year, once it is over; of no day at all, today. */
function hasDiedBy(death: unknown, on: string, today: string): boolean {
  if (death === null || death === undefined || death === BROKEN) return false;
  if (on === today) return true;
  const date: unknown = typeof death === 'string' ? death : Object(death)['date'];
  return typeof date === 'string' && date + '-12-99'.slice(date.length - 4) <= on;
}

/** As either register states it; the population register before civil status. */
function deathIn(person: RecordValue | null, events: RecordValue | null): unknown {
  return typeof person?.['deathDate'] === 'string' ? person['deathDate'] : events?.['death'];
}

async function answerMarried(
  own: RecordValue | null,
  person: RecordValue,
  on: unknown,
  today: string,
  load: OracleContext['load'],
): Promise<unknown> {
  if (own === null) return null;
  const entries: unknown = own['marriages'];
  // Where the day is none, or has not come, nothing is looked at.
  if (isWedded([], on, today) === null) return null;
  if (hasDiedBy(deathIn(person, own), String(on), today)) return false;
  if (!Array.isArray(entries)) return BROKEN;
  const isToday = on === today;
  const isLiving = async (one: unknown): Promise<boolean> => {
    const spouse: unknown = Object(one)['spouseId'];
    if (typeof spouse !== 'string') return true;
    const read = (kind: RecordKind): Promise<RecordValue | null> => load(kind, spouse).catch(() => null);
    const [registered, events] = [await read('population.person'), await read('civil-status.events')];
    return !hasDiedBy(deathIn(registered, events), String(on), today);
  };
  const living: unknown[] = [];
  for (const one of entries) if (await isLiving(one)) living.push(one);
  const rows = living.map((one) =>
    one === BROKEN ? BROKEN_ENTRY : (one as { readonly registeredOn: unknown; readonly state: unknown }),
  );
  const readable = rows.flatMap(({ registeredOn, state }) =>
    state === BROKEN || (registeredOn === BROKEN && !isToday)
      ? []
      : [{ registeredOn: String(registeredOn), hasEnded: state !== 'IN_FORCE' }],
  );
  const answer = isWedded(readable, on, today);
  return answer !== true && readable.length < rows.length ? BROKEN : answer;
}

function answerListed(list: unknown, key: unknown): unknown {
  if (!Array.isArray(list)) return BROKEN;
  return list.includes(key) || (list.includes(BROKEN) ? BROKEN : false);
}

export const QUESTIONS_OF_POPULATION = {
  matches: question('population.person', (_own, { name, birthDate }, { fullName, birthDate: asked }) => {
    const full: unknown = Object(name)['full'];
    if (typeof full !== 'string' || typeof birthDate !== 'string') return BROKEN;
    return matchesPerson({ fullName: String(fullName), birthDate: String(asked) }, full, birthDate);
  }),
  isAdult: question('population.person', (_own, { birthDate }, { on }) =>
    typeof birthDate === 'string' ? isAged(birthDate, 18, on) : BROKEN,
  ),
  ageAtLeast: question('population.person', (_own, { birthDate }, { years, on }) => {
    if (Number(years) < 0 || Number(years) > 150) return null;
    return typeof birthDate === 'string' ? isAged(birthDate, Number(years), on) : BROKEN;
  }),
  livesIn: question(
    'population.person',
    (_own, { residenceUnit }, { unitCode }) =>
      typeof residenceUnit === 'object' && residenceUnit !== null
        ? residesIn(residenceUnit as UnitReference, String(unitCode))
        : residenceUnit,
    ({ unitCode }) => isUnitCode(String(unitCode)),
  ),
};

export const QUESTIONS_OF_CIVIL_STATUS = {
  isAlive: question('civil-status.events', (own, { deathDate }) => {
    const deaths: readonly unknown[] = [deathDate, own ? own['death'] : null];
    if (deaths.some((one) => typeof one === 'string' || (typeof one === 'object' && one !== null)))
      return false;
    return deaths.includes(BROKEN) ? BROKEN : true;
  }),
  isMarried: question('civil-status.events', (own, person, { on }, today, load) =>
    answerMarried(own, person, on, today, load),
  ),
};

export const QUESTIONS_OF_BUSINESS = {
  representsBusiness: question(
    'business.interests',
    (own, person, { code }) =>
      String(code).length === 12 && code !== person['personalId']
        ? null
        : own && answerListed(own['representedCodes'], code),
    ({ code }) => isBusinessCode(String(code)),
  ),
};

export const QUESTIONS_OF_LAND = {
  ownsParcel: question(
    'land.holdings',
    (own, _person, { id }) => own && answerListed(own['parcelIds'], id),
    ({ id }) => isParcelId(String(id)),
  ),
};
