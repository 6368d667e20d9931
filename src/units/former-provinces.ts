import { readUnitTable } from './read-unit-table.ts';

/** A province or centrally run city of the 63 that there were until 30 June 2025. */
export interface FormerProvince {
  /** Two digits. Six of them belong to a province of another name today. */
  readonly code: string;
  /** The name until 30 June 2025, with its kind. */
  readonly name: string;
  /** Today's province, a code of provinces.ts: each went whole into one (Resolution 202/2025/QH15). */
  readonly provinceCode: string;
}

/** The 63 in order of their codes. */
export const FORMER_PROVINCES: readonly FormerProvince[] = readUnitTable('former-provinces').map(
  ([code = '', name = '', provinceCode = '']) => ({ code, name, provinceCode }),
);

const byCode = new Map(FORMER_PROVINCES.map((province) => [province.code, province]));

/** The former province of a two-digit code; undefined where there was none. */
export function findFormerProvince(code: string): FormerProvince | undefined {
  return byCode.get(code);
}
