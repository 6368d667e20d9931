/** One bound of the gateway: how much of what, and why so much. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** The bounds that one file keeps, by name. `ndg limits` prints them all. */
export type Limits = Readonly<Record<string, Limit>>;
