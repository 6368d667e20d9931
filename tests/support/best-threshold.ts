/**
 * How well the best threshold on a time tells two kinds of answers apart: the area under the ROC curve, by ranks with
 * ties halved (Mann and Whitney). 0.5 is chance, 1 certainty; whichever kind is slower.
 */
export function areaUnderCurve(one: readonly number[], other: readonly number[]): number {
  const all = [
    ...one.map((time) => ({ time, isOne: true })),
    ...other.map((time) => ({ time, isOne: false })),
  ];
  all.sort((left, right) => left.time - right.time);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.time === all[from]?.time) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let index = from; index < to; index++) if (all[index]?.isOne) rankSum += rank;
    from = to;
  }
  const area = (rankSum - (one.length * (one.length + 1)) / 2) / (one.length * other.length);
  return Math.max(area, 1 - area);
}
