import type { Country } from '../../../mocks/country/country.ts';
import {
  isBusinessCode,
  isParcelId,
  isPersonalId,
  readCertificateSerial,
} from '../../../src/sources/wire/identifiers.ts';
import { fitsPerson, type Thing, type viewCountry } from '../country-view.ts';
import { type Asker, type Hidden, type Ruling, type Trouble } from './row-rulings.ts';

export interface RootOf {
  readonly find: (key: string) => Thing;
  /** The canonical key; undefined where the identifier is malformed. */
  readonly parse: (identifier: string) => string | undefined;
  /** Personal ids of those whom the record leads to: a factor must fit one of them. */
  readonly persons: (key: string) => readonly (string | undefined)[];
}

export interface BatchOf extends RootOf {
  readonly argument: string;
  /** Fields of an item. */
  readonly identifier: string;
  readonly entity: string;
}

export interface Factor {
  readonly fullName: string;
  readonly birthDate: string;
}

export interface AskedRoot {
  readonly identifier: string;
  readonly factor: Factor | null;
}

/** What came of a root: `told` is a rule that needs no register, and is told for anybody. */
export type RootRuling =
  | { readonly state: 'malformed' }
  | { readonly state: 'told'; readonly subject: string; readonly rule: string }
  | { readonly state: 'visible'; readonly subject: string; readonly thing: Thing }
  | { readonly state: 'hidden'; readonly subject: string; readonly why: Hidden };

export function rootsOf(country: Country, view: ReturnType<typeof viewCountry>) {
  const wellFormed = (isIt: (text: string) => boolean) => (text: string) => (isIt(text) ? text : undefined);
  const idsIn = (rows: readonly { readonly personalId?: string }[] | undefined) =>
    (rows ?? []).map(({ personalId }) => personalId);
  const citizen: RootOf = { find: view.citizen, parse: wellFormed(isPersonalId), persons: (id) => [id] };
  const business: RootOf = {
    find: view.business,
    parse: wellFormed(isBusinessCode),
    persons: (code) => {
      const record = country.business(code);
      return [...idsIn(record?.representatives), ...idsIn(record?.members)];
    },
  };
  const landParcel: RootOf = {
    find: view.landParcel,
    parse: wellFormed(isParcelId),
    persons: (id) => idsIn(country.parcel(id)?.holders),
  };
  const landCertificate: RootOf = {
    find: view.landCertificate,
    parse: readCertificateSerial,
    persons: (serial) => idsIn(country.certificate(serial)?.holders),
  };
  const single: Readonly<Record<string, readonly [argument: string, root: RootOf]>> = {
    citizen: ['personalId', citizen],
    business: ['code', business],
    landParcel: ['id', landParcel],
    landCertificate: ['serial', landCertificate],
  };
  const batch: Readonly<Record<string, BatchOf>> = {
    citizens: { ...citizen, argument: 'personalIds', identifier: 'personalId', entity: 'citizen' },
    businesses: { ...business, argument: 'codes', identifier: 'code', entity: 'business' },
    landParcels: { ...landParcel, argument: 'ids', identifier: 'id', entity: 'landParcel' },
  };
  return { single, batch };
}

/** Who asks about which country, and what is known of its people. */
export interface Ruled {
  readonly country: Country;
  readonly asker: Asker;
  readonly trouble: Trouble;
  readonly rulingOn: (personalId: string) => Ruling;
}

/** What the contract says of one identifier with its factor. */
export function ruleOnRoot(ruled: Ruled, root: RootOf, { identifier, factor }: AskedRoot): RootRuling {
  const { asker, rulingOn } = ruled;
  const key = root.parse(identifier);
  if (key === undefined) return { state: 'malformed' };
  const thing = root.find(key);
  const { subject } = thing;
  if ((asker.ownDataOnly && key !== asker.self) || key === asker.officer) {
    return { state: 'told', subject, rule: 'own-data' };
  }
  if (asker.needsMatch && !factor) return { state: 'told', subject, rule: 'match' };
  const misfit = factor && ruleOnFactor(ruled, root.persons(key), factor);
  if (misfit?.state === 'failed') return { state: 'hidden', subject, why: misfit };
  if (misfit) return { state: 'hidden', subject, why: thing.isAbsent ? { state: 'absent' } : misfit };
  const [kind, id = ''] = subject.split(' ');
  if (kind === 'person') {
    const ruling = rulingOn(id);
    if (ruling.state !== 'visible') return { state: 'hidden', subject, why: ruling };
  }
  if (thing.isAbsent) return { state: 'hidden', subject, why: { state: 'absent' } };
  return { state: 'visible', subject, thing };
}

/** Null where it fits somebody who may be seen; else why not. */
function ruleOnFactor(
  { country, trouble, rulingOn }: Ruled,
  persons: readonly (string | undefined)[],
  factor: Factor,
): Hidden | null {
  let why: Hidden = { state: 'denied', rule: 'match' };
  for (const id of persons) {
    if (id === undefined) continue;
    const person = country.person(id);
    const isUnknown = trouble.population.has(id);
    if (!isUnknown && !(person && fitsPerson(person, factor))) continue;
    const ruling: Ruling = isUnknown ? { state: 'failed', code: trouble.code } : rulingOn(id);
    if (ruling.state === 'visible') return null;
    if (why.state !== 'failed') why = ruling;
  }
  return why;
}
