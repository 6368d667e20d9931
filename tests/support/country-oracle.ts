import {
  buildSchema,
  executeSync,
  getNamedType,
  GraphQLError,
  parse,
  printSchema,
  responsePathAsArray,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Country } from '../../mocks/country/country.ts';
import { viewCountry, type Thing } from './country-view.ts';
import type { Json } from './gateway.ts';
import type { Factor } from './oracles/asked-roots.ts';
import type { ExpectedEntry } from './oracles/entry-book.ts';
import type { Denials, TextCut } from './oracles/grant-text.ts';
import { ANYBODY, NO_TROUBLE, type Asker, type Trouble } from './oracles/row-rulings.ts';
import { RuledCountry, statusOf, thingOf } from './oracles/ruled-country.ts';
import { printedSchema, registerOfField } from './registers/register-of.ts';

/** What an operation should be answered, and whom that discloses. */
export interface Expected {
  /** As JSON gives it. */
  readonly data: { readonly [name: string]: Json };
  /** `path CODE`, sorted, as faultsOf gives them. */
  readonly faults: readonly string[];
  /** Subject (`person 0010...`) -> `register coordinate`, sorted, ` none` behind what is null or an empty list. */
  readonly disclosed: ReadonlyMap<string, readonly string[]>;
  /** Whoever stands in the access log, the hidden and the absent too. */
  readonly entries: ReadonlyMap<string, ExpectedEntry>;
}

export interface Circumstances {
  /** Cleared for everybody, unless given. */
  readonly asker?: Asker;
  readonly trouble?: Trouble;
  /** What the grant denies; nothing, unless given. */
  readonly denials?: Denials;
  /** The request's own. */
  readonly caseId?: string;
  readonly operationName?: string;
}

/** The register whose record says whether the subject exists. */
const ANCHOR: Readonly<Record<string, string>> = {
  Citizen: 'population',
  Business: 'business',
  LandParcel: 'land',
  LandCertificate: 'land',
};
const LONGEST_LIST = 100;
const ENTITIES: ReadonlySet<string> = new Set(['Citizen', 'Business', 'LandParcel', 'LandCertificate']);
/** Rows that name somebody. */
const NAMING_ROWS: ReadonlySet<string> = new Set([
  'HouseholdMember',
  'Relative',
  'LegalRepresentative',
  'BusinessOwner',
  'BeneficialOwner',
  'HouseholdBusinessMember',
  'LandHolder',
  'LandCurrentUser',
  'LandMortgagee',
  'LandRestriction',
  'LandChange',
  'RecordedPerson',
]);
const NOTHING_DENIED: Denials = { places: new Map(), leaveNothing: false };

/** A denied field of an item is null whatever its type says: the other items stay. */
const SCHEMA = buildSchema(
  printSchema(printedSchema).replaceAll(/^type \w+Item \{[^}]*\}/gm, (item) => item.replaceAll(/!$/gm, '')),
);

/** Every root may be null, so that all of them are looked at where the answer is null as a whole. */
const SCHEMA_OF_NOTHING = buildSchema(
  printSchema(SCHEMA).replace(/^type Query \{[^]*?^\}/m, (query) => query.replaceAll(/!$/gm, '')),
);

/** The gateway's day: Viet Nam's. */
function vietnamToday(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** graphql-js over the country's records, with whoever may not be seen taken out. Neither wire formats nor src/ are on the way. */
export function expectedAnswer(
  country: Country,
  query: string,
  variables: object = {},
  today: string = vietnamToday(),
  circumstances: Circumstances = {},
): Expected {
  const {
    asker = ANYBODY,
    trouble = NO_TROUBLE,
    denials = NOTHING_DENIED,
    caseId = '',
    operationName,
  } = circumstances;
  const view = viewCountry(country, today);
  const ruled = new RuledCountry(country, view, today, { asker, trouble });
  const { book, roots } = ruled;
  /** Coordinates by which items tell that their subject exists: the entity's before the status's. */
  const itemsTelling: { subject: string; entity: string | null; status: string | null }[] = [];
  /** `citizens 2` -> the case of that item. */
  const cases = new Map<string, string>();

  const resolveRoot = (args: Readonly<Record<string, unknown>>, info: GraphQLResolveInfo): unknown => {
    const [argument = '', single] = roots.single[info.fieldName] ?? [];
    if (single) {
      const factor = (args['match'] ?? null) as Factor | null;
      const ruling = ruled.root(single, { identifier: String(args[argument]), factor }, caseId);
      if (ruling.state === 'visible') {
        const anchor = ANCHOR[getNamedType(info.returnType).name] ?? '';
        book.exists(ruling.subject, `${anchor} Query.${info.fieldName}`);
      }
      return thingOf(ruling);
    }
    const batch = roots.batch[info.fieldName];
    if (!batch) throw new Error(`the oracle knows no root ${info.fieldName}`);
    const factors = args['matches'] as readonly (Factor | null)[] | null | undefined;
    const caseIds = args['caseIds'] as readonly (string | null)[] | null | undefined;
    return (args[batch.argument] as readonly string[]).map((identifier, index): Thing => {
      const itemCase = caseIds?.[index] ?? caseId;
      cases.set(`${info.path.key} ${index}`, itemCase);
      const ruling = ruled.root(batch, { identifier, factor: factors?.[index] ?? null }, itemCase);
      const itemType = getNamedType(info.returnType).name;
      const anchor = ANCHOR[itemType.replace('Item', '')] ?? '';
      const telling = {
        subject: ruling.state === 'visible' ? ruling.subject : '',
        entity: null as string | null,
        status: null as string | null,
      };
      itemsTelling.push(telling);
      const fields = {
        [batch.identifier]: () => identifier,
        status: () => {
          telling.status = `${anchor} ${itemType}.status`;
          return statusOf(ruling);
        },
        [batch.entity]: () => {
          telling.entity = `${anchor} ${itemType}.${batch.entity}`;
          return thingOf(ruling);
        },
      };
      return { subject: '', fields };
    });
  };

  /** A subject that a root asked for is on record even where it is not answered; with its rule where that needs no register. */
  const askInVain = (
    args: Readonly<Record<string, unknown>>,
    info: GraphQLResolveInfo,
    isDenied: boolean,
  ): void => {
    const [argument = '', single] = roots.single[info.fieldName] ?? [];
    const batch = roots.batch[info.fieldName];
    const root = single ?? batch;
    const identifiers = single
      ? [args[argument]]
      : ((args[batch?.argument ?? ''] ?? []) as readonly unknown[]);
    const factors = single ? [args['match']] : ((args['matches'] ?? []) as readonly unknown[]);
    const caseIds = (args['caseIds'] ?? []) as readonly (string | null)[];
    for (const [index, identifier] of identifiers.entries()) {
      const asked = { identifier: String(identifier), factor: (factors[index] ?? null) as Factor | null };
      if (root) ruled.refuse(root, asked, caseIds[index] ?? caseId, isDenied);
    }
  };

  const fieldResolver: GraphQLFieldResolver<Thing | undefined, unknown> = (source, args, _context, info) => {
    const { fieldName, parentType } = info;
    const path = responsePathAsArray(info.path);
    const denial = denials.places.get(path.filter((one) => typeof one === 'string').join('.'));
    const at = cases.get(`${path[0]} ${path[1]}`) ?? caseId;
    if (source && source.subject !== '') book.placed(source.subject, at);
    if (denial !== undefined) {
      if (!source) askInVain(args as Readonly<Record<string, unknown>>, info, true);
      throw new GraphQLError('denied', { extensions: { cuts: denial } });
    }
    if (!source && denials.leaveNothing) {
      askInVain(args as Readonly<Record<string, unknown>>, info, false);
      return null;
    }
    if (!source) return resolveRoot(args as Readonly<Record<string, unknown>>, info);
    const read = readerOf(source, fieldName);
    if (!read) throw new Error(`the oracle knows no ${parentType.name}.${fieldName}`);
    const coordinate = `${parentType.name}.${fieldName}`;
    const register = registerOfField.get(coordinate);
    if (register === 'civil-status' && parentType.name === 'Citizen' && isIn(trouble.civilStatus, source)) {
      throw new GraphQLError(trouble.code);
    }
    const named = getNamedType(info.returnType).name;
    const found = read(args);
    const isLink = ENTITIES.has(named) && source.subject !== '';
    let value = found;
    if (Array.isArray(found)) {
      const rows = found as readonly Thing[];
      const { first } = args as { readonly first?: number | null };
      const seen = NAMING_ROWS.has(named) ? ruled.seen(rows, at) : rows;
      if (typeof first !== 'number' && seen.length > LONGEST_LIST) throw new GraphQLError('LIST_TOO_LONG');
      const listed = seen.slice(0, first ?? undefined);
      value = isLink ? listed.map((thing) => ruled.followed(thing, at)) : listed;
    } else if (isLink && found !== null) value = ruled.followed(found as Thing, at);
    else if (NAMING_ROWS.has(named) && found !== null) [value = null] = ruled.seen([found as Thing], at);
    if (value instanceof GraphQLError) throw value;
    // Whoever asks for no items is told nothing.
    if (register !== undefined && source.subject !== '' && args['first'] !== 0) {
      const isNothing = (value ?? null) === null || (Array.isArray(value) && value.length === 0);
      // Under the code of a household business the land register is not asked: the business's own record stands behind it.
      const isUnasked = coordinate === 'Business.landParcels' && / \d{12}$/.test(source.subject);
      const behind = isUnasked ? 'business' : register;
      book.disclosed(source.subject, `${behind} ${coordinate}${isNothing ? ' none' : ''}`);
    }
    return value;
  };

  const { data, errors = [] } = executeSync({
    schema: denials.leaveNothing ? SCHEMA_OF_NOTHING : SCHEMA,
    document: parse(query),
    variableValues: { ...variables },
    operationName,
    fieldResolver,
  });
  for (const { subject, entity, status } of itemsTelling) {
    const coordinate = entity ?? status;
    if (subject !== '' && coordinate !== null) book.exists(subject, coordinate);
  }
  const entries = book.entries();
  return {
    // A denied root that may not be null makes the answer null.
    data: (denials.leaveNothing ? null : JSON.parse(JSON.stringify(data))) as Expected['data'],
    faults: errors.flatMap(faultsOfError).sort(),
    disclosed: new Map(
      [...entries]
        .filter(([, { disclosed }]) => disclosed.length > 0)
        .map(([subject, { disclosed }]) => [subject, disclosed]),
    ),
    entries,
  };
}

function readerOf({ fields, record }: Thing, fieldName: string): Thing['fields'][string] | undefined {
  const own: unknown = record && fieldName in record ? Object(record)[fieldName] : undefined;
  return fields[fieldName] ?? (own === undefined ? undefined : () => own);
}

function faultsOfError({ path = [], message, extensions }: GraphQLError): readonly string[] {
  const cuts = extensions['cuts'] as readonly TextCut[] | undefined;
  return cuts
    ? cuts.map(({ path: below, code }) => `${[...path, ...below].join('.')} ${code}`)
    : [`${path.join('.')} ${message}`];
}

function isIn(ids: ReadonlySet<string>, { subject }: Thing): boolean {
  return ids.has(subject.split(' ')[1] ?? '');
}
