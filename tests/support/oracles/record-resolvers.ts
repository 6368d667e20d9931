import { isListType, isObjectType } from 'graphql';
import type { RegisterName } from '../../../src/registers.ts';
import type { RecordKind, RecordValue } from '../../../src/sources/records/record.ts';
import { printedSchema, REGISTER_NAMES, registerOfField, type Register } from '../registers/register-of.ts';
import {
  QUESTIONS_OF_BUSINESS,
  QUESTIONS_OF_CIVIL_STATUS,
  QUESTIONS_OF_LAND,
  QUESTIONS_OF_POPULATION,
} from './question-resolvers.ts';
import { checked, codeOfError, coded, type OracleContext } from './record-loaders.ts';
import {
  BUSINESS,
  CERTIFICATE,
  CITIZEN,
  findRoot,
  PARCEL,
  type Entity,
  type Matched,
  type Resolvers,
} from './root-resolvers.ts';

type Row = RecordValue;
interface Listed {
  readonly first?: number | null;
}

type Written = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const LONGEST_LIST = 100;

type RecordOf = readonly [kind: RecordKind, keyField: string];

/** The record from which a register answers its plain fields of a type, and the entity's key to it. */
const RECORDS: Readonly<Record<Register, Readonly<Record<string, RecordOf>>>> = {
  population: {
    Citizen: ['population.person', 'personalId'],
    Household: ['population.household', 'residenceFileNo'],
  },
  'civil-status': { Citizen: ['civil-status.events', 'personalId'] },
  business: { Business: ['business.business', 'code'] },
  land: { LandParcel: ['land.parcel', 'id'], LandCertificate: ['land.certificate', 'serial'] },
};

/**
 * Resolvers a register, by the contract and the record shapes alone: links, roots and questions are written by hand,
 * plain fields follow from the SDL. `checksAnchors`: an entity whose
 * own register does not know it is null; without that check a link trusts the key, as plain stitching does.
 */
export function buildRegisterResolvers(checksAnchors: boolean): Readonly<Record<RegisterName, Resolvers>> {
  const entity =
    (kind: RecordKind, keyField: string) =>
    async (key: unknown, { load }: OracleContext): Promise<Entity | null> => {
      const value = checked(key);
      if (typeof value !== 'string') return null;
      if (!checksAnchors) return { [keyField]: value };
      try {
        return (await load(kind, value)) && { [keyField]: value };
      } catch (error) {
        // The other registers may still answer: each field of the failed one says so itself.
        codeOfError(error);
        return { [keyField]: value };
      }
    };
  const citizen = entity('population.person', 'personalId');
  const business = entity('business.business', 'code');
  const parcel = entity('land.parcel', 'id');
  const certificate = entity('land.certificate', 'serial');
  const household = entity('population.household', 'residenceFileNo');

  const linkTo =
    (target: typeof citizen, property: string) =>
    (row: Row, _args: object, context: OracleContext): Promise<Entity | null> =>
      target(row[property], context);
  const listOf =
    (target: typeof citizen, kind: RecordKind, keyField: string, property: string) =>
    async (node: Entity, { first }: Listed, context: OracleContext) => {
      const record = await context.load(kind, node[keyField] ?? '');
      const keys = clip(record ? record[property] : [], first);
      return keys && settleAll(keys.map((key) => target(key, context)));
    };
  const party = {
    person: linkTo(citizen, 'personalId'),
    organisation: linkTo(business, 'organisationCode'),
  };
  const lookUp =
    (target: typeof citizen) => (_root: unknown, args: { keys: string[] }, context: OracleContext) =>
      settleAll(args.keys.map((key) => target(key, context)));
  const trusting =
    (keyField: string) =>
    (_root: unknown, { keys }: { keys: string[] }) =>
      keys.map((key) => ({ [keyField]: key }));

  const written: Record<Register, Written> = {
    population: {
      Query: {
        citizen: (_root: unknown, args: { personalId: string } & Matched, context: OracleContext) =>
          findRoot(context, CITIZEN, args.personalId, args.match),
        _Citizen: lookUp(citizen),
      },
      Citizen: {
        household: async ({ personalId = '' }: Entity, _args: object, context: OracleContext) =>
          household((await context.load('population.person', personalId))?.['residenceFileNo'], context),
        ...QUESTIONS_OF_POPULATION,
      },
      Household: {
        head: async ({ residenceFileNo = '' }: Entity, _args: object, context: OracleContext) =>
          citizen((await context.load('population.household', residenceFileNo))?.['headId'], context),
      },
      HouseholdMember: { person: linkTo(citizen, 'personalId') },
      Relative: { person: linkTo(citizen, 'personalId') },
    },
    'civil-status': {
      Query: { _Citizen: trusting('personalId') },
      Citizen: {
        ...QUESTIONS_OF_CIVIL_STATUS,
      },
      BirthEntry: { mother: linkTo(citizen, 'motherId'), father: linkTo(citizen, 'fatherId') },
      MarriageEntry: { spouse: linkTo(citizen, 'spouseId') },
      RecordedPerson: { person: linkTo(citizen, 'personalId') },
    },
    business: {
      Query: {
        business: (_root: unknown, args: { code: string } & Matched, context: OracleContext) =>
          findRoot(context, BUSINESS, args.code, args.match),
        _Business: lookUp(business),
        _Citizen: trusting('personalId'),
      },
      Citizen: {
        businesses: listOf(business, 'business.interests', 'personalId', 'businessCodes'),
        ...QUESTIONS_OF_BUSINESS,
      },
      LegalRepresentative: { person: party.person },
      BusinessOwner: party,
      BeneficialOwner: { person: party.person },
      HouseholdBusinessMember: { person: party.person },
    },
    land: {
      Query: {
        landParcel: (_root: unknown, args: { id: string } & Matched, context: OracleContext) =>
          findRoot(context, PARCEL, args.id, args.match),
        landCertificate: (_root: unknown, args: { serial: string } & Matched, context: OracleContext) =>
          findRoot(context, CERTIFICATE, args.serial, args.match),
        _Citizen: trusting('personalId'),
        _Business: trusting('code'),
        _LandParcel: lookUp(parcel),
        _LandCertificate: lookUp(certificate),
      },
      Citizen: {
        landParcels: listOf(parcel, 'land.holdings', 'personalId', 'parcelIds'),
        ...QUESTIONS_OF_LAND,
      },
      // A household business holds nothing under its code, which is its owner's personal id.
      Business: {
        landParcels: (node: Entity, listed: Listed, context: OracleContext) =>
          (node['code'] ?? '').length === 12
            ? []
            : listOf(parcel, 'land.holdings', 'code', 'parcelIds')(node, listed, context),
      },
      LandParcel: {
        certificates: listOf(certificate, 'land.parcel', 'id', 'certificateSerials'),
      },
      LandCertificate: {
        parcels: listOf(parcel, 'land.certificate', 'serial', 'parcelIds'),
      },
      LandHolder: party,
      LandMortgagee: party,
    },
  };
  return Object.fromEntries(
    REGISTER_NAMES.map((register) => [register, withPlainFields(register, written[register]) as Resolvers]),
  );
}

/** Adds a resolver for each field of the register's SDL that only hands a value of an entity's record out. */
function withPlainFields(register: Register, written: Written): Written {
  const types = { ...written };
  for (const [coordinate, owner] of registerOfField) {
    const [typeName = '', field = ''] = coordinate.split('.');
    const record = RECORDS[register][typeName];
    if (owner !== register || !record || types[typeName]?.[field]) continue;
    types[typeName] = { ...types[typeName], [field]: plainField(...record, field, isListField(coordinate)) };
  }
  return types;
}

/** No record, no entries: a list is empty then, and another value null. */
function plainField(kind: RecordKind, keyField: string, property: string, isList: boolean) {
  return async (node: Entity, { first }: Listed, { load }: OracleContext): Promise<unknown> => {
    const record = await load(kind, node[keyField] ?? '');
    if (!isList) return record ? checked(record[property]) : null;
    return clip(record ? record[property] : [], first)?.map(rowOrError);
  };
}

function isListField(coordinate: string): boolean {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = printedSchema.getType(typeName);
  return isObjectType(type) && isListType(type.getFields()[field]?.type);
}

function clip(rows: unknown, first: number | null | undefined): readonly unknown[] | null {
  const list = checked(rows);
  if (list === null) return null;
  if (!Array.isArray(list)) throw new Error('a list was expected');
  if (typeof first === 'number') return list.slice(0, first);
  if (list.length > LONGEST_LIST) throw coded('LIST_TOO_LONG');
  return list;
}

/** Errors stand in a list as values, never as rejected promises: graphql-jit loses count of those. */
function rowOrError(row: unknown): unknown {
  try {
    return checked(row);
  } catch (error) {
    return error;
  }
}

async function settleAll(entities: readonly Promise<Entity | null>[]): Promise<readonly unknown[]> {
  const settled = await Promise.allSettled(entities);
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as unknown)));
}
