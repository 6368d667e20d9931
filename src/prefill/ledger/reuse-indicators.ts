import type { Procedures } from '../procedures/procedures.ts';
import type { LedgerCounts } from './ledger-file.ts';

/** One indicator of the national index (Decision 766/QĐ-TTg, group "Số hóa hồ sơ"). */
export interface ReuseIndicator {
  readonly name: string;
  readonly numerator: number;
  readonly denominator: number;
  /** Percent with two decimals; null where there is nothing to measure ("Không áp dụng"). */
  readonly percent: number | null;
  /** Points of the index, and the most that it gives. */
  readonly points: number | null;
  readonly maximum: number;
}

/**
 * The four indicators of re-use that forms can measure, by their national names. Points rise linearly to the full number at the stated
 * share (80 % for the first; 100 % for the others is read into the decision, which names no other). The published score is the truth:
 * this one only explains it.
 */
export function reuseIndicators(
  { forms, components }: LedgerCounts,
  procedures: Procedures,
): readonly ReuseIndicator[] {
  const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
    items.reduce((total, item) => total + of(item), 0);
  const replaceable = components.filter(
    ({ procedure, component }) => procedures.get(procedure)?.components[component]?.replacedBy === 'data',
  );
  const all = sum(forms, (one) => one.forms);
  const asked = new Set(forms.map(({ procedure }) => procedure));
  const connected = new Set(forms.filter((one) => one.usingPopulation > 0).map(({ procedure }) => procedure));
  return [
    indicator(
      'Tỷ lệ cắt giảm, thay thế thành phần hồ sơ bằng dữ liệu',
      sum(replaceable, ({ state, count }) => (state === 'REPLACED' ? count : 0)),
      sum(replaceable, ({ count }) => count),
      2,
      0.8,
    ),
    indicator(
      'Tỷ lệ tái sử dụng hoàn toàn',
      sum(forms, (one) => one.fullyReused),
      all,
      4,
    ),
    indicator(
      'Tỷ lệ hồ sơ sử dụng dữ liệu dân cư',
      sum(forms, (one) => one.usingPopulation),
      all,
      2,
    ),
    indicator('Tỷ lệ TTHC kết nối, khai thác dữ liệu dân cư', connected.size, asked.size, 2),
  ];
}

function indicator(
  name: string,
  numerator: number,
  denominator: number,
  maximum: number,
  fullAt = 1,
): ReuseIndicator {
  if (denominator === 0) return { name, numerator, denominator, percent: null, points: null, maximum };
  const share = numerator / denominator;
  return {
    name,
    numerator,
    denominator,
    percent: twoDecimals(100 * share),
    points: twoDecimals(maximum * Math.min(1, share / fullAt)),
    maximum,
  };
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}
