import { citationOf, TWO_LEVELS_SINCE } from './administrative-unit.ts';
import { findCommune, type Commune } from './communes.ts';
import { findEndedCommune, type EndedCommune } from './ended-communes.ts';
import {
  findFormerCommune,
  formerCommunesOf,
  successorsFor,
  type AddressUse,
  type FormerCommune,
  type UnitPortion,
} from './former-communes.ts';
import { findFormerProvince } from './former-provinces.ts';
import { findProvince } from './provinces.ts';
import { readWrittenAddress, type NamedUnits } from './names/written-address.ts';

/** An address by the codes of its units, or as it is written; codes win over the text. */
export interface AddressQuestion {
  /** Parts with commas between, the province last: `Số 5, Phường Cống Vị, Quận Ba Đình, Hà Nội`. */
  readonly text?: string | null | undefined;
  readonly communeCode?: string | null | undefined;
  /** Only addresses of before 1 July 2025 have one. */
  readonly districtCode?: string | null | undefined;
  readonly provinceCode?: string | null | undefined;
  /** Day on which the address was written, `yyyy-mm-dd`; without it, a code counts for both times. */
  readonly on?: string | null | undefined;
  readonly use: AddressUse;
}

/** A commune of today in which the address may lie. */
export interface AddressCandidate {
  readonly commune: Commune;
  /** The unit by which it was found. */
  readonly from: { readonly code: string; readonly name: string };
  /** How much of that unit went there; null for a unit of today, or where no public list tells. */
  readonly portion: UnitPortion | null;
  readonly isDefault: boolean;
  /** The resolution with its clause; null for a unit of today, or where none is known. */
  readonly instrument: string | null;
}

/** `contradictory`: the parts do not lie in each other; `unknown`: no unit of that name or code. */
export type AddressStatus = 'resolved' | 'ambiguous' | 'unknown' | 'contradictory';

export interface ResolvedAddress {
  readonly status: AddressStatus;
  /** The commune of today; null unless resolved. */
  readonly commune: Commune | null;
  /** Today's province where there is no doubt of it. */
  readonly provinceCode: string | null;
  /** Each commune of today that may hold the address, once; a default is marked, and never taken. */
  readonly candidates: readonly AddressCandidate[];
}

/**
 * Finds the commune of today for an address of any time, for a residence or for land. It never guesses: where the address fits
 * several communes, all of them are candidates.
 */
export function resolveAddress(question: AddressQuestion): ResolvedAddress {
  const isByCode = [question.communeCode, question.districtCode, question.provinceCode].some(Boolean);
  const units = isByCode
    ? unitsByCode(question)
    : readWrittenAddress(question.text ?? '', question.on ?? null);
  const found = [
    ...units.current.map(ofToday),
    ...[...units.former, ...units.ended].flatMap((former) => candidatesOf(former, question.use)),
  ];
  const { provinceCodes } = units;
  const inProvince = found.filter(
    ({ commune }) => provinceCodes.length === 0 || provinceCodes.includes(commune.provinceCode),
  );
  const candidates = [...Map.groupBy(inProvince, ({ commune }) => commune).values()].flatMap(
    ([first]) => first ?? [],
  );
  const provinces = new Set(
    candidates.length > 0 ? candidates.map(({ commune }) => commune.provinceCode) : provinceCodes,
  );
  const [provinceCode = null] = provinces;
  const isContradictory = units.isContradictory || (found.length > 0 && candidates.length === 0);
  const status = isContradictory ? 'contradictory' : statusOf(candidates.length);
  return {
    status,
    commune: status === 'resolved' ? (candidates[0]?.commune ?? null) : null,
    provinceCode: provinces.size === 1 && !isContradictory ? provinceCode : null,
    candidates: isContradictory ? [] : candidates,
  };
}

function statusOf(candidates: number): AddressStatus {
  if (candidates === 0) return 'unknown';
  return candidates === 1 ? 'resolved' : 'ambiguous';
}

function ofToday(commune: Commune): AddressCandidate {
  return {
    commune,
    from: { code: commune.code, name: commune.name },
    portion: null,
    isDefault: true,
    instrument: null,
  };
}

function candidatesOf(former: FormerCommune | EndedCommune, use: AddressUse): readonly AddressCandidate[] {
  return successorsFor(former, use).map((successor) => ({
    commune: successor.commune,
    from: { code: former.code, name: former.name },
    portion: successor.portion,
    isDefault: former.successors[0] === successor,
    instrument: citationOf(successor),
  }));
}

function unitsByCode({ communeCode, districtCode, provinceCode, on }: AddressQuestion): NamedUnits {
  const isThen = on ? on < TWO_LEVELS_SINCE : null;
  const mayBeNow = isThen !== true && !districtCode;
  const mayBeThen = isThen !== false;
  const commune = communeCode && mayBeNow ? findCommune(communeCode) : undefined;
  const former = mayBeThen ? formerByCode(communeCode, districtCode) : [];
  const ended = communeCode && mayBeThen && former.length === 0 ? findEndedCommune(communeCode) : undefined;
  const district = former[0]?.districtCode ?? ended?.districtCode;
  return {
    current: commune ? [commune] : [],
    former: communeCode && districtCode && district !== districtCode ? [] : former,
    ended: ended && (!on || on < ended.endedBy) ? [ended] : [],
    provinceCodes: provinceCode ? provincesTodayOf(provinceCode, mayBeNow, mayBeThen) : [],
    isContradictory: Boolean(communeCode && districtCode && district && district !== districtCode),
  };
}

function formerByCode(
  communeCode: string | null | undefined,
  districtCode: string | null | undefined,
): readonly FormerCommune[] {
  if (!communeCode) return districtCode ? formerCommunesOf(districtCode) : [];
  const former = findFormerCommune(communeCode);
  return former ? [former] : [];
}

/** A code may have been another province's before. */
function provincesTodayOf(code: string, mayBeNow: boolean, mayBeThen: boolean): readonly string[] {
  const now = mayBeNow ? findProvince(code)?.code : undefined;
  const then = mayBeThen ? findFormerProvince(code)?.provinceCode : undefined;
  const provinces = new Set([now, then].filter((one) => one !== undefined));
  return provinces.size === 0 ? [code] : [...provinces];
}
