import { findCommune, type Commune } from './communes.ts';
import { findDistrict } from './districts.ts';
import { readUnitTable } from './read-unit-table.ts';

/** Whether an address is somebody's residence or the place of a parcel: pieces of land without people went elsewhere. */
export type AddressUse = 'residence' | 'land';

/** Shares of a former commune that can go into one of today's. */
export const UNIT_PORTIONS = {
  A: 'whole',
  P: 'part',
  R: 'rest',
  L: 'land-only',
  Q: 'part-of-land-and-all-people',
  U: 'part-of-people',
  V: 'rest-of-people',
} as const;
export type UnitPortion = (typeof UNIT_PORTIONS)[keyof typeof UNIT_PORTIONS];

/** A commune of today into which a former one went. */
export interface UnitSuccessor {
  readonly commune: Commune;
  /** Share of the unit that went there; null where no public list tells it. */
  readonly portion: UnitPortion | null;
  /** Clause of article 1 of the resolution on the commune's province; null where none is known. */
  readonly clause: number | null;
}

/** Kinds of unit below the province that there were until 30 June 2025; an island district had no communes. */
export const FORMER_KINDS = { X: 'commune', P: 'ward', T: 'township', H: 'district' } as const;
export type FormerKind = (typeof FORMER_KINDS)[keyof typeof FORMER_KINDS];

/** A commune, ward or township of until 30 June 2025, or an island district, which had none. */
export interface FormerCommune {
  /** Five digits; three for an island district. */
  readonly code: string;
  readonly name: string;
  readonly kind: FormerKind;
  readonly districtCode: string;
  /** A code of former-provinces.ts. */
  readonly formerProvinceCode: string;
  /** It had ended before 1 March 2025, though lists went on naming it. */
  readonly endedEarlier: boolean;
  /** The default comes first: the commune that took the greater part. */
  readonly successors: readonly UnitSuccessor[];
}

/** All of them in order of their codes. */
export const FORMER_COMMUNES: readonly FormerCommune[] = readUnitTable('former-communes').map(
  ([code = '', name = '', kind = '', districtCode = '', mark, successors = '']) => ({
    code,
    name,
    kind: FORMER_KINDS[kind as keyof typeof FORMER_KINDS],
    districtCode,
    formerProvinceCode: findDistrict(districtCode)?.formerProvinceCode ?? '',
    endedEarlier: mark === 'g',
    successors: successors.split(' ').map(readSuccessor),
  }),
);

function readSuccessor(text: string): UnitSuccessor {
  const [code = '', portion = '', clause = ''] = text.split(':');
  const commune = findCommune(code);
  if (commune === undefined) throw new Error(`no commune ${code}`);
  return {
    commune,
    portion: UNIT_PORTIONS[portion as keyof typeof UNIT_PORTIONS],
    clause: clause === '' ? null : Number(clause),
  };
}

const byCode = new Map(FORMER_COMMUNES.map((commune) => [commune.code, commune]));
const byDistrict = Map.groupBy(FORMER_COMMUNES, ({ districtCode }) => districtCode);

/** The former commune of a code; undefined where there was none on 30 June 2025. */
export function findFormerCommune(code: string): FormerCommune | undefined {
  return byCode.get(code);
}

/** The former communes of a district; empty for an unknown district. */
export function formerCommunesOf(districtCode: string): readonly FormerCommune[] {
  return byDistrict.get(districtCode) ?? [];
}

/** Lists the successors that matter for an address: a residence is in no piece of land without people. */
export function successorsFor(
  { successors }: Pick<FormerCommune, 'successors'>,
  use: AddressUse,
): readonly UnitSuccessor[] {
  return use === 'land' ? successors : successors.filter(({ portion }) => portion !== 'land-only');
}
