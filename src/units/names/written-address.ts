import { TWO_LEVELS_SINCE } from '../administrative-unit.ts';
import { communesOf, type Commune } from '../communes.ts';
import { DISTRICTS } from '../districts.ts';
import { ENDED_COMMUNES, type EndedCommune } from '../ended-communes.ts';
import { FORMER_COMMUNES, formerCommunesOf, type FormerCommune } from '../former-communes.ts';
import { FORMER_PROVINCES } from '../former-provinces.ts';
import { PROVINCES } from '../provinces.ts';
import { isNameOf, readUnitName, type UnitName } from './unit-names.ts';

/** Units that an address may name, before they are followed to today. */
export interface NamedUnits {
  readonly current: readonly Commune[];
  readonly former: readonly FormerCommune[];
  readonly ended: readonly EndedCommune[];
  /** Today's provinces that the address names. */
  readonly provinceCodes: readonly string[];
  readonly isContradictory: boolean;
}

const NOTHING: NamedUnits = { current: [], former: [], ended: [], provinceCodes: [], isContradictory: false };

const readNames = new Map<string, UnitName>();

function nameOf({ name }: { readonly name: string }): UnitName {
  const known = readNames.get(name);
  if (known) return known;
  const read = readUnitName(name);
  readNames.set(name, read);
  return read;
}

/**
 * Finds the units that a written address names. The last part is the province, without which a name may lie anywhere; a district
 * before it dates the address to before 1 July 2025. Parts before the commune are house and street.
 */
export function readWrittenAddress(text: string, on: string | null): NamedUnits {
  const parts = text
    .split(/[,;\n]/)
    .map((part) => readUnitName(part))
    .filter(({ proper }) => proper !== '');
  const province = parts.pop();
  if (province === undefined) return NOTHING;
  const isThen = on === null ? null : on < TWO_LEVELS_SINCE;
  const now = isThen === true ? [] : PROVINCES.filter((one) => isNameOf(province, nameOf(one)));
  const then = isThen === false ? [] : FORMER_PROVINCES.filter((one) => isNameOf(province, nameOf(one)));
  const withDistrict = formerByDistrict(parts, new Set(then.map(({ code }) => code)));
  if (withDistrict) return withDistrict;
  const commune = parts.at(-1);
  const units = {
    ...NOTHING,
    provinceCodes: [...new Set([...now.map(({ code }) => code), ...then.map((one) => one.provinceCode)])],
  };
  if (commune === undefined) return units;
  const current = now.flatMap(({ code }) => communesOf(code)).filter((one) => isNameOf(commune, nameOf(one)));
  if (current.length > 0) return { ...units, current };
  const provinceCodes = new Set(then.map(({ code }) => code));
  return {
    ...units,
    former: FORMER_COMMUNES.filter(
      (one) => provinceCodes.has(one.formerProvinceCode) && isNameOf(commune, nameOf(one)),
    ),
  };
}

/** Undefined where the part before the province is no district of it. */
function formerByDistrict(
  parts: readonly UnitName[],
  provinceCodes: ReadonlySet<string>,
): NamedUnits | undefined {
  const written = parts.at(-1);
  if (written === undefined) return undefined;
  const districts = DISTRICTS.filter(
    (one) => provinceCodes.has(one.formerProvinceCode) && isNameOf(written, nameOf(one)),
  );
  const commune = parts.at(-2);
  const provinces = FORMER_PROVINCES.filter(({ code }) =>
    districts.some(({ formerProvinceCode }) => formerProvinceCode === code),
  );
  const units = { ...NOTHING, provinceCodes: [...new Set(provinces.map((one) => one.provinceCode))] };
  if (districts.length === 0) return undefined;
  const former = districts.flatMap(({ code }) => formerCommunesOf(code));
  // Without a commune every one of the district may be meant.
  if (commune === undefined) return written.kind === null ? undefined : { ...units, former };
  const named = former.filter((one) => isNameOf(commune, nameOf(one)));
  if (named.length > 0) return { ...units, former: named };
  const codes = new Set(districts.map(({ code }) => code));
  const ended = ENDED_COMMUNES.filter((one) => codes.has(one.districtCode) && isNameOf(commune, nameOf(one)));
  if (ended.length > 0) return { ...units, ended };
  // A house and street before a district, and no commune: every one may be meant, unless a part says that it is one.
  const isCommune = commune.kind !== null && ['phường', 'xã', 'thị trấn'].includes(commune.kind);
  return isCommune ? units : { ...units, former };
}
