import { findCommune, type Commune } from './communes.ts';
import { findEndedCommune } from './ended-communes.ts';
import { findFormerCommune, successorsFor, type AddressUse } from './former-communes.ts';
import { findFormerProvince } from './former-provinces.ts';
import { findProvince } from './provinces.ts';
import type { UnitReference } from './unit-reference.ts';

/** `contradictory`: the commune does not lie in the province that is named beside it. */
export type UnresolvedCommune = 'unknown' | 'ambiguous' | 'undated' | 'contradictory';

/** The one commune of today that holds a residence, or a parcel, of this reference; or why there is none. */
export function resolveCommune(
  reference: UnitReference,
  use: AddressUse = 'residence',
): Commune | UnresolvedCommune {
  if (reference.generation === 'undated') return 'undated';
  const candidates = communesFor(reference, use);
  const [commune, ...others] = candidates;
  if (commune === undefined) return 'unknown';
  if (candidates.some(({ provinceCode }) => provinceCode !== provinceTodayOf(reference)))
    return 'contradictory';
  return others.length === 0 ? commune : 'ambiguous';
}

/** Lists the communes of today of which one holds the address; none where the code says nothing. */
function communesFor({ communeCode, generation }: UnitReference, use: AddressUse): readonly Commune[] {
  if (generation === 'current') {
    const commune = findCommune(communeCode);
    return commune ? [commune] : [];
  }
  const former = findFormerCommune(communeCode) ?? findEndedCommune(communeCode);
  return former ? successorsFor(former, use).map(({ commune }) => commune) : [];
}

/**
 * Today's province of such a residence, where the register leaves no doubt of it: the commune may be unknown, split or
 * undated, but not lie in another province than the one that is named. Null else.
 */
export function resolveProvince(reference: UnitReference): string | null {
  const readings: readonly UnitReference[] =
    reference.generation === 'undated'
      ? [
          { ...reference, generation: 'current' },
          { ...reference, generation: 'former' },
        ]
      : [reference];
  const provinces = new Set(readings.flatMap((reading) => provinceOf(reading) ?? []));
  const [province] = provinces;
  return provinces.size === 1 && province !== undefined ? province : null;
}

function provinceOf(reading: UnitReference): string | undefined {
  return resolveCommune(reading) === 'contradictory' ? undefined : provinceTodayOf(reading);
}

/** No commune has changed its new province. */
function provinceTodayOf({ generation, provinceCode }: UnitReference): string | undefined {
  return generation === 'former'
    ? findFormerProvince(provinceCode)?.provinceCode
    : findProvince(provinceCode)?.code;
}
