import type { Given, Outcome } from './evaluation-rights.ts';

/** Asks on and on; each question may follow from the answers before. */
export type Attack = Generator<Given, never, Outcome | undefined>;

/** What an attacker may have heard of before. */
export interface Hearsay {
  readonly fullName: string;
  readonly birthDate: string;
  readonly unit: string;
  readonly today: string;
  readonly dossierDate: string;
  /** True and false ones. */
  readonly parcels: readonly string[];
  readonly businesses: readonly string[];
}

/** Numbers below the limit, the same in every run. */
export type Random = (below: number) => number;

export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const DAYS = 46_000;
/** A day of the years 1900 to 2025. */
function dayAt(day: number): string {
  return new Date(Date.UTC(1900, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
}

/** Halves what is left at every answer; what is not answered is taken for a no. */
function* search(low: number, high: number, isUpwards: boolean, at: (value: number) => Given): Attack {
  for (;;) {
    let [from, to] = [low, high];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      const told = (yield at(middle)) === true;
      if (told === isUpwards) from = middle + 1;
      else to = middle;
    }
    yield at(from);
  }
}

function* cycle(list: readonly Given[]): Attack {
  for (let index = 0; ; index++) yield list[index % list.length] ?? {};
}

function* count(at: (index: number) => Given): Attack {
  for (let index = 0; ; index++) yield at(index);
}

/** Each way hears the answers to its own questions only. The first begins. */
function* mixed(random: Random, ways: readonly Attack[]): Attack {
  const heard = new Map<Attack, Outcome | undefined>();
  for (let index = 0; ; index++) {
    const way = ways[index === 0 ? 0 : random(ways.length)];
    if (!way) continue;
    const { value } = way.next(heard.get(way));
    heard.set(way, yield value);
  }
}

const fullWidth = (text: string): string =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const arabic = (text: string): string =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));

/** Days as nobody should write them. */
const oddDays = ({ today }: Hearsay): readonly unknown[] => [
  null,
  '',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  `${today} `,
  `${today}T00:00:00Z`,
  fullWidth(today),
  arabic(today),
  Number(today.replaceAll('-', '')),
  [today],
  { day: today },
  true,
];

const days = (hearsay: Hearsay, rest: Given = {}): readonly Given[] => [
  rest,
  ...[hearsay.dossierDate, hearsay.today, null, ...oddDays(hearsay)].map((on) => ({ ...rest, on })),
];

type Attacks = Readonly<Record<string, (hearsay: Hearsay, random: Random) => Attack>>;

/** One a minimised field. */
export const ATTACKS: Attacks = {
  ageAtLeast: (hearsay, random) =>
    mixed(random, [
      cycle([16, 18, 60, 75, 80].flatMap((years) => days(hearsay, { years }))),
      search(0, 151, true, (years) => ({ years })),
      search(0, 151, true, (years) => ({ years, on: hearsay.dossierDate })),
      search(0, DAYS, false, (day) => ({ years: 18, on: dayAt(day) })),
      cycle(['18', null, 18.5, -1, 2 ** 31, '１８', [18], true].map((years) => ({ years }))),
    ]),
  isAdult: (hearsay, random) =>
    mixed(random, [cycle(days(hearsay)), search(0, DAYS, false, (day) => ({ on: dayAt(day) }))]),
  isMarried: (hearsay, random) =>
    mixed(random, [cycle(days(hearsay)), search(0, DAYS, false, (day) => ({ on: dayAt(day) }))]),
  isAlive: () => cycle([{}]),
  livesIn: ({ unit }, random) =>
    mixed(random, [
      cycle(
        [unit, unit.slice(0, 2), fullWidth(unit), arabic(unit), ` ${unit}`, '', '01', null, 70, [unit]].map(
          (unitCode) => ({ unitCode }),
        ),
      ),
      count((index) => ({ unitCode: String(index + 1).padStart(5, '0') })),
      count((index) => ({ unitCode: String(index % 100).padStart(2, '0') })),
    ]),
  ownsParcel: ({ parcels, unit }, random) =>
    mixed(random, [
      cycle(parcels.map((id) => ({ id }))),
      count((index) => ({ id: `${unit}.${1 + Math.floor(index / 30)}.${1 + (index % 30)}` })),
      cycle(
        ['', 'x', null, 70, `${parcels[0]} `, fullWidth(parcels[0] ?? ''), '../1', ['a']].map((id) => ({
          id,
        })),
      ),
    ]),
  representsBusiness: ({ businesses }, random) =>
    mixed(random, [
      cycle(businesses.map((code) => ({ code }))),
      cycle(
        ['', null, 70, `${businesses[0]}-`, fullWidth(businesses[0] ?? ''), { a: 1 }].map((code) => ({
          code,
        })),
      ),
    ]),
  matches: ({ fullName, birthDate }, random) =>
    mixed(random, [
      count((index) => ({ fullName, birthDate: dayAt(20_000 + index) })),
      cycle(
        [fullName, fullName.toLowerCase(), fullName.normalize('NFD'), ` ${fullName}`].map((name) => ({
          fullName: name,
          birthDate,
        })),
      ),
      count((index) => ({ fullName: `${fullName.split(' ')[0]} ${index}`, birthDate })),
      cycle(
        [null, 1990, fullWidth(birthDate), birthDate.slice(0, 4), ''].map((date) => ({
          fullName,
          birthDate: date,
        })),
      ),
    ]),
};
