import { COMMUNES, communesOf, type Commune } from '../../../../src/units/communes.ts';
import { YEAR, yearOf, type Day } from '../../calendar.ts';
import { encodePersonalId } from '../../identifiers/personal-id.ts';
import { Weighted, type Random } from '../../random.ts';
import { SAME_YEAR_PERSONS } from '../../reference.ts';
import type { Entry, Person } from '../block.ts';
import { addressIn, enter, TODAY, type Draft } from '../draft.ts';
import { ethnicCodes, religionCodes } from './ethnicity.ts';
import { drawName, drawSurname, fullName } from './naming.ts';

const BLOOD_TYPES = new Weighted([
  ['00', 40],
  ['01', 13],
  ['02', 18],
  ['03', 3],
  ['04', 26],
]);
const NEVER_MARRY = 0.06;

/** Parents registered late, or again after books were lost, before registration was orderly (modelled). */
function enterBirth(draft: Draft, birth: Day, isFounder: boolean): Entry | undefined {
  const { random, origin } = draft;
  if (isFounder && random.chance(0.15)) return undefined;
  if (yearOf(birth) < 1990 && random.chance(0.5)) {
    const again = random.chance(0.4);
    return enter(random, birth, random.between(3000, 9000), again ? 2 : 4, origin);
  }
  return enter(random, birth, random.between(3, 58), 1, origin);
}

function marriesAt(random: Random, sex: 1 | 2, birth: Day): Day {
  if (random.chance(NEVER_MARRY)) return Infinity;
  const age = random.around(sex === 1 ? 27.4 : 24.6, 3.2);
  return Math.round(birth + Math.max(age, sex === 1 ? 20.1 : 18.1) * YEAR);
}

interface Origins {
  readonly sex: 1 | 2;
  readonly birth: Day;
  readonly surname: string;
  readonly ethnicCode: string;
  readonly religionCode: string;
  readonly ancestralHome: Commune;
  readonly line: number;
  readonly father?: Person;
  readonly mother?: Person;
  readonly outsideParents?: Person['outsideParents'];
}

/** Adds a person; undefined where the block's ids for that sex and year are used up. */
function addPerson(draft: Draft, origins: Origins): Person | undefined {
  const { random, persons, idCounters } = draft;
  const { sex, birth } = origins;
  const year = yearOf(birth);
  const counter = idCounters.get(year * 2 + sex) ?? 0;
  if (counter >= SAME_YEAR_PERSONS) return undefined;
  idCounters.set(year * 2 + sex, counter + 1);
  const unknown = addressIn(draft.home, '');
  const person: Person = {
    id: encodePersonalId(draft.seed, draft.key, sex, year, counter),
    index: persons.length,
    native: draft.neighbourhood,
    seat: draft.neighbourhood,
    sex,
    birth,
    name: drawName(random, origins.surname, sex, year, origins.ethnicCode),
    ethnicCode: origins.ethnicCode,
    religionCode: origins.religionCode,
    bloodTypeCode: BLOOD_TYPES.draw(random),
    father: origins.father,
    mother: origins.mother,
    outsideParents: origins.outsideParents,
    line: origins.line,
    ancestralHome: origins.ancestralHome,
    birthEntry: enterBirth(draft, birth, origins.father === undefined),
    marriesAt: marriesAt(random, sex, birth),
    children: [],
    marriages: [],
    businesses: [],
    parcels: [],
    certificates: [],
    contradictions: [],
    isProtected: false,
    death: undefined,
    household: undefined,
    guardian: undefined,
    residence: unknown,
    currentResidence: unknown,
    registeredName: undefined,
    registeredBirth: undefined,
  };
  persons.push(person);
  return person;
}

/** Somebody of the oldest generation, whose parents are known by name only. */
export function addFounder(
  draft: Draft,
  sex: 1 | 2,
  birth: Day,
  line: number,
  like?: Person,
): Person | undefined {
  const { random, region, origin } = draft;
  const ethnicCode =
    like !== undefined && random.chance(0.9) ? like.ethnicCode : ethnicCodes(region).draw(random);
  const religionCode =
    like !== undefined && random.chance(0.8) ? like.religionCode : religionCodes(region).draw(random);
  const surname = drawSurname(random, region, ethnicCode);
  const bornAround = yearOf(birth) - 26;
  const motherSurname = drawSurname(random, region, ethnicCode);
  return addPerson(draft, {
    sex,
    birth,
    surname,
    ethnicCode,
    religionCode,
    ancestralHome: random.chance(0.75) ? random.pick(communesOf(origin.provinceCode)) : random.pick(COMMUNES),
    line,
    outsideParents: {
      father: fullName(drawName(random, surname, 1, bornAround, ethnicCode)),
      mother: fullName(drawName(random, motherSurname, 2, bornAround, ethnicCode)),
    },
  });
}

/** Nearly always the father's surname; ethnic group and ancestral home are the father's. */
function addChild(draft: Draft, father: Person, mother: Person, birth: Day): void {
  const { random } = draft;
  const named = random.chance(0.95) ? father : mother;
  const believing = random.chance(0.7) ? father : mother;
  const child = addPerson(draft, {
    sex: random.chance(0.519) ? 1 : 2,
    birth,
    surname: named.name.surname,
    ethnicCode: father.ethnicCode,
    religionCode: believing.religionCode,
    ancestralHome: father.ancestralHome,
    line: father.line | mother.line,
    father,
    mother,
  });
  if (child === undefined) return;
  father.children.push(child);
  mother.children.push(child);
}

function wantedChildren(random: Random, mother: Person): number {
  const year = yearOf(mother.birth);
  if (year < 1958) return random.between(2, 5);
  if (year < 1972) return random.between(2, 4);
  const draw = random.unit();
  return draw < 0.04 ? 0 : draw < 0.18 ? 1 : draw < 0.72 ? 2 : 3;
}

/** The children of a marriage, until it ends, the mother is 43 or today comes. */
export function bearChildren(draft: Draft, father: Person, mother: Person, from: Day, until: Day): void {
  const { random } = draft;
  const end = Math.min(until, TODAY, mother.birth + 43 * YEAR);
  let birth = from + random.between(280, 900);
  for (let left = wantedChildren(random, mother); left > 0 && birth < end; left -= 1) {
    addChild(draft, father, mother, birth);
    birth += random.between(500, 1800);
  }
}
