import { TWO_LEVELS_SINCE } from '../../units/administrative-unit.ts';
import { findCommune } from '../../units/communes.ts';
import { findFormerCommune } from '../../units/former-communes.ts';
import { findFormerProvince } from '../../units/former-provinces.ts';
import { findProvince } from '../../units/provinces.ts';
import { resolveCommune } from '../../units/resolve-commune.ts';
import type { UnitReference } from '../../units/unit-reference.ts';
import { BROKEN, type Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';

/** The codes of an address as the register has them. */
export interface UnitCodes {
  readonly provinceCode: Checked<string | null>;
  readonly districtCode: Checked<string | null>;
  readonly communeCode: Checked<string | null>;
}

export interface AddressUnits {
  /** Names of the address's own time; null where its codes name no unit of that time, or do not lie in each other. */
  readonly communeName: Checked<string | null>;
  readonly provinceName: Checked<string | null>;
  /** Five digits; null where the commune of today is in doubt. */
  readonly currentCommuneCode: Checked<string | null>;
}

const UNNAMED: AddressUnits = { communeName: null, provinceName: null, currentCommuneCode: null };

/**
 * From 1 July 2025 on, when districts were abolished (Law 72/2025/QH15), an address without a district is one of today's two
 * levels. `asOf` is the date of the register's data.
 */
export function generationOf(hasDistrict: boolean, asOf: string | null): UnitReference['generation'] {
  if (hasDistrict) return 'former';
  return asOf !== null && asOf >= TWO_LEVELS_SINCE ? 'current' : 'undated';
}

/** Names an address's units by the tables of units, and its commune of today. A code that cannot be read breaks what follows from it. */
export function nameUnits(codes: UnitCodes, asOf: string | null, shape: Shape): AddressUnits {
  const { provinceCode, districtCode, communeCode } = codes;
  if (provinceCode === BROKEN || districtCode === BROKEN || communeCode === BROKEN) {
    return { communeName: shape.broken(), provinceName: shape.broken(), currentCommuneCode: shape.broken() };
  }
  if (provinceCode === null) return UNNAMED;
  const generation = generationOf(districtCode !== null, asOf);
  if (generation === 'undated') return UNNAMED;
  const province = generation === 'former' ? findFormerProvince(provinceCode) : findProvince(provinceCode);
  const provinceName = province?.name ?? null;
  // An island district had no communes: its own code stands for one.
  const code = communeCode ?? districtCode;
  if (code === null) return { ...UNNAMED, provinceName };
  const today = resolveCommune({ communeCode: code, provinceCode, generation });
  return {
    communeName: communeCode === null ? null : communeNameOf(communeCode, provinceCode, districtCode),
    provinceName,
    currentCommuneCode: typeof today === 'string' ? null : today.code,
  };
}

function communeNameOf(
  communeCode: string,
  provinceCode: string,
  districtCode: string | null,
): string | null {
  if (districtCode === null) {
    const commune = findCommune(communeCode);
    return commune?.provinceCode === provinceCode ? commune.name : null;
  }
  const commune = findFormerCommune(communeCode);
  return commune?.districtCode === districtCode && commune.formerProvinceCode === provinceCode
    ? commune.name
    : null;
}
