import { LRUCache } from 'lru-cache';
import { getNamedType, isLeafType, Kind, parse, print, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type {
  DocumentNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
  VariableNode,
} from 'graphql';
import type { Limits } from '../../config/limits.ts';
import { startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import { EVERYTHING } from './audit-scope.ts';
import { showUnreadable } from './log-entry.ts';
import { reply, type LogCaller, type LogQuery, type LogReply } from './log-query.ts';

export interface GrantUsageTools {
  readonly reader: AccessLogReader;
  readonly schema: GraphQLSchema;
  /** The agreements in force. */
  readonly agreementsInForce: () => readonly Agreement[];
  /** The register that a schema coordinate comes from. */
  readonly registerOf: (coordinate: string) => string | undefined;
  /** The field's name in the law; null where it has none. */
  readonly fieldName: (coordinate: string) => string | null;
}

export const GRANT_USAGE_LIMITS = {
  days: { value: 90, unit: 'days', why: 'A field that nobody asked for in a quarter is hardly needed.' },
  longest: { value: 400, unit: 'days', why: 'Some procedures come once a year.' },
  kept: {
    value: 600_000,
    unit: 'ms',
    why: 'A count reads the whole log once for each agreement, and changes little meanwhile.',
  },
  counts: { value: 200, unit: 'counts', why: 'Agreements whose counts are kept at once.' },
} as const satisfies Limits;

type Used = Awaited<ReturnType<AccessLogReader['breach']>>;

/**
 * Answers `grantUsage`: for each agreement that grants fields of the asking owner's register, which of them were disclosed in the
 * last days, which never, and the grant without these. What was disclosed comes from the log itself, entry by entry, and not
 * from its search index. Law 91/2025/QH15 art. 3: no more data than the purpose needs. Throws UserInputError for days out of range.
 */
export function buildGrantUsage(
  tools: GrantUsageTools,
): (query: LogQuery, caller: LogCaller) => Promise<LogReply> {
  const known = new LRUCache<string, Used>({
    max: GRANT_USAGE_LIMITS.counts.value,
    ttl: GRANT_USAGE_LIMITS.kept.value,
  });
  return async ({ given }, { register, now }) => {
    const days = readDays(given['days']);
    const from = startOfVietNamDay(vietNamDay(now - (days - 1) * 86_400_000));
    const asked = tools
      .agreementsInForce()
      .filter(({ id, isWithdrawn, providers }) => {
        const isAsked = given['agreement'] == null || given['agreement'] === id;
        return isAsked && !isWithdrawn && register !== null && providers.has(register);
      })
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const rows: unknown[] = [];
    const releases: (number | null)[] = [];
    for (const agreement of asked) {
      const key = `${agreement.id} ${agreement.version} ${from}`;
      let used = known.get(key);
      if (!used) {
        const filter = {
          ...EVERYTHING,
          clients: [...agreement.systems],
          purpose: agreement.purpose,
          from,
          until: now,
        };
        used = await tools.reader.breach(filter, { from: 0, count: 0 });
        known.set(key, used);
      }
      releases.push(used.release);
      rows.push(usageOf(tools, agreement, register ?? '', used, from));
    }
    return reply(rows, [], releases);
  };
}

function readDays(given: unknown): number {
  const days = typeof given === 'number' ? given : GRANT_USAGE_LIMITS.days.value;
  if (days < 1 || days > GRANT_USAGE_LIMITS.longest.value)
    throw new UserInputError(`days must be from 1 to ${GRANT_USAGE_LIMITS.longest.value}.`);
  return days;
}

function usageOf(
  { schema, registerOf, fieldName }: GrantUsageTools,
  agreement: Agreement,
  register: string,
  used: Used,
  from: number,
): unknown {
  const document = parse(agreement.source.grant);
  const isOwn = (coordinate: string): boolean => registerOf(coordinate) === register;
  const granted = leavesOf(schema, document).filter(isOwn);
  const fields = granted.map((coordinate) => ({
    coordinate,
    name: fieldName(coordinate),
    entries: used.coordinates.get(coordinate) ?? 0,
  }));
  const unused = new Set(fields.filter(({ entries }) => entries === 0).map(({ coordinate }) => coordinate));
  const smaller = unused.size === 0 ? null : withoutLeaves(schema, document, unused);
  return {
    agreement: agreement.id,
    agreementVersion: agreement.version,
    receiver: agreement.receiver,
    purpose: agreement.purpose,
    legalBasis: `${agreement.legalBasis.instrument}, ${agreement.legalBasis.article}`,
    since: new Date(Math.max(from, startOfVietNamDay(agreement.validFrom))).toISOString(),
    answers: used.answers,
    used: fields.filter(({ entries }) => entries > 0).toSorted((one, other) => other.entries - one.entries),
    neverUsed: fields.filter(({ entries }) => entries === 0),
    smallerGrant: smaller === null ? null : print(smaller),
    unreadable: used.unreadable.slice(0, 100).map(showUnreadable),
  };
}

/** Coordinates of the values that a grant holds, each once, in the order of the grant. */
export function leavesOf(schema: GraphQLSchema, grant: DocumentNode): readonly string[] {
  const leaves = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    grant,
    visitWithTypeInfo(types, {
      Field: () => {
        const coordinate = leafAt(types);
        if (coordinate !== null) leaves.add(coordinate);
      },
    }),
  );
  return [...leaves];
}

/**
 * The grant without some values, and without the selections, fragments and variables that are left empty by that; null where nothing is
 * left.
 */
export function withoutLeaves(
  schema: GraphQLSchema,
  grant: DocumentNode,
  coordinates: ReadonlySet<string>,
): DocumentNode | null {
  const types = new TypeInfo(schema);
  const isCut = (): boolean => {
    const coordinate = leafAt(types);
    return coordinate !== null && coordinates.has(coordinate);
  };
  let cut = visit(grant, visitWithTypeInfo(types, { Field: () => (isCut() ? null : undefined) }));
  // A fragment that is left empty empties in turn what spreads it.
  for (let before: DocumentNode | null = null; before !== cut;) {
    before = cut;
    cut = withoutEmpty(cut);
  }
  const operation = cut.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (!operation) return null;
  return visit(cut, { OperationDefinition: (one) => withUsedVariables(one, cut) });
}

function withoutEmpty(document: DocumentNode): DocumentNode {
  const isEmpty = (node: { readonly selectionSet?: SelectionSetNode | undefined }): boolean =>
    node.selectionSet?.selections.length === 0;
  const cutEmpty = {
    leave: (node: { readonly selectionSet?: SelectionSetNode | undefined }) =>
      isEmpty(node) ? null : undefined,
  };
  const cut = visit(document, {
    Field: cutEmpty,
    InlineFragment: cutEmpty,
    FragmentDefinition: cutEmpty,
    OperationDefinition: cutEmpty,
  });
  const names = new Set(
    cut.definitions.map((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? one.name.value : '')),
  );
  return visit(cut, { FragmentSpread: ({ name }) => (names.has(name.value) ? undefined : null) });
}

function withUsedVariables(
  operation: OperationDefinitionNode,
  { definitions }: DocumentNode,
): OperationDefinitionNode {
  const used = new Set<string>();
  const note = { Variable: ({ name }: VariableNode) => void used.add(name.value) };
  for (const one of definitions) if ('selectionSet' in one) visit(one.selectionSet, note);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return { ...operation, variableDefinitions };
}

function leafAt(types: TypeInfo): string | null {
  const parent = types.getParentType();
  const field = types.getFieldDef();
  const type = types.getType();
  if (!parent || !field || !type || field.name.startsWith('__')) return null;
  return isLeafType(getNamedType(type)) ? `${parent.name}.${field.name}` : null;
}
