/** One bound: its value, the unit it counts in, and the reason for it in one short sentence. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** The bounds of one file by name; `ndg limits` prints every exported `*_LIMITS`. */
export type Limits = Readonly<Record<string, Limit>>;
