import { YEAR, type Day } from '../../calendar.ts';
import { blockNumber } from '../../identifiers/block-key.ts';
import { addFounder, bearChildren } from './births.ts';
import type { Person } from '../block.ts';
import { draftOf, enter, TODAY, type CircleDraft, type Draft } from '../draft.ts';

const DIVORCED_SHARE = 0.07;
/** Each founding couple has a bit of its own in `line`: those of two blocks fit into 31. */
const MOST_FOUNDERS = 12;

/** Modelled: the share of men who look for a wife in the other block first, and of founders and couples who moved there. */
const AWAY_SHARE = 0.4;
const MOVED_SHARE = 0.08;
/** Modelled: couples of two blocks who live apart, and of the others those who live where the husband is from. */
const APART_SHARE = 0.12;
const WITH_HUSBAND_SHARE = 0.62;

function isFree(person: Person, day: Day): boolean {
  const last = person.marriages.at(-1);
  return last === undefined || (last.divorcedOn !== undefined && last.divorcedOn < day);
}

/** A couple lives where one of them is from; some live apart, each at home, and some move away together. */
function chooseSeat({ random, drafts }: CircleDraft, husband: Person, wife: Person): void {
  if (husband.native !== wife.native) {
    if (random.chance(APART_SHARE)) return;
    const seat = random.chance(WITH_HUSBAND_SHARE) ? husband.native : wife.native;
    [husband.seat, wife.seat] = [seat, seat];
  } else if (random.chance(MOVED_SHARE)) {
    const seat = drafts.find(({ neighbourhood }) => neighbourhood !== husband.native)?.neighbourhood;
    if (seat !== undefined) [husband.seat, wife.seat] = [seat, seat];
  }
}

function marry(circle: CircleDraft, husband: Person, wife: Person, day: Day, mayDivorce: boolean): void {
  chooseSeat(circle, husband, wife);
  const draft = draftOf(circle, wife.seat);
  const { random, home, origin } = draft;
  const office = TODAY - day < 12 * YEAR ? home : origin;
  const lasting = TODAY - day - 3 * YEAR;
  const divorcedOn =
    mayDivorce && lasting > 0 && random.chance(DIVORCED_SHARE)
      ? day + 3 * YEAR + random.below(lasting)
      : undefined;
  const marriage = {
    husband,
    wife,
    day,
    divorcedOn: divorcedOn === undefined ? undefined : Math.floor(divorcedOn),
    entry: enter(random, day, 0, 1, office),
  };
  husband.marriages.push(marriage);
  wife.marriages.push(marriage);
  bearChildren(draft, husband, wife, day, divorcedOn ?? Infinity);
}

/** The day two free persons of different families marry; undefined where they don't. */
function weddingDay(man: Person, woman: Person): Day | undefined {
  if ((man.line & woman.line) !== 0) return undefined;
  const older = woman.birth - man.birth;
  if (older < -5 * YEAR || older > 13 * YEAR) return undefined;
  const ready = Math.max(man.marriesAt, woman.marriesAt);
  const freed = Math.max(
    man.marriages.at(-1)?.divorcedOn ?? -Infinity,
    woman.marriages.at(-1)?.divorcedOn ?? -Infinity,
  );
  const day = Math.max(ready, freed + 400);
  return day < TODAY - 20 && isFree(man, day) && isFree(woman, day) ? day : undefined;
}

function nativeOf({ native }: Person): number {
  return blockNumber(native.key);
}

/**
 * Each man in order of age and the woman whose age fits best: most husbands are one to four years older. Some look in the
 * other block first, all others in their own.
 */
function matchCouples(circle: CircleDraft): void {
  const { random, drafts } = circle;
  const unmarried = drafts
    .flatMap(({ persons }) => persons)
    .filter((person) => person.marriesAt < TODAY && isFree(person, TODAY))
    .sort((a, b) => a.birth - b.birth || nativeOf(a) - nativeOf(b) || a.index - b.index);
  const women = unmarried.filter((person) => person.sex === 2);
  for (const man of unmarried) {
    if (man.sex !== 1) continue;
    const looksAway = random.chance(AWAY_SHARE);
    const fit = (woman: Person): number => Math.abs(woman.birth - man.birth - 2.4 * YEAR);
    const best = (away: boolean): Person | undefined => {
      let bride: Person | undefined;
      for (const woman of women) {
        if ((woman.native !== man.native) !== away) continue;
        if ((bride === undefined || fit(woman) < fit(bride)) && weddingDay(man, woman) !== undefined)
          bride = woman;
      }
      return bride;
    };
    const bride = best(looksAway) ?? best(!looksAway);
    const day = bride === undefined ? undefined : weddingDay(man, bride);
    if (bride === undefined || day === undefined) continue;
    marry(circle, man, bride, day, true);
  }
}

/** Founding couples of a neighbourhood's age, their children, who marry across families and blocks, and so on. */
export function growFamilies(circle: CircleDraft): void {
  for (const [place, draft] of circle.drafts.entries()) foundFamilies(circle, draft, place * MOST_FOUNDERS);
  for (let generation = 0; generation < 3; generation += 1) matchCouples(circle);
}

function foundFamilies(circle: CircleDraft, draft: Draft, firstLine: number): void {
  const { random } = draft;
  const couples = random.between(9, MOST_FOUNDERS);
  const age = random.between(40, 76);
  for (let couple = 0; couple < couples; couple += 1) {
    const wifeAge = Math.min(88, Math.max(38, random.around(age, 5)));
    const wifeBirth = Math.floor(TODAY - wifeAge * YEAR);
    const husband = addFounder(
      draft,
      1,
      Math.floor(wifeBirth - random.around(2.4, 2) * YEAR),
      1 << (firstLine + couple),
    );
    if (husband === undefined) continue;
    const wife = addFounder(draft, 2, wifeBirth, 1 << (firstLine + couple), husband);
    if (wife === undefined) continue;
    const wed = wifeBirth + random.around(22.5, 2) * YEAR;
    marry(
      circle,
      husband,
      wife,
      Math.floor(Math.max(wed, husband.birth + 20.1 * YEAR, wifeBirth + 18.1 * YEAR)),
      false,
    );
  }
}
