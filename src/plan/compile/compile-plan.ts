import {
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  Kind,
  valueFromAST,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { isPublicRoot } from '../../operation/public-roots.ts';
import { CoordinateLists } from '../../disclosure/coordinate-lists.ts';
import type { NotedField } from '../../disclosure/object-note.ts';
import type { SelectedField, Variables } from '../../operation/normalise-operation.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { denialsIn, hasDenial, type DecidedField } from '../../policy/grant/decide-selection.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type { EvaluationArguments, RootBinding } from '../../sources/binding.ts';
import type { RecordKind } from '../../sources/records/record.ts';
import { checkArgument } from './check-argument.ts';
import { canFind, namesUnfindable, verifiedIn } from './findable.ts';
import { registersOfRoots } from './plan-registers.ts';
import { workOfRoot } from './plan-work.ts';
import { BOOK_ROOTS, type SchemaBindings } from '../schema/schema-bindings.ts';
import type {
  ArgumentReader,
  FieldPlan,
  ItemFieldPlan,
  ItemPlan,
  ObjectPlan,
  Plan,
  RootPlan,
} from './plan.ts';

/** Turns a decided selection into a plan: which records each object needs and where each value stands in them. */
export function compilePlan(
  schema: GraphQLSchema,
  bindings: SchemaBindings,
  decided: readonly DecidedField[],
): Plan {
  const firsts: ArgumentReader<number>[] = [];
  const checks: ((variables: Variables) => void)[] = [];
  const roots = decided.map((one) => compileRoot(schema, { bindings, firsts, checks }, one));
  return {
    roots,
    firsts,
    checks,
    asksData: roots.some((root) => root.shape !== 'typename' && root.shape !== 'public'),
    hasDenials: hasDenial(decided),
    leadsToOthers: roots.some(leadsToOthers),
    leavesNothing: roots.some((root) => root.shape === 'denied' && !root.isNullable),
    denied: denialsIn(decided),
    work: roots.map(workOfRoot),
    registers: registersOfRoots(roots),
    isRestricted: decided.some(isRestricted),
    coordinateLists: new CoordinateLists(),
  };
}

function isRestricted({ isRestricted: own, children }: DecidedField): boolean {
  return own || (children?.some(isRestricted) ?? false);
}

function leadsToOthers(root: RootPlan): boolean {
  if (root.shape === 'single') return joinsOthers(root.object);
  if (root.shape !== 'batch') return false;
  return root.item.fields.some((field) => field.shape === 'entity' && joinsOthers(field.object));
}

function joinsOthers({ fields }: ObjectPlan): boolean {
  return fields.some(
    (field) =>
      (field.shape === 'row' || field.shape === 'link') &&
      (field.object.rowSubjects !== null ||
        field.object.entity?.subject !== undefined ||
        joinsOthers(field.object)),
  );
}

interface Compilation {
  readonly bindings: SchemaBindings;
  readonly firsts: ArgumentReader<number>[];
  /** Checks of arguments that are read only once records are there. */
  readonly checks: ((variables: Variables) => void)[];
}

function compileRoot(schema: GraphQLSchema, compilation: Compilation, decided: DecidedField): RootPlan {
  const { bindings } = compilation;
  const { field, cuts, children } = decided;
  const { responseName, fieldName } = field;
  if (fieldName === '__typename') return { shape: 'typename', responseName };
  const definition = schema.getQueryType()?.getFields()[fieldName];
  if (isPublicRoot(fieldName)) {
    for (const { name } of definition?.args ?? []) {
      if (definition) compilation.checks.push(checkedReader(definition, field, name));
    }
    return { shape: 'public', responseName };
  }
  const batch = bindings.batchRoots.get(fieldName);
  const root = batch ? batch.root : bindings.roots.get(fieldName);
  const subjectOf = root && bindings.entities.get(root.entity)?.subject;
  if (cuts !== null || !children) {
    const isNullable = !isNonNullType(field.type);
    const asked =
      definition && root && subjectOf
        ? {
            root,
            subjectOf,
            identifiers: identifiersReader(definition, field, batch?.argument ?? root.argument),
            caseIds: checkedReader<readonly (string | null)[]>(definition, field, 'caseIds'),
          }
        : null;
    return { shape: 'denied', responseName, cuts: cuts ?? [], isNullable, asked };
  }
  if (definition && BOOK_ROOTS.has(fieldName)) return compileLogRoot(definition, field, children);
  if (!definition || !root) throw new Error(`no binding for Query.${fieldName}`);
  if (!subjectOf) throw new Error(`a root must be about somebody: ${fieldName}`);
  const read = <T>(name: string): ArgumentReader<T> => checkedReader<T>(definition, field, name);
  if (batch) {
    return {
      shape: 'batch',
      responseName,
      root,
      subjectOf,
      identifiers: read<readonly string[]>(batch.argument),
      matches: read<readonly (MatchFactor | null)[]>('matches'),
      caseIds: read<readonly (string | null)[]>('caseIds'),
      item: compileItem(compilation, root, batch.itemField, children),
    };
  }
  return {
    shape: 'single',
    responseName,
    root,
    subjectOf,
    identifier: read<string>(root.argument),
    match: read<MatchFactor>('match'),
    object: compileRootObject(compilation, root.entity, field, children),
  };
}

/** A root's object names the coordinate that leads to it, for answers that disclose nothing of it but that it exists. */
function compileRootObject(
  compilation: Compilation,
  typeName: string,
  { coordinate }: SelectedField,
  children: readonly DecidedField[],
): ObjectPlan {
  return { ...compileObject(compilation, typeName, children), existence: coordinate };
}

function identifiersReader(
  definition: GraphQLField<unknown, unknown>,
  field: SelectedField,
  argument: string,
): (variables: Variables) => readonly string[] {
  const read = checkedReader<string | readonly string[]>(definition, field, argument);
  return (variables) => {
    const given = read(variables) ?? [];
    return typeof given === 'string' ? [given] : given;
  };
}

function compileLogRoot(
  definition: GraphQLField<unknown, unknown>,
  field: SelectedField,
  selection: readonly DecidedField[],
): RootPlan {
  const readers = definition.args.map(({ name }) => [name, argumentReader(definition, field, name)] as const);
  const { responseName, fieldName } = field;
  return {
    shape: 'log',
    responseName,
    fieldName,
    given: (variables) => Object.fromEntries(readers.map(([name, read]) => [name, read(variables)])),
    selection,
    coordinates: [...new Set(grantedIn(selection))],
  };
}

function grantedIn(selection: readonly DecidedField[]): readonly string[] {
  return selection.flatMap(({ field, cuts, children }) =>
    cuts !== null || field.fieldName === '__typename' ? [] : [field.coordinate, ...grantedIn(children ?? [])],
  );
}

function compileItem(
  compilation: Compilation,
  root: RootBinding,
  itemField: string,
  decided: readonly DecidedField[],
): ItemPlan {
  const fields = decided.map(({ field, cuts, children }): ItemFieldPlan => {
    const { responseName, fieldName } = field;
    if (fieldName === '__typename') {
      return { shape: 'typename', responseName, typeName: `${root.entity}Item` };
    }
    if (cuts !== null) return { shape: 'denied', responseName, cuts };
    if (fieldName === 'status') return { shape: 'status', responseName };
    if (fieldName === itemField && children) {
      const object = compileRootObject(compilation, root.entity, field, children);
      return { shape: 'entity', responseName, object };
    }
    return { shape: 'identifier', responseName };
  });
  // An item without a selected entity still says by its status whether it exists.
  const existence = decided.find(({ field, cuts }) => field.fieldName === 'status' && cuts === null);
  const object = compileObject(compilation, root.entity, []);
  const entity = { ...object, existence: existence?.field.coordinate ?? null };
  return { fields, nameCharacters: charactersOf(fields), object: entity };
}

function compileObject(
  compilation: Compilation,
  typeName: string,
  decided: readonly DecidedField[],
): ObjectPlan {
  const { bindings } = compilation;
  const entity = bindings.entities.get(typeName) ?? null;
  const records: RecordKind[] = entity ? [entity.anchor] : [];
  const noted: (NotedField | null)[] = [];
  const evaluated: number[] = [];
  const fields = decided.map(({ field, cuts, children, possible }, index): FieldPlan => {
    const { responseName, fieldName, coordinate } = field;
    if (fieldName === '__typename') {
      noted.push(null);
      return { shape: 'typename', responseName, typeName };
    }
    if (cuts !== null) {
      noted.push(null);
      return { shape: 'denied', responseName, cuts };
    }
    const link = bindings.links.get(coordinate);
    const kind = entity ? bindings.recordOf(coordinate) : null;
    if (!canFind(bindings, kind, link === undefined ? null : getNamedType(field.type).name)) {
      noted.push(null);
      return { shape: 'unsupported', responseName };
    }
    const record = kind === null ? 0 : indexOf(records, kind);
    noted.push({ coordinate, origin: record });
    const base = { responseName, record, property: link ?? fieldName };
    const evaluation = bindings.evaluations.get(coordinate);
    if (evaluation) {
      evaluated.push(index);
      return {
        ...base,
        shape: 'evaluated',
        coordinate,
        evaluation,
        given: givenReader(compilation, typeName, field),
      };
    }
    // Start-up refuses abstract types; a plan that took one for a leaf would hand records out.
    if (possible) throw new Error(`${coordinate}: abstract types are not supported`);
    const isList = isListType(getNullableType(field.type));
    if (!children) return { ...base, shape: 'leaf', isList };
    const first = field.arguments.has('first') ? firstReader(compilation, typeName, field) : null;
    const object = compileObject(compilation, getNamedType(field.type).name, children);
    const composite = { ...base, isList, first, object };
    if (link !== undefined) return { ...composite, shape: 'link' };
    return { ...composite, shape: 'row', namesUnfindable: namesUnfindable(bindings, object.rowSubjects) };
  });
  return {
    typeName,
    existence: null,
    entity,
    records,
    nothingFor: records.map((kind) => bindings.nothingFor.get(`${typeName} ${kind}`) ?? null),
    rowSubjects: entity ? null : (bindings.rowSubjects.get(typeName) ?? null),
    fields,
    nameCharacters: charactersOf(fields),
    evaluated,
    verified: verifiedIn(fields),
    noted,
  };
}

function charactersOf(fields: readonly { readonly responseName: string }[]): number {
  return fields.reduce((sum, { responseName }) => sum + responseName.length, 0);
}

function givenReader(
  { bindings, checks }: Compilation,
  typeName: string,
  field: SelectedField,
): (variables: Variables) => EvaluationArguments {
  const definition = bindings.objectType(typeName).getFields()[field.fieldName];
  if (!definition) throw new Error(`no field ${field.coordinate}`);
  const readers = definition.args.map(({ name }) => [name, checkedReader(definition, field, name)] as const);
  checks.push((variables) => {
    for (const [, read] of readers) read(variables);
  });
  return (variables) => Object.fromEntries(readers.map(([name, read]) => [name, read(variables)]));
}

/** Reads an argument whose value is for a register, and checks it. */
function checkedReader<T>(
  definition: GraphQLField<unknown, unknown>,
  field: SelectedField,
  name: string,
): ArgumentReader<T> {
  const read = argumentReader<T>(definition, field, name);
  return (variables) => {
    const value = read(variables);
    checkArgument(name, value);
    return value;
  };
}

function firstReader(
  { bindings, firsts }: Compilation,
  typeName: string,
  field: SelectedField,
): ArgumentReader<number> {
  const definition = bindings.objectType(typeName).getFields()[field.fieldName];
  if (!definition) throw new Error(`no field ${field.coordinate}`);
  const read = argumentReader<number>(definition, field, 'first');
  firsts.push(read);
  return read;
}

function argumentReader<T>(
  definition: GraphQLField<unknown, unknown>,
  field: SelectedField,
  name: string,
): ArgumentReader<T> {
  const argument = definition.args.find((one) => one.name === name);
  const node = field.arguments.get(name);
  if (!argument || !node) return () => undefined;
  return (variables) => {
    const value = valueFromAST(node, argument.type, variables) as T | null | undefined;
    if (value !== undefined) return value ?? undefined;
    const isLeftOut = node.kind === Kind.VARIABLE && variables[node.name.value] === undefined;
    // Null in a place that takes none: a `match` must never be dropped for that.
    if (!isLeftOut || isNonNullType(argument.type)) {
      throw new UserInputError(`The argument "${name}" does not have a value of its type.`);
    }
    return undefined;
  };
}

function indexOf(records: RecordKind[], kind: RecordKind): number {
  const known = records.indexOf(kind);
  return known >= 0 ? known : records.push(kind) - 1;
}
