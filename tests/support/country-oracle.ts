import { GraphQLError, executeSync, parse, type GraphQLFieldResolver } from 'graphql';
import type { Country } from '../../mocks/country/country.ts';
import { viewCountry, type Thing } from './country-view.ts';
import type { Json } from './gateway.ts';
import { printedSchema, registerOfField } from './register-of.ts';

/** What an operation should be answered with every right, and whom that discloses. */
export interface Expected {
  /** As JSON gives it. */
  readonly data: { readonly [name: string]: Json };
  /** `path CODE`, sorted, as faultsOf gives them. */
  readonly faults: readonly string[];
  /** Subject (`person 0010...`) -> `register coordinate`, sorted, for every value that is not null. */
  readonly disclosed: ReadonlyMap<string, readonly string[]>;
}

type Disclosed = Map<string, Set<string>>;
const LONGEST_LIST = 100;

/** The gateway's day: Viet Nam's. */
function vietnamToday(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** graphql-js over the country's records; `match` is not looked at. */
export function expectedAnswer(
  country: Country,
  query: string,
  variables: object = {},
  today: string = vietnamToday(),
): Expected {
  const disclosed: Disclosed = new Map();
  const view = viewCountry(country, today);
  const roots: Readonly<Record<string, (args: Record<string, never>) => unknown>> = {
    citizen: ({ personalId }) => view.citizen(personalId ?? ''),
    business: ({ code }) => view.business(code ?? ''),
    landParcel: ({ id }) => view.landParcel(id ?? ''),
    landCertificate: ({ serial }) => view.landCertificate(serial ?? ''),
    citizens: ({ personalIds }) => batch(personalIds, 'personalId', 'citizen', view.citizen),
    businesses: ({ codes }) => batch(codes, 'code', 'business', view.business),
    landParcels: ({ ids }) => batch(ids, 'id', 'landParcel', view.landParcel),
  };
  const fieldResolver: GraphQLFieldResolver<Thing | undefined, unknown> = (source, args, _context, info) => {
    const { fieldName, parentType } = info;
    if (!source) return roots[fieldName]?.(args as Record<string, never>);
    const read = source.fields[fieldName];
    if (!read) throw new Error(`the oracle knows no ${parentType.name}.${fieldName}`);
    const value = firstOf(read(args), (args as { readonly first?: number }).first);
    const register = registerOfField.get(`${parentType.name}.${fieldName}`);
    if (value !== null && value !== undefined && register !== undefined && source.subject !== '') {
      const known = disclosed.get(source.subject) ?? new Set();
      disclosed.set(source.subject, known.add(`${register} ${parentType.name}.${fieldName}`));
    }
    return value;
  };
  const { data, errors = [] } = executeSync({
    schema: printedSchema,
    document: parse(query),
    variableValues: { ...variables },
    fieldResolver,
  });
  return {
    data: JSON.parse(JSON.stringify(data)) as Expected['data'],
    faults: errors.map(({ path, message }) => `${(path ?? []).join('.')} ${message}`).sort(),
    disclosed: new Map([...disclosed].map(([subject, coordinates]) => [subject, [...coordinates].sort()])),
  };
}

function batch(
  identifiers: readonly string[] | undefined,
  keyField: string,
  entity: string,
  find: (identifier: string) => Thing | null,
): readonly Thing[] {
  return (identifiers ?? []).map((identifier) => {
    const found = find(identifier);
    const status = found ? 'OK' : 'NOT_FOUND';
    return {
      subject: '',
      fields: { [keyField]: () => identifier, status: () => status, [entity]: () => found },
    };
  });
}

function firstOf(value: unknown, first: number | undefined): unknown {
  if (!Array.isArray(value)) return value;
  if (first === undefined && value.length > LONGEST_LIST) throw new GraphQLError('LIST_TOO_LONG');
  return first === undefined ? value : value.slice(0, first);
}
