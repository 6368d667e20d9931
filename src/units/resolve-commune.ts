import { findCommune, type Commune } from './communes.ts';
import { successorOf } from './former-communes.ts';
import { findIdentifierPrefix } from './identifier-prefixes.ts';
import { findProvince } from './provinces.ts';
import type { UnitReference } from './unit-reference.ts';

/** `contradictory`: the commune does not lie in the province that is named beside it. */
export type UnresolvedCommune = 'unknown' | 'ambiguous' | 'undated' | 'contradictory';

/** The one commune of today in which a person of this residence lives, or why there is none. */
export function resolveCommune(reference: UnitReference): Commune | UnresolvedCommune {
  switch (reference.generation) {
    case 'undated':
      return 'undated';
    case 'current':
      return inProvince(findCommune(reference.communeCode), reference.provinceCode);
    case 'former': {
      const commune = successorOf(reference.communeCode);
      return commune === 'ambiguous'
        ? 'ambiguous'
        : inProvince(commune, provinceTodayOf(reference.provinceCode));
    }
  }
}

function inProvince(
  commune: Commune | undefined,
  provinceCode: string | undefined,
): Commune | UnresolvedCommune {
  if (commune === undefined) return 'unknown';
  return commune.provinceCode === provinceCode ? commune : 'contradictory';
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
  const commune = resolveCommune(reading);
  if (commune === 'contradictory') return undefined;
  if (typeof commune !== 'string') return commune.provinceCode;
  const { generation, provinceCode } = reading;
  return generation === 'former' ? provinceTodayOf(provinceCode) : findProvince(provinceCode)?.code;
}

/** Prefixes of personal ids are the former provinces' codes after a zero; no commune has changed its new province. */
function provinceTodayOf(formerCode: string): string | undefined {
  return findIdentifierPrefix(`0${formerCode}`)?.provinceCode;
}
