import type { makeExecutableSchema } from '@graphql-tools/schema';
import { batchStatusOf, type ErrorCode } from '../../../src/errors.ts';
import { matchesPerson, type MatchFactor } from '../../../src/policy/row-rules/match-factor.ts';
import {
  isBusinessCode,
  isParcelId,
  isPersonalId,
  readCertificateSerial,
} from '../../../src/sources/wire/identifiers.ts';
import type { RecordKind, RecordValue } from '../../../src/sources/records/record.ts';
import { codeOfError, coded, type OracleContext } from './record-loaders.ts';

export type Resolvers = Extract<
  NonNullable<Parameters<typeof makeExecutableSchema>[0]['resolvers']>,
  Record<string, unknown>
>;

/** What a resolver knows of an entity: its key. */
export type Entity = Readonly<Record<string, string>>;

export interface Matched {
  readonly match?: MatchFactor | null;
}

interface RootOf {
  readonly kind: RecordKind;
  readonly keyField: string;
  readonly parse: (identifier: string) => string | null;
  readonly persons: (record: RecordValue) => readonly unknown[];
}

export const CITIZEN: RootOf = {
  kind: 'population.person',
  keyField: 'personalId',
  parse: (id) => (isPersonalId(id) ? id : null),
  persons: () => [],
};
export const BUSINESS: RootOf = {
  kind: 'business.business',
  keyField: 'code',
  parse: (code) => (isBusinessCode(code) ? code : null),
  persons: ({ legalRepresentatives, owners }) => [...idsIn(legalRepresentatives), ...idsIn(owners)],
};
export const PARCEL: RootOf = {
  kind: 'land.parcel',
  keyField: 'id',
  parse: (id) => (isParcelId(id) ? id : null),
  persons: ({ holders }) => idsIn(holders),
};
export const CERTIFICATE: RootOf = {
  kind: 'land.certificate',
  keyField: 'serial',
  parse: (serial) => readCertificateSerial(serial) ?? null,
  persons: ({ holders }) => idsIn(holders),
};

function idsIn(rows: unknown): readonly unknown[] {
  return Array.isArray(rows) ? rows.map((row: unknown) => Object(row)['personalId']) : [];
}

/** An entity by identifier: null where absent or unlike the factor, an error where neither can be known. */
export async function findRoot(
  context: OracleContext,
  root: RootOf,
  identifier: string,
  match: MatchFactor | null | undefined,
  showsFault = false,
): Promise<Entity | null> {
  const { load } = context;
  const owner = match ? ownerOf(root, identifier) : null;
  if (match && owner !== null) {
    const fits = await fitsSomebody(context, [owner], match);
    return fits ? findRoot(context, root, identifier, null, showsFault) : null;
  }
  const key = root.parse(identifier);
  if (key === null) throw coded('BAD_IDENTIFIER');
  const node = { [root.keyField]: key };
  let record: RecordValue | null;
  try {
    record = await load(root.kind, key);
  } catch (error) {
    if (match || showsFault) throw error;
    return node;
  }
  if (!record) return null;
  return !match || (await fitsSomebody(context, root.persons(record), match)) ? node : null;
}

/** A person, or a household business, which is its owner: the factor must fit before anything else is asked for. */
function ownerOf(root: RootOf, identifier: string): string | null {
  const isPerson = root === CITIZEN || (root === BUSINESS && identifier.length === 12);
  return isPerson ? root.parse(identifier) : null;
}

async function fitsSomebody(
  { load }: OracleContext,
  persons: readonly unknown[],
  match: MatchFactor,
): Promise<boolean> {
  let failure: unknown = null;
  for (const id of persons) {
    if (typeof id !== 'string') continue;
    try {
      const person = await load('population.person', id);
      const full: unknown = Object(person?.['name'])['full'];
      const birthDate = person?.['birthDate'];
      if (
        typeof full === 'string' &&
        typeof birthDate === 'string' &&
        matchesPerson(match, full, birthDate)
      ) {
        return true;
      }
    } catch (error) {
      failure = error;
    }
  }
  if (failure !== null) throw failure;
  return false;
}

/** The gateway's own roots. Cases are not looked at. */
export const GATEWAY_RESOLVERS: Resolvers = {
  Query: {
    citizens: (_root: unknown, { personalIds, ...given }: Asked<'personalIds'>, context: OracleContext) =>
      findItems(context, CITIZEN, personalIds, given),
    businesses: (_root: unknown, { codes, ...given }: Asked<'codes'>, context: OracleContext) =>
      findItems(context, BUSINESS, codes, given),
    landParcels: (_root: unknown, { ids, ...given }: Asked<'ids'>, context: OracleContext) =>
      findItems(context, PARCEL, ids, given),
  },
  CitizenItem: { citizen: entityOf },
  BusinessItem: { business: entityOf },
  LandParcelItem: { landParcel: entityOf },
};

interface Matches {
  readonly matches?: readonly (MatchFactor | null)[] | null;
}

type Asked<Argument extends string> = Readonly<Record<Argument, readonly string[]>> & Matches;

function findItems(
  context: OracleContext,
  root: RootOf,
  identifiers: readonly string[],
  { matches }: Matches,
): Promise<readonly BatchItem[]> {
  return Promise.all(
    identifiers.map((identifier, index) => findItem(context, root, identifier, matches?.[index])),
  );
}

interface BatchItem {
  /** The identifier stands beside it under its own name. */
  readonly status: string;
  readonly asked: Entity;
  readonly node?: Entity | null;
  readonly fault?: ErrorCode | null;
}

async function findItem(
  context: OracleContext,
  root: RootOf,
  identifier: string,
  match: MatchFactor | null | undefined,
): Promise<BatchItem> {
  const asked = { [root.keyField]: identifier };
  let factor = match;
  try {
    const owner = match ? ownerOf(root, identifier) : null;
    if (match && owner !== null) {
      if (!(await fitsSomebody(context, [owner], match)))
        return { ...asked, asked, status: 'NOT_FOUND', node: null };
      factor = null;
    }
    const node = await findRoot(context, root, identifier, factor, true);
    return { ...asked, asked, status: node ? 'OK' : 'NOT_FOUND', node };
  } catch (error) {
    const fault = codeOfError(error);
    const isUnknown = fault === 'BAD_IDENTIFIER' || Boolean(factor);
    return { ...asked, asked, status: batchStatusOf(fault), fault: isUnknown ? fault : null };
  }
}

function entityOf({ asked, node, fault }: BatchItem): Entity | null | undefined {
  if (fault) throw coded(fault);
  // A failed register: each of its fields says so, the others' data are there.
  return fault === null ? asked : node;
}
