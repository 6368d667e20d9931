import type { RegisterName } from '../../../src/registers.ts';
import type { RecordKind, RecordValue } from '../../../src/sources/records/record.ts';
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

const LONGEST_LIST = 100;

/**
 * Hand-written resolvers a register, by the contract and the record shapes alone. `checksAnchors`: an entity whose
 * own register does not know it is null; without that check a link trusts the key, as plain stitching does.
 */
export function buildRegisterResolvers(checksAnchors: boolean): Record<RegisterName, Resolvers> {
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
  const rowsOf =
    (kind: RecordKind, keyField: string, property: string) =>
    async (node: Entity, { first }: Listed, { load }: OracleContext) =>
      clip((await load(kind, node[keyField] ?? ''))?.[property] ?? [], first)?.map(rowOrError);
  const valueOf =
    (kind: RecordKind, keyField: string, property: string) =>
    async (node: Entity, _args: object, { load }: OracleContext) => {
      const record = await load(kind, node[keyField] ?? '');
      return record ? checked(record[property]) : null;
    };
  const person = (property: string) => valueOf('population.person', 'personalId', property);
  const events = (property: string) => valueOf('civil-status.events', 'personalId', property);
  const ofBusiness = (property: string) => valueOf('business.business', 'code', property);
  const ofParcel = (property: string) => valueOf('land.parcel', 'id', property);
  const ofCertificate = (property: string) => valueOf('land.certificate', 'serial', property);
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

  return {
    population: {
      Query: {
        citizen: (_root: unknown, args: { personalId: string } & Matched, context: OracleContext) =>
          findRoot(context, CITIZEN, args.personalId, args.match),
        _Citizen: lookUp(citizen),
      },
      Citizen: {
        personalId: person('personalId'),
        name: person('name'),
        birthDate: person('birthDate'),
        sex: person('sex'),
        ethnicity: person('ethnicity'),
        religion: person('religion'),
        permanentResidence: person('permanentResidence'),
        household: async ({ personalId = '' }: Entity, _args: object, context: OracleContext) =>
          household((await context.load('population.person', personalId))?.['residenceFileNo'], context),
        ...QUESTIONS_OF_POPULATION,
      },
      Household: { members: rowsOf('population.household', 'residenceFileNo', 'members') },
      HouseholdMember: { person: linkTo(citizen, 'personalId') },
    },
    'civil-status': {
      Query: { _Citizen: trusting('personalId') },
      Citizen: {
        birth: events('birth'),
        death: events('death'),
        marriages: rowsOf('civil-status.events', 'personalId', 'marriages'),
        ...QUESTIONS_OF_CIVIL_STATUS,
      },
      BirthEntry: { mother: linkTo(citizen, 'motherId'), father: linkTo(citizen, 'fatherId') },
      MarriageEntry: { spouse: linkTo(citizen, 'spouseId') },
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
      Business: {
        code: ofBusiness('code'),
        name: ofBusiness('name'),
        status: ofBusiness('status'),
        legalRepresentatives: rowsOf('business.business', 'code', 'legalRepresentatives'),
        owners: rowsOf('business.business', 'code', 'owners'),
      },
      LegalRepresentative: { person: party.person },
      BusinessOwner: party,
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
      Business: { landParcels: listOf(parcel, 'land.holdings', 'code', 'parcelIds') },
      LandParcel: {
        id: ofParcel('id'),
        sheetNo: ofParcel('sheetNo'),
        parcelNo: ofParcel('parcelNo'),
        area: ofParcel('area'),
        uses: rowsOf('land.parcel', 'id', 'uses'),
        holders: rowsOf('land.parcel', 'id', 'holders'),
        certificates: listOf(certificate, 'land.parcel', 'id', 'certificateSerials'),
      },
      LandCertificate: {
        serial: ofCertificate('serial'),
        issuedOn: ofCertificate('issuedOn'),
        holders: rowsOf('land.certificate', 'serial', 'holders'),
        parcels: listOf(parcel, 'land.certificate', 'serial', 'parcelIds'),
      },
      LandHolder: party,
    },
  };
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
