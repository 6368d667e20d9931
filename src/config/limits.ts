/** One limit or time: its value, the unit of the value, and why it is as large as it is. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** The limits of one file by name, as `ndg limits` prints them. */
export type Limits = Readonly<Record<string, Limit>>;
