import { readUnitTable } from './read-unit-table.ts';

/**
 * A province or centrally run city of the 34 (Resolution 202/2025/QH15; Đồng Nai is a city since 30 April 2026,
 * Resolution 30/2026/QH16). Codes are those of the statistical list; see README.md.
 */
export interface Province {
  /** Two digits. */
  readonly code: string;
  /** The name with the unit's kind, as printed: `Thành phố Hà Nội`. */
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'city' | 'province';
  /** The resolution that made its communes: `1656/NQ-UBTVQH15`. */
  readonly communeResolution: string;
  /** It became a city on 30 April 2026. */
  readonly isNewCity: boolean;
}

/** The kind stands in the name. */
export function kindOfProvince({ name }: { readonly name: string }): Province['kind'] {
  return name.startsWith('Thành phố') ? 'city' : 'province';
}

/** The provinces in order of their codes. */
export const PROVINCES: readonly Province[] = readUnitTable('provinces').map(
  ([code = '', name = '', nameEn = '', resolution = '', change]) => ({
    code,
    name,
    nameEn,
    kind: kindOfProvince({ name }),
    communeResolution: `${resolution}/NQ-UBTVQH15`,
    isNewCity: change === 'K',
  }),
);

const byCode = new Map(PROVINCES.map((province) => [province.code, province]));

/** The province of a two-digit code; undefined where there is none today. */
export function findProvince(code: string): Province | undefined {
  return byCode.get(code);
}
