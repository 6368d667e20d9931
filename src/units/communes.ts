import { readUnitTable } from './read-unit-table.ts';

/** A commune-level unit as it is since 1 July 2025 (Law 72/2025/QH15: two levels, no districts). */
export interface Commune {
  /**
   * Five digits. Most codes were also codes of older units with another area: a code identifies a unit only
   * together with its date.
   */
  readonly code: string;
  /** The name with the unit's kind, as printed: `Phường Hoàn Kiếm`. */
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'ward' | 'commune' | 'special-zone';
  readonly provinceCode: string;
  /** A commune that became a ward on 30 April 2026 (237/NQ-UBTVQH16). */
  readonly isNewWard: boolean;
}

function kindOf(name: string): Commune['kind'] {
  if (name.startsWith('Phường ')) return 'ward';
  return name.startsWith('Đặc khu ') ? 'special-zone' : 'commune';
}

/** All 3,321 communes in order of provinces, then of codes. */
export const COMMUNES: readonly Commune[] = readUnitTable('communes')
  .map(([code = '', name = '', nameEn = '', provinceCode = '', change]): Commune => ({
    code,
    name,
    nameEn,
    kind: kindOf(name),
    provinceCode,
    isNewWard: change === 'K',
  }))
  .sort((a, b) => (a.provinceCode + a.code < b.provinceCode + b.code ? -1 : 1));

const byCode = new Map(COMMUNES.map((commune) => [commune.code, commune]));
const byProvince = Map.groupBy(COMMUNES, (commune) => commune.provinceCode);

/** The commune of a five-digit code; undefined where there is none today. */
export function findCommune(code: string): Commune | undefined {
  return byCode.get(code);
}

/** All communes of a province; empty for an unknown province. */
export function communesOf(provinceCode: string): readonly Commune[] {
  return byProvince.get(provinceCode) ?? [];
}
