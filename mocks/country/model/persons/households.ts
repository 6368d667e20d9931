import { COMMUNES } from '../../../../src/units/communes.ts';
import { YEAR } from '../../calendar.ts';
import { encodeResidenceFileNo } from '../../identifiers/residence-file-no.ts';
import type { Random } from '../../random.ts';
import type { Household, Neighbourhood, Person } from '../block.ts';
import { addressIn, draftOf, TODAY, type CircleDraft } from '../draft.ts';
import { relationToHead } from './relation.ts';
import { livesInPopulation, registeredSpouseOf } from '../standing.ts';

type Home = Person[];

const MOST_MEMBERS = 10;
/** Modelled: the share of those living alone who do so in the other block. */
const AWAY_SHARE = 0.35;
const STREETS = [
  'Trần Phú',
  'Lê Lợi',
  'Nguyễn Huệ',
  'Hai Bà Trưng',
  'Lý Thường Kiệt',
  'Quang Trung',
  'Nguyễn Trãi',
  'Phan Chu Trinh',
  'Trần Hưng Đạo',
  'Hùng Vương',
  'Ngô Quyền',
  'Lê Duẩn',
  'Điện Biên Phủ',
  'Hàng Bài',
];

export function drawAddressDetail(random: Random, isUrban: boolean): string {
  return isUrban
    ? `Số ${random.between(1, 320)} phố ${random.pick(STREETS)}`
    : `Số nhà ${random.between(1, 180)}, thôn ${random.between(1, 14)}`;
}

/** Couples live together unless they live in different blocks, children with the mother, single adults with their parents or alone. */
function settle({ random, drafts }: CircleDraft): Home[] {
  const persons = drafts.flatMap((draft) => draft.persons);
  const homes: Home[] = [];
  const homeOf = new Map<Person, Home>();
  const enterHome = (home: Home, person: Person): void => {
    home.push(person);
    homeOf.set(person, home);
  };
  const found = (...founders: Person[]): void => {
    const home: Home = [];
    for (const person of founders) enterHome(home, person);
    homes.push(home);
  };
  for (const person of persons) {
    if (homeOf.has(person) || !livesInPopulation(person)) continue;
    const spouse = registeredSpouseOf(person);
    if (spouse !== undefined && spouse.seat === person.seat) {
      found(...(person.sex === 1 ? [person, spouse] : [spouse, person]));
      continue;
    }
    const isMinor = TODAY - person.birth < 18 * YEAR;
    const parents = [person.mother, person.father].map((parent) => parent && homeOf.get(parent));
    const parental = parents.find((home) => home !== undefined);
    const hasOwnChildren = person.children.length > 0 && person.sex === 2;
    const independent = !isMinor && (hasOwnChildren || random.chance(0.12));
    if (parental === undefined || independent) {
      const away = drafts.find(({ neighbourhood }) => neighbourhood !== person.seat)?.neighbourhood;
      if (away !== undefined && spouse === undefined && !isMinor && random.chance(AWAY_SHARE))
        person.seat = away;
      found(person);
    } else enterHome(parental, person);
  }
  return joinGenerations(random, homes, homeOf);
}

/** At most one child's home takes in the parents or stays with them; a parent alone is seldom left alone. */
function joinGenerations(random: Random, homes: readonly Home[], homeOf: Map<Person, Home>): Home[] {
  const joined = new Set<Home>();
  for (const home of homes) {
    const first = home[0];
    if (first === undefined || joined.has(home)) continue;
    const own = home.flatMap((person) => person.children).filter((child) => homeOf.get(child) !== home);
    const child = own.find((candidate) => {
      const other = homeOf.get(candidate);
      return (
        other !== undefined &&
        !joined.has(other) &&
        other[0]?.seat === first.seat &&
        home.length + other.length <= MOST_MEMBERS
      );
    });
    const other = child === undefined ? undefined : homeOf.get(child);
    if (other === undefined || !random.chance(home.length === 1 ? 0.85 : 0.3)) continue;
    for (const person of other) {
      home.push(person);
      homeOf.set(person, home);
    }
    other.length = 0;
    joined.add(home);
    joined.add(other);
  }
  return homes.filter((home) => home.length > 0);
}

function headOf(random: Random, home: Home): Person | undefined {
  const [first, second] = home;
  const isCouple = first !== undefined && second !== undefined && registeredSpouseOf(first) === second;
  return isCouple && random.chance(0.22) ? second : first;
}

/** Households as the population register has them, each in the block where it lives; the dead keep the address where they lived last. */
export function settleHouseholds(circle: CircleDraft): Household[] {
  const { random, drafts } = circle;
  const items = new Map<Neighbourhood, number>();
  const households = settle(circle).map((home): Household => {
    const [founder] = home;
    if (founder === undefined) throw new Error('a home of nobody');
    const { seat } = founder;
    const { seed, key, home: commune } = draftOf(circle, seat);
    const item = items.get(seat) ?? 0;
    items.set(seat, item + 1);
    const address = addressIn(commune, drawAddressDetail(random, commune.kind === 'ward'));
    const head = headOf(random, home);
    const others = home.filter((person) => person !== head);
    const members = (head === undefined ? others : [head, ...others]).map((person) => ({
      person,
      relation: relationToHead(head ?? person, person),
    }));
    const household = {
      fileNo: encodeResidenceFileNo(seed, key, item),
      seat,
      address,
      members,
      outsiders: [],
    };
    for (const { person } of members) {
      person.household = household;
      person.seat = seat;
      person.residence = address;
      person.currentResidence = random.chance(0.06)
        ? addressIn(random.pick(COMMUNES), drawAddressDetail(random, true))
        : address;
    }
    return household;
  });
  for (const { persons } of drafts) {
    for (const person of persons) if (person.household === undefined) rest(person, households);
  }
  return households;
}

/** Leaves the dead where their kin live, or among their neighbours. */
function rest(person: Person, households: readonly Household[]): void {
  const kin = [
    ...person.marriages.flatMap(({ husband, wife }) => [husband, wife]),
    ...person.children,
    ...[person.mother, person.father].filter((parent) => parent !== undefined),
  ];
  const household =
    kin.find((candidate) => candidate.household !== undefined)?.household ??
    households.find(({ seat }) => seat === person.seat);
  if (household === undefined) return;
  person.seat = household.seat;
  person.residence = household.address;
  person.currentResidence = household.address;
}
