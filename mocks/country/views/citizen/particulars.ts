import { ageAt, isoDate } from '../../calendar.ts';
import type { Person } from '../../model/block.ts';
import { TODAY } from '../../model/draft.ts';
import { isMinor, livesInPopulation } from '../../model/standing.ts';
import type { PartialDate, PopulationRecord } from '../../records.ts';
import { citizenRandom } from './citizen-random.ts';

const SALT = 0xa1;
const MISSING_SALT = 0xa2;

const SECOND_NATIONALITIES = ['US', 'FR', 'DE', 'AU', 'CA', 'KR', 'JP', 'CZ'];
const FAMILIAR_NAMES = ['Út', 'Bé', 'Tý', 'Sửu', 'Cả', 'Tư', 'Năm', 'Bảy', 'Tám', 'Cu', 'Hĩm', 'Mận'];
const OCCUPATIONS = [
  'Nông dân',
  'Công nhân',
  'Giáo viên',
  'Kinh doanh tự do',
  'Nhân viên văn phòng',
  'Lái xe',
  'Thợ xây',
  'Thợ may',
  'Ngư dân',
  'Kỹ sư',
  'Điều dưỡng',
  'Công chức',
];

/** Modelled: one person in 97 has a second nationality. */
export function nationalitiesOf({ id }: Person): readonly string[] {
  const serial = Number(id.slice(-6));
  return serial % 97 === 0
    ? ['VN', SECOND_NATIONALITIES[serial % SECOND_NATIONALITIES.length] ?? 'US']
    : ['VN'];
}

/** The army, police and cipher staff have no occupation here (Decree 154/2024), as others have none on record. */
function occupationAt(age: number, drawn: string, isKept: boolean): string | undefined {
  if (age < 6 || !isKept) return undefined;
  if (age < 18) return 'Học sinh';
  return age < 62 ? drawn : 'Nghỉ hưu';
}

type Particulars = Pick<PopulationRecord, 'otherNames' | 'mobile' | 'email' | 'occupation'>;

/** Draws the rest that the register keeps. Mail addresses end in a name that nobody can own (RFC 2606). */
export function particularsOf(person: Person): Particulars {
  const random = citizenRandom(person.id, SALT);
  const { surname } = person.name;
  const age = ageAt(person.birth, person.death?.day ?? TODAY);
  const otherNames = random.chance(0.05) ? [`${surname} ${random.pick(FAMILIAR_NAMES)}`] : [];
  const mobile = `0${random.pick([3, 5, 7, 8, 9])}${String(random.below(100_000_000)).padStart(8, '0')}`;
  const hasMobile = random.chance(0.85) && age >= 15;
  const hasEmail = random.chance(0.4) && age >= 15 && age < 70;
  const occupation = occupationAt(age, random.pick(OCCUPATIONS), random.chance(0.88));
  return {
    otherNames,
    ...(hasMobile ? { mobile } : {}),
    ...(hasEmail ? { email: `cd${person.id.slice(-8)}@thu.example` } : {}),
    ...(occupation === undefined ? {} : { occupation }),
  };
}

/**
 * Modelled: in troubled blocks, one adult in 150 who has no other trouble is declared missing. For some the register knows the month
 * or the year alone.
 */
export function missingSinceOf(person: Person): PartialDate | undefined {
  const random = citizenRandom(person.id, MISSING_SALT);
  if (!person.native.plan.troubled || !random.chance(1 / 150) || isMinor(person)) return undefined;
  if (!livesInPopulation(person) || person.contradictions.length > 0 || person.businesses.length > 0)
    return undefined;
  const date = isoDate(TODAY - random.between(30, 6 * 365));
  return date.slice(0, random.pick(['yyyy', 'yyyy-mm', 'yyyy-mm-dd', 'yyyy-mm-dd']).length);
}
