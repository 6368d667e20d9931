/** Places of numbers, the largest first; equal ones share a place and the next is left out: 1-2-2-4. Null where there is none. */
export function ranksOf(values: ReadonlyMap<string, number | null>): ReadonlyMap<string, number | null> {
  const known = [...values.values()].filter((value) => value !== null);
  return new Map(
    [...values].map(([name, value]) => [
      name,
      value === null ? null : 1 + known.filter((other) => other > value).length,
    ]),
  );
}
