import type { Random } from '../../random.ts';
import { Weighted } from '../../random.ts';

/**
 * Purpose codes joined by + stand on the same parcel. The shares are in thousandths (modelled; REGISTERS.md,
 * Shares of the generator).
 */
const RURAL = new Weighted([
  ['ONT', 160],
  ['ONT+CLN', 140],
  ['LUC', 300],
  ['LUK', 60],
  ['HNK', 110],
  ['CLN', 140],
  ['RSX', 40],
  ['NTS', 30],
  ['NKH', 10],
  ['SKC', 5],
  ['TMD', 5],
]);
const URBAN = new Weighted([
  ['ODT', 620],
  ['ODT+CLN', 100],
  ['CLN', 90],
  ['HNK', 60],
  ['LUC', 60],
  ['TMD', 30],
  ['SKC', 20],
  ['DGT', 20],
]);
const ORGANISATION = new Weighted([
  ['TMD', 5],
  ['SKC', 4],
  ['SKK', 2],
]);

/** Median area in square metres and spread of its logarithm (modelled). */
const AREAS: Readonly<Record<string, readonly [median: number, sigma: number]>> = {
  ODT: [80, 0.6],
  ONT: [300, 0.8],
  LUC: [500, 0.9],
  CLN: [1200, 1.1],
  RSX: [8000, 1.2],
};
const OTHER_AREA = [600, 0.9] as const;

export interface Use {
  readonly purposeCode: string;
  readonly area: number;
  readonly originCode: string;
  readonly form: string;
  readonly term: string;
}

function originOf(random: Random, purposeCode: string, isOrganisation: boolean): string {
  if (isOrganisation) return random.pick(['DT-TML', 'DT-THN', 'DG-CTT']);
  const isHome = purposeCode === 'ODT' || purposeCode === 'ONT';
  return random.pick(isHome ? ['CNQ-CTT', 'CNQ-KTT', 'DG-CTT'] : ['CNQ-KTT', 'DG-KTT']);
}

/** Homes are held without limit, farmland for 50 years from a year that is not today's. */
function termOf(random: Random, purposeCode: string): string {
  const isLasting = purposeCode === 'ODT' || purposeCode === 'ONT';
  return isLasting ? 'Lâu dài' : random.pick(['2043-10-15', '2063-10-15', '2064-07-01', '2070-12-31']);
}

/** Draws one or two uses of a parcel; areas are rounded to a tenth of a square metre, as on certificates. */
export function drawUses(random: Random, isUrban: boolean, isOrganisation: boolean): Use[] {
  const mix = isOrganisation ? ORGANISATION : isUrban ? URBAN : RURAL;
  return mix
    .draw(random)
    .split('+')
    .map((purposeCode) => {
      const [median, sigma] = AREAS[purposeCode] ?? OTHER_AREA;
      return {
        purposeCode,
        area: Math.max(120, Math.round(median * Math.exp(random.around(0, sigma)) * 10)) / 10,
        originCode: originOf(random, purposeCode, isOrganisation),
        form: random.chance(0.95) ? 'Sử dụng riêng' : 'Sử dụng chung',
        term: termOf(random, purposeCode),
      };
    });
}
