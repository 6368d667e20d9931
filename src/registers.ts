/**
 * Id of a national register, in kebab-case. It names the register wherever a program or a person meets it: in metrics'
 * labels, in the access log, in agreements and as the folder of its code. The type is open, so that a register can be
 * added without an edit here.
 */
export type RegisterName = string;

/** The registers that this gateway reads unless it is built with others. */
export const REGISTER_NAMES = ['population', 'civil-status', 'business', 'land'] as const;

/** The setting that holds the register's base URL: `civil-status` has `CIVIL_STATUS_URL`. */
export function urlSettingOf(register: RegisterName): string {
  return `${register.replaceAll('-', '_').toUpperCase()}_URL`;
}

/** The register's property in the file of register credentials: `civil-status` has `civilStatus`. */
export function credentialNameOf(register: RegisterName): string {
  return register.replaceAll(/-([a-z])/g, (_hyphen, letter: string) => letter.toUpperCase());
}

const PERSONAL_ID = /^\d{12}$/;

/**
 * Whether a text has the form of a personal id (số định danh cá nhân): 12 digits. It keys persons in every register, in
 * tokens and in the access log. Law 26/2023/QH15 names no list of prefixes, so that any 12 digits are one.
 */
export function hasPersonalIdForm(text: string): boolean {
  return PERSONAL_ID.test(text);
}
