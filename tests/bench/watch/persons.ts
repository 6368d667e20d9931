import type { Dice } from './dice.ts';

/** A person of the simulated country, as far as entries tell of one. */
export interface SimulatedPerson {
  readonly id: string;
  readonly commune: string;
  readonly surname: string;
}

/** Surnames by their share; Nguyễn has 31 to 38 % in the whole country. */
const SURNAMES: readonly (readonly [name: string, share: number])[] = [
  ['Nguyễn', 0.35],
  ['Trần', 0.11],
  ['Lê', 0.095],
  ['Phạm', 0.07],
  ['Hoàng', 0.05],
  ['Phan', 0.045],
  ['Vũ', 0.04],
  ['Đặng', 0.03],
  ['Bùi', 0.03],
];
const OTHERS = 60;

export function surnameOf(dice: Dice): string {
  let left = dice.next();
  for (const [name, share] of SURNAMES) {
    left -= share;
    if (left < 0) return name;
  }
  return `Họ ${dice.between(1, OTHERS)}`;
}

/** A personal id: province, century and sex, year of birth, and six digits that are given at random. */
export function personalId(dice: Dice, year = dice.between(45, 125)): string {
  const province = String(dice.between(1, 96)).padStart(3, '0');
  const century = (year >= 100 ? 2 : 0) + dice.between(0, 1);
  return `${province}${century}${String(year % 100).padStart(2, '0')}${String(dice.between(0, 999_999)).padStart(6, '0')}`;
}

/** The identifier some numbers further on. */
export function neighbourOf(id: string, by: number): string {
  return id.slice(0, 6) + String((Number(id.slice(6)) + by + 1_000_000) % 1_000_000).padStart(6, '0');
}

/** Anybody, of that commune in so many cases. */
export function somebody(dice: Dice, commune: string, shareOfCommune: number): SimulatedPerson {
  const isLocal = dice.chance(shareOfCommune);
  return {
    id: personalId(dice),
    commune: isLocal ? commune : `x${dice.between(1, 3_000)}`,
    surname: surnameOf(dice),
  };
}
