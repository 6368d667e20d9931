/** Former communes of a part of the country, as the tables in former-communes/ hold them; codes with a space between. */
export interface FormerCommuneRows {
  /** Communes of today, each with the former ones whose people all live there now. */
  readonly whole: readonly (readonly [today: string, former: string])[];
  /** Former communes whose people live in several communes of today. */
  readonly split: readonly string[];
}
