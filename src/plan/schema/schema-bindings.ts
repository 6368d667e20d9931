import {
  getNamedType,
  isCompositeType,
  isIntrospectionType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { isPublicRoot } from '../../operation/public-roots.ts';
import type { EntityBinding, Evaluation, RootBinding, SubjectOf } from '../../sources/binding.ts';
import type { FieldFacts } from '../../sources/field-facts.ts';
import { DEFAULT_REGISTERS } from '../../sources/default-registers.ts';
import { lookUpsOf, type LookUpOf } from '../../sources/look-ups.ts';
import type { RecordKind } from '../../sources/records/record.ts';
import type { RegisterDescriptor } from '../../sources/register-descriptor.ts';
import { GATEWAY_SOURCE } from './subschemas.ts';

/** A root of our own over many keys of one entity. */
export interface BatchRoot {
  readonly root: RootBinding;
  /** Argument with the list of identifiers. */
  readonly argument: string;
  /** Field of the item type that holds the entity. */
  readonly itemField: string;
}

/** All registers' bindings, checked against the schema. */
export interface SchemaBindings {
  readonly entities: ReadonlyMap<string, EntityBinding>;
  readonly links: ReadonlyMap<string, string>;
  readonly rowSubjects: ReadonlyMap<string, readonly (readonly [property: string, SubjectOf])[]>;
  readonly evaluations: ReadonlyMap<string, Evaluation>;
  readonly roots: ReadonlyMap<string, RootBinding>;
  readonly batchRoots: ReadonlyMap<string, BatchRoot>;
  /** `Business land.holdings` -> keys of which the register holds nothing, and is not asked. */
  readonly nothingFor: ReadonlyMap<string, (key: string) => boolean>;
  /** How the registers find the records of a kind. */
  readonly lookUpOf: LookUpOf;
  /** Record from which an entity's field is read. */
  recordOf(coordinate: string): RecordKind;
  objectType(name: string): GraphQLObjectType;
}

const BATCH_ROOTS: readonly (readonly [name: string, of: string, argument: string, itemField: string])[] = [
  ['citizens', 'citizen', 'personalIds', 'citizen'],
  ['businesses', 'business', 'codes', 'business'],
  ['landParcels', 'landParcel', 'ids', 'landParcel'],
];

/** Roots that the access log answers. */
export const LOG_ROOTS: ReadonlySet<string> = new Set([
  'accessLog',
  'accessLogCounts',
  'accessLogExport',
  'grantUsage',
  'replay',
  'breachReport',
  'myAccesses',
]);

/** Roots that the gateway's own books answer: the access log, the ledger of forms, alerts, and the counts of the centre. */
export const BOOK_ROOTS: ReadonlySet<string> = new Set([
  ...LOG_ROOTS,
  'formLedger',
  'liveState',
  'alerts',
  'alert',
  'alertCounts',
  'dailyReport',
]);

/** The root that is expanded to others before anything is decided. */
export const PREFILL_ROOT = 'prefill';

/** Joins the registers' bindings; throws with every fault where schema and bindings do not fit. */
export function bindSchema(
  schema: GraphQLSchema,
  facts: FieldFacts,
  registers: readonly RegisterDescriptor[] = DEFAULT_REGISTERS,
  lookUpOf: LookUpOf = lookUpsOf(registers, true),
): SchemaBindings {
  const bindings = registers.map(({ binding }) => binding);
  const recordsOf = new Map(registers.map(({ name, binding }) => [name, binding.records]));
  const entities = new Map(bindings.flatMap((one) => Object.entries(one.entities)));
  const links = new Map(bindings.flatMap((one) => definedEntries(one.links)));
  const rowSubjects = new Map(bindings.flatMap((one) => Object.entries(one.rowSubjects)));
  const evaluations = new Map(bindings.flatMap((one) => definedEntries(one.evaluations)));
  const roots = new Map(bindings.flatMap((one) => Object.entries(one.roots)));
  const batchRoots = new Map<string, BatchRoot>();
  for (const [name, of, argument, itemField] of BATCH_ROOTS) {
    const root = roots.get(of);
    if (root) batchRoots.set(name, { root, argument, itemField });
  }

  const records = new Map<string, RecordKind>();
  const faults: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const fact = facts.of(coordinate);
      if (!fact) {
        faults.push(`${coordinate}: no label`);
        continue;
      }
      if (type === schema.getQueryType()) {
        if (
          ![roots, batchRoots, BOOK_ROOTS].some((known) => known.has(field.name)) &&
          !isPublicRoot(field.name) &&
          field.name !== PREFILL_ROOT
        )
          faults.push(`${coordinate}: no root binding`);
        continue;
      }
      if (fact.register === GATEWAY_SOURCE) continue;
      if (entities.has(type.name)) {
        const kind = recordsOf.get(fact.register)?.[type.name];
        if (kind) records.set(coordinate, kind);
        else faults.push(`${coordinate}: ${fact.register} has no record for ${type.name}`);
      }
      if (fact.isMinimised !== evaluations.has(coordinate)) {
        faults.push(`${coordinate}: must be evaluated exactly where it is @minimised`);
      }
      const target = getNamedType(field.type);
      if (isCompositeType(target) && entities.has(target.name) !== links.has(coordinate)) {
        faults.push(`${coordinate}: must be a link exactly where it leads to an entity`);
      }
    }
  }
  if (faults.length > 0) throw new Error(`schema and bindings do not fit:\n${faults.join('\n')}`);

  return {
    entities,
    links,
    rowSubjects,
    evaluations,
    roots,
    batchRoots,
    lookUpOf,
    nothingFor: new Map(
      bindings.flatMap(({ nothingFor = {}, records: own }) =>
        Object.entries(nothingFor).map(
          ([type, isNothing]) => [`${type} ${own[type] ?? ''}`, isNothing] as const,
        ),
      ),
    ),
    recordOf(coordinate) {
      const kind = records.get(coordinate);
      if (!kind) throw new Error(`no record for ${coordinate}`);
      return kind;
    },
    objectType(name) {
      const type = schema.getType(name);
      if (!isObjectType(type)) throw new Error(`no object type ${name}`);
      return type;
    },
  };
}

function definedEntries<T>(values: Readonly<Partial<Record<string, T>>>): readonly (readonly [string, T])[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
