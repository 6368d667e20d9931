import { findCommune, type Commune } from './communes.ts';
import { successorOf } from './former-communes.ts';
import { findIdentifierPrefix } from './identifier-prefixes.ts';
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

/** Prefixes of personal ids are the former provinces' codes after a zero; no commune has changed its new province. */
function provinceTodayOf(formerCode: string): string | undefined {
  return findIdentifierPrefix(`0${formerCode}`)?.provinceCode;
}
