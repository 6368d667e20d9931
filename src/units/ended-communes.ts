import { findCommune } from './communes.ts';
import { FORMER_KINDS, type FormerKind, type UnitSuccessor } from './former-communes.ts';
import { readUnitTable } from './read-unit-table.ts';

/**
 * A commune that ended in a round of before 1 July 2025 (Resolution 35/2023/UBTVQH15 and the one before it), so that
 * records may still name it.
 */
export interface EndedCommune {
  readonly code: string;
  readonly name: string;
  readonly kind: FormerKind;
  readonly districtCode: string;
  readonly districtName: string;
  /** A code of former-provinces.ts. */
  readonly formerProvinceCode: string;
  /** Last day on which an official list had it; null where none of the lists read did. */
  readonly lastListed: string | null;
  /** Day, `yyyy-mm-dd`, by which it had ended. */
  readonly endedBy: string;
  /** Communes of today in its area, by way of those that took it first; empty where no public list tells. */
  readonly successors: readonly UnitSuccessor[];
}

/** All that are known, in order of their codes. */
export const ENDED_COMMUNES: readonly EndedCommune[] = readUnitTable('ended-communes').map(
  ([
    code = '',
    name = '',
    kind = '',
    districtCode = '',
    districtName = '',
    formerProvinceCode = '',
    lastListed = '',
    endedBy = '',
    successors = '',
  ]) => ({
    code,
    name,
    kind: FORMER_KINDS[kind as keyof typeof FORMER_KINDS],
    districtCode,
    districtName,
    formerProvinceCode,
    lastListed: lastListed === '' ? null : lastListed,
    endedBy,
    successors: successors.split(' ').flatMap((one) => {
      const commune = findCommune(one);
      return commune ? [{ commune, portion: null, clause: null }] : [];
    }),
  }),
);

const byCode = new Map(ENDED_COMMUNES.map((commune) => [commune.code, commune]));

/** The commune of a code that had ended before 30 June 2025; undefined where none is known. */
export function findEndedCommune(code: string): EndedCommune | undefined {
  return byCode.get(code);
}
