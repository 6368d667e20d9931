import { CENTRE } from './communes/centre.ts';
import { HA_NOI } from './communes/ha-noi.ts';
import { NORTH } from './communes/north.ts';
import { SOUTH } from './communes/south.ts';

/** A commune-level unit as it is since 1 July 2025 (Law 72/2025/QH15: two levels, no districts). */
export interface Commune {
  /**
   * Five digits. Most codes were also codes of older units with another area: a code identifies a unit only
   * together with its date.
   */
  readonly code: string;
  /** The name with the unit's kind, as printed: `Phường Hoàn Kiếm`. */
  readonly name: string;
  readonly kind: 'ward' | 'commune' | 'special-zone';
  readonly provinceCode: string;
}

function kindOf(name: string): Commune['kind'] {
  if (name.startsWith('Phường ')) return 'ward';
  return name.startsWith('Đặc khu ') ? 'special-zone' : 'commune';
}

/** The communes in order of provinces, then of codes. Every province has some; Hà Nội and Huế have all. */
export const COMMUNES: readonly Commune[] = [...HA_NOI, ...NORTH, ...CENTRE, ...SOUTH]
  .flatMap(([provinceCode, rows]) =>
    rows.map(([code, name]): Commune => ({ code, name, kind: kindOf(name), provinceCode })),
  )
  .sort((a, b) => (a.provinceCode + a.code < b.provinceCode + b.code ? -1 : 1));

const byCode = new Map(COMMUNES.map((commune) => [commune.code, commune]));
const byProvince = Map.groupBy(COMMUNES, (commune) => commune.provinceCode);

/** The commune of a five-digit code; undefined where the table has none. */
export function findCommune(code: string): Commune | undefined {
  return byCode.get(code);
}

/** The table's communes of a province; empty for an unknown province. */
export function communesOf(provinceCode: string): readonly Commune[] {
  return byProvince.get(provinceCode) ?? [];
}
