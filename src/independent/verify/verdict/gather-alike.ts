import type { Fault } from '../faults/tampering.ts';

export const SIMILAR_FAULT_LIMITS = {
  single: {
    value: 3,
    unit: 'faults',
    why: 'More faults that differ in numbers only become one, so that other faults can still be seen.',
  },
} as const;

/** Faults that differ in numbers only become their first, which says how many there are. */
export function gatherFaults(faults: readonly Fault[]): readonly Fault[] {
  return gathered(faults, ({ attack, detail }) => `${attack} ${detail}`).flatMap((alike) => {
    const [first] = alike;
    const last = alike.at(-1);
    return first && last && alike.length > SIMILAR_FAULT_LIMITS.single.value
      ? [{ ...first, alike: { count: alike.length, last: last.detail } }]
      : alike;
  });
}

/** Remarks that differ in numbers only become their first, which says how many there are. */
export function gatherRemarks(remarks: readonly string[]): readonly string[] {
  return gathered(remarks, (one) => one).flatMap((alike) =>
    alike.length > SIMILAR_FAULT_LIMITS.single.value
      ? [`${alike[0] ?? ''} ${andMore({ count: alike.length, last: alike.at(-1) ?? '' })}`]
      : alike,
  );
}

export function andMore({ count, last }: NonNullable<Fault['alike']>): string {
  return `And ${count - 1} more like it; the last: ${last}`;
}

/** Groups keep the order of their first members. */
function gathered<T>(all: readonly T[], textOf: (one: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(all, (one) => textOf(one).replaceAll(/\d+/g, '#')).values()];
}
