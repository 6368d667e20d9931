/**
 * An administrative unit as a register names it. Most codes of today were also codes of other areas before 1 July
 * 2025, so that a code means nothing without its time.
 */
export interface UnitReference {
  /** Five digits; three, the district's, in a former address without a commune (islands). */
  readonly communeCode: string;
  readonly provinceCode: string;
  /** `former`: three levels, with a district, until 30 June 2025; `undated`: the register does not let it be told. */
  readonly generation: 'current' | 'former' | 'undated';
}
