import type { Region } from '../../prefixes.ts';
import type { Random, Weighted } from '../../random.ts';
import { ethnicSurnames, hasOwnNaming } from './ethnicity.ts';
import * as tables from './name-tables.ts';

export interface Name {
  readonly surname: string;
  /** The middle name; it may be empty. */
  readonly middle: string;
  readonly given: string;
}

const SURNAMES: Readonly<Record<Region, Weighted<string>>> = {
  north: tables.SURNAMES_NORTH,
  mountains: tables.SURNAMES_NORTH,
  'north-centre': tables.SURNAMES_NORTH_CENTRE,
  'south-centre': tables.SURNAMES_SOUTH,
  highlands: tables.SURNAMES_HIGHLANDS,
  'south-east': tables.SURNAMES_SOUTH,
  delta: tables.SURNAMES_SOUTH,
};

export function fullName({ surname, middle, given }: Name): string {
  return middle === '' ? `${surname} ${given}` : `${surname} ${middle} ${given}`;
}

/** A family's name: the ethnic group's own where it has some, else by region. */
export function drawSurname(random: Random, region: Region, ethnicCode: string): string {
  const own = ethnicSurnames(ethnicCode);
  return own !== undefined && random.chance(0.85) ? random.pick(own) : SURNAMES[region].draw(random);
}

function givenNames(sex: 1 | 2, birthYear: number): Weighted<string> {
  if (birthYear < 1985) return sex === 1 ? tables.MEN_BEFORE_1985 : tables.WOMEN_BEFORE_1985;
  if (birthYear < 2005) return sex === 1 ? tables.MEN_1985_2004 : tables.WOMEN_1985_2004;
  return sex === 1 ? tables.MEN_SINCE_2005 : tables.WOMEN_SINCE_2005;
}

/** Văn and Thị were nearly the rule and have gone out of use (shares by cohort partly remembered). */
function shareOfCommonMiddle(sex: 1 | 2, birthYear: number): number {
  if (birthYear < 1985) return sex === 1 ? 0.4 : 0.7;
  if (birthYear < 2005) return sex === 1 ? 0.15 : 0.4;
  return sex === 1 ? 0.03 : 0.175;
}

function drawMiddle(
  random: Random,
  sex: 1 | 2,
  birthYear: number,
  ethnicCode: string,
  given: string,
): string {
  const table = sex === 1 ? tables.MIDDLE_MEN : tables.MIDDLE_WOMEN;
  const own = hasOwnNaming(ethnicCode);
  if (own && random.chance(0.6)) return '';
  const common = !own && random.chance(shareOfCommonMiddle(sex, birthYear));
  const first = common ? (sex === 1 ? 'Văn' : 'Thị') : table.draw(random);
  const fourWords = random.chance(sex === 1 ? 0.12 : birthYear < 1985 ? 0.15 : 0.45);
  const second = fourWords ? table.draw(random) : '';
  const last = second === first || second === given ? '' : second;
  if (first === given) return last;
  return last === '' ? first : `${first} ${last}`;
}

/** A name for somebody of a family, as people of that sex and cohort are called. */
export function drawName(
  random: Random,
  surname: string,
  sex: 1 | 2,
  birthYear: number,
  ethnicCode: string,
): Name {
  const given = givenNames(sex, birthYear).draw(random);
  return { surname, middle: drawMiddle(random, sex, birthYear, ethnicCode, given), given };
}
