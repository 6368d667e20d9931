import { findUnitOn, provinceOfCommune, type UnitChange } from '../../units/administrative-unit.ts';
import { findProvince } from '../../units/provinces.ts';
import { resolveAddress, type AddressCandidate } from '../../units/resolve-address.ts';

interface AddressArguments {
  readonly address?: string | null;
  readonly communeCode?: string | null;
  readonly districtCode?: string | null;
  readonly provinceCode?: string | null;
  readonly on?: string | null;
  readonly use?: 'RESIDENCE' | 'LAND' | null;
}

/**
 * Resolvers of the roots about administrative units, for graphql-js. `today` is the day in Viet Nam, `yyyy-mm-dd`. The forms of
 * the arguments are checked before.
 */
export function unitRoots(today: string) {
  return {
    administrativeUnit: ({ code, on }: { readonly code: string; readonly on?: string | null }) =>
      unitAnswer(code, on ?? today),
    resolveAddress: ({ address, use, ...codes }: AddressArguments) => {
      const resolved = resolveAddress({
        ...codes,
        text: address,
        use: use === 'LAND' ? 'land' : 'residence',
      });
      const province = findProvince(resolved.provinceCode ?? '');
      return {
        status: enumName(resolved.status),
        unit: resolved.commune && unitAnswer(resolved.commune.code, today),
        province,
        candidates: resolved.candidates.map(candidateAnswer),
      };
    },
  };
}

function unitAnswer(code: string, on: string): object | null {
  const unit = findUnitOn(code, on);
  return (
    unit && {
      ...unit,
      kind: enumName(unit.kind),
      successors: unit.successors.map(changeAnswer),
      predecessors: unit.predecessors.map(changeAnswer),
    }
  );
}

function changeAnswer(change: UnitChange): object {
  return { ...change, portion: change.portion && enumName(change.portion) };
}

function candidateAnswer({ commune, from, portion, isDefault, instrument }: AddressCandidate): object {
  return {
    unit: commune,
    province: provinceOfCommune(commune),
    from,
    portion: portion && enumName(portion),
    isDefault,
    instrument,
  };
}

function enumName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
