import type { Country } from '../../../mocks/country/country.ts';
import type { Address, PopulationRecord } from '../../../mocks/country/records.ts';
import type { UnitReference } from '../../../src/units/unit-reference.ts';
import { isAged, residesIn } from './answers.ts';

/** Who asks under which agreement, as far as it matters to rows. */
export interface Asker {
  readonly territory: 'nation' | 'caller-unit' | readonly string[];
  readonly clearance: readonly ('protected' | 'deceased' | 'minors')[];
  readonly unit: string | null;
  /** Personal id of the officer. */
  readonly officer: string | null;
  /** Personal ids of the dossier's parties; nobody where left out. */
  readonly applicants?: readonly string[];
  /** Personal id of a citizen who asks. */
  readonly self: string | null;
  /** Roots are denied without a factor. */
  readonly needsMatch: boolean;
  /** Roots are denied but for the own id. */
  readonly ownDataOnly: boolean;
}

export const ANYBODY: Asker = {
  territory: 'nation',
  clearance: ['protected', 'deceased', 'minors'],
  unit: null,
  officer: null,
  self: null,
  needsMatch: false,
  ownDataOnly: false,
};

/** The demo's asset inspection. */
export const INSPECTORATE: Asker = { ...ANYBODY, clearance: ['minors', 'deceased'] };

/** Persons whose record one register cannot give. */
export interface Trouble {
  readonly code: string;
  readonly population: ReadonlySet<string>;
  readonly civilStatus: ReadonlySet<string>;
}

export const NO_TROUBLE: Trouble = { code: '', population: new Set(), civilStatus: new Set() };

/** Why somebody may not be seen: for the caller it is all one, but for the failure of a register. */
export type Hidden =
  | { readonly state: 'absent' }
  | { readonly state: 'denied'; readonly rule: string }
  | { readonly state: 'failed'; readonly code: string };
export type Ruling = { readonly state: 'visible' } | Hidden;

const VISIBLE: Ruling = { state: 'visible' };

/** True where no rule can hide anybody. */
export function isOpen({ clearance, territory, officer }: Asker): boolean {
  return clearance.length === 3 && territory === 'nation' && officer === null;
}

/**
 * Who may be seen, from the country's records and the contract's words, without a look at src/policy. A death counts
 * that either register states; both are asked for it at once, for whoever is not cleared to know of the dead.
 */
export function buildRowRulings(
  country: Country,
  asker: Asker,
  today: string,
  trouble: Trouble = NO_TROUBLE,
): (personalId: string) => Ruling {
  const { officer, clearance } = asker;
  const kin = officer === null ? undefined : country.person(officer);
  const failed: Ruling = { state: 'failed', code: trouble.code };

  /** The family by a person's own entries in the books; nobody where these cannot be read. */
  const familyOf = (id: string): Family => familyIn(trouble.civilStatus.has(id) ? undefined : country, id);
  const officersFamily = officer === null ? NO_FAMILY : familyOf(officer);

  /** A parent, a guardian or a housemate of age, alive and not protected, is among the applicants. */
  const isCaredFor = (child: PopulationRecord): boolean =>
    (asker.applicants ?? []).some((id) => {
      const one = country.person(id);
      if (!one || one.isProtected || one.deathDate !== undefined || id === child.personalId) return false;
      if (isAged(one.birthDate, 18, today) !== true) return false;
      const isHousemate =
        child.residenceFileNo !== undefined && child.residenceFileNo === one.residenceFileNo;
      const { children, wards } = familyOf(id);
      if ([...children, ...wards].includes(child.personalId)) return true;
      // A child's own entries are read where deaths are asked of them.
      const { parents, guardians } = clearance.includes('deceased') ? NO_FAMILY : familyOf(child.personalId);
      const elders = [...parentsOf(child), ...parents, ...guardians, child.guardian?.personalId];
      return isHousemate || elders.includes(id);
    });

  const ruleOver = (person: PopulationRecord): string | null => {
    if (person.isProtected && !clearance.includes('protected')) return 'protected';
    if (!isWithin(person, asker)) return 'territory';
    // Where civil status cannot be read, its word on a death is missing, and the other rules stand.
    const isUnheard = trouble.civilStatus.has(person.personalId);
    const isDead =
      person.deathDate !== undefined ||
      (!isUnheard && country.civilStatus(person.personalId)?.death !== undefined);
    if (isDead && !clearance.includes('deceased')) return 'deceased';
    if (
      !clearance.includes('minors') &&
      isAged(person.birthDate, 18, today) !== true &&
      !isCaredFor(person)
    ) {
      return 'minor';
    }
    if (person.personalId === officer) return 'own-data';
    if (officer === null) return null;
    const own = clearance.includes('deceased') ? NO_FAMILY : familyOf(person.personalId);
    return areRelatives(person, own, officer, kin, officersFamily) ? 'relatives' : null;
  };

  return (personalId) => {
    if (isOpen(asker) || personalId === asker.self) return VISIBLE;
    if (trouble.population.has(personalId)) return failed;
    if (officer !== null && trouble.population.has(officer)) return failed;
    if (officer !== null && trouble.civilStatus.has(officer)) return failed;
    const person = country.person(personalId);
    if (!person) return { state: 'absent' };
    const rule = ruleOver(person);
    if (rule !== null) return { state: 'denied', rule };
    const isUndecided =
      !clearance.includes('deceased') &&
      person.deathDate === undefined &&
      trouble.civilStatus.has(personalId);
    return isUndecided ? failed : VISIBLE;
  };
}

/** A home that is not known to lie in one commune of today lies in no territory. */
function isWithin({ permanentResidence }: PopulationRecord, { territory, unit }: Asker): boolean {
  if (territory === 'nation') return true;
  const home = unitOf(permanentResidence);
  if (residesIn(home, '00000') === null) return false;
  const units = territory === 'caller-unit' ? (unit === null ? [] : [unit]) : territory;
  return units.some((one) => residesIn(home, one) === true);
}

function parentsOf(person: PopulationRecord | undefined): readonly string[] {
  return [person?.father?.personalId, person?.mother?.personalId].filter((id) => id !== undefined);
}

interface Family {
  readonly parents: readonly string[];
  readonly children: readonly string[];
  readonly guardians: readonly string[];
  readonly wards: readonly string[];
}

const NO_FAMILY: Family = { parents: [], children: [], guardians: [], wards: [] };

/** Adoptions and guardianships that have not ended, and recognitions. */
function familyIn(country: Country | undefined, id: string): Family {
  const events = country?.civilStatus(id);
  if (!events) return NO_FAMILY;
  const bonds = [
    ...events.recognitions.map(({ parent, child }) => ({ elders: [parent], charge: child })),
    ...events.adoptions
      .filter(({ endedOn }) => endedOn === undefined)
      .map(({ adoptiveMother, adoptiveFather, child }) => ({
        elders: [adoptiveMother, adoptiveFather],
        charge: child,
      })),
  ];
  const cares = events.guardianships
    .filter(({ endedOn }) => endedOn === undefined)
    .map(({ guardian, ward }) => ({ elders: [guardian], charge: ward }));
  const above = (list: typeof bonds): string[] =>
    list
      .filter(({ charge }) => charge.personalId === id)
      .flatMap(({ elders }) => elders.flatMap((one) => one?.personalId ?? []));
  const below = (list: typeof bonds): string[] =>
    list.flatMap(({ charge }) => (charge.personalId === id ? [] : (charge.personalId ?? [])));
  return { parents: above(bonds), children: below(bonds), guardians: above(cares), wards: below(cares) };
}

function areRelatives(
  person: PopulationRecord,
  family: Family,
  officer: string,
  record: PopulationRecord | undefined,
  officersFamily: Family,
): boolean {
  const theirs = [...parentsOf(person), ...family.parents];
  const ours = [...parentsOf(record), ...officersFamily.parents];
  if (officersFamily.children.includes(person.personalId)) return true;
  return (
    theirs.includes(officer) ||
    ours.includes(person.personalId) ||
    person.spouse?.personalId === officer ||
    record?.spouse?.personalId === person.personalId ||
    theirs.some((one) => ours.includes(one))
  );
}

/** An address with a district is one of before 1 July 2025. */
export function unitOf({ communeCode, districtCode, provinceCode }: Address): UnitReference {
  return {
    communeCode: communeCode === '' ? (districtCode ?? '') : communeCode,
    provinceCode,
    generation: districtCode === undefined ? 'current' : 'former',
  };
}
