import { findFormerProvince } from '../../../../src/units/former-provinces.ts';
import { dayOf, isoDate, YEAR, yearOf, type Day } from '../../calendar.ts';
import type { Random } from '../../random.ts';
import type { IdentityCard } from '../../records.ts';
import type { Person } from '../../model/block.ts';
import { TODAY } from '../../model/draft.ts';
import { citizenRandom } from './citizen-random.ts';

const NUMBER_SALT = 0x81;
const CARD_SALT = 0x82;

/** Cards with a chip since March 2021; those of the Law on Identification 26/2023/QH15 since July 2024. */
const CHIP_SINCE = dayOf('2021-03-01');
const NEW_CARD_SINCE = dayOf('2024-07-01');
/** Identity cards of nine digits are no document any more (Law 26/2023/QH15 art. 46). */
const OLD_CARDS_UNTIL = dayOf('2024-12-31');
const OLD_CARDS_SINCE = dayOf('1978-01-01');
const LAST_OLD_CARD = dayOf('2020-12-31');
/** Nobody born later had one of nine digits. */
const LAST_OLD_YEAR = 2001;
const OLD_CARD_AGE = 14;
/** The ages at which a card expires (Law 26/2023/QH15 art. 21); one issued later does not. */
const RENEWAL_AGES = [14, 25, 40, 60];

/** Số CMND: most who were 14 before the cards of twelve digits came have one, some have two (modelled: moved to another province). */
export function oldIdNumbersOf(person: Person): readonly string[] {
  const { id, birth } = person;
  const random = citizenRandom(id, NUMBER_SALT);
  const year = yearOf(birth);
  const [first, last] = oldCardDays(person);
  if (year > LAST_OLD_YEAR || last <= first || !random.chance(0.9)) return [];
  const isOldest = year < 1955 && random.chance(0.05);
  const numbers = [oldNumber(random, isOldest ? 8 : 9)];
  if (random.chance(0.1)) numbers.push(oldNumber(random, 9));
  return numbers;
}

function oldNumber(random: Random, digits: number): string {
  return String(random.below(10 ** digits * 0.4)).padStart(digits, '0');
}

/** The days between which the person could get a card of before. */
function oldCardDays(person: Person): readonly [first: Day, last: Day] {
  const first = Math.max(OLD_CARDS_SINCE, birthday(person, OLD_CARD_AGE)) + 30;
  return [first, Math.min(LAST_OLD_CARD, (person.death?.day ?? TODAY) - 1)];
}

function birthday({ birth }: Person, age: number): Day {
  const [year = '', ...rest] = isoDate(birth).split('-');
  // Who was born on a 29 February has the birthday on the 28th.
  return dayOf(`${Number(year) + age}-${rest.join('-').replace('02-29', '02-28')}`);
}

/** The cards in order of issue: those of before by their numbers, then those whose number is the personal id. */
export function idCardsOf(person: Person): readonly IdentityCard[] {
  const random = citizenRandom(person.id, CARD_SALT);
  const last = person.death?.day ?? TODAY;
  const police = findFormerProvince(person.id.slice(1, 3))?.name ?? '';
  const cards: IdentityCard[] = [];
  const [first, lastOld] = oldCardDays(person);
  for (const number of oldIdNumbersOf(person)) {
    const issued = random.between(first, Math.min(lastOld, first + 15 * 365));
    cards.push({
      number,
      issuedOn: isoDate(issued),
      issuedBy: `Công an ${police.charAt(0).toLowerCase()}${police.slice(1)}`,
      expiresOn: isoDate(Math.min(OLD_CARDS_UNTIL, Math.floor(issued + 15 * YEAR))),
    });
  }
  let issued = Math.max(CHIP_SINCE, birthday(person, OLD_CARD_AGE)) + random.between(10, 900);
  // A child may have a card since July 2024.
  if (issued > last && random.chance(0.2))
    issued = Math.max(NEW_CARD_SINCE, person.birth) + random.between(60, 700);
  while (issued <= last) {
    const day = issued;
    const expiry = RENEWAL_AGES.map((age) => birthday(person, age)).find((end) => end > day + 365);
    cards.push({
      number: person.id,
      issuedOn: isoDate(day),
      issuedBy: day < NEW_CARD_SINCE ? 'Cục Cảnh sát quản lý hành chính về trật tự xã hội' : 'Bộ Công an',
      ...(expiry === undefined ? {} : { expiresOn: isoDate(expiry) }),
    });
    if (expiry === undefined) break;
    issued = expiry + random.between(-30, 60);
  }
  return cards.toSorted((one, other) => (one.issuedOn < other.issuedOn ? -1 : 1));
}
