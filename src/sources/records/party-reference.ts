import type { Checked } from './record.ts';

/** A party named in a register: a person, an organisation, or a name alone. */
export interface PartyReference {
  readonly name: Checked<string>;
  readonly personalId: Checked<string | null>;
  readonly organisationCode: Checked<string | null>;
}
