import { getNamedType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { GrantNode } from '../../policy/grant/grant.ts';
import { COMPARED_FACTS } from './compared-facts.ts';
import { FITTING_SEX, RELATION_PATHS } from './relation-paths.ts';
import type { Procedure, ProcedureField, ProcedureParty } from '../procedures/procedure.ts';
import { addPath, printSelection, selectionTree, type SelectionTree } from './selection-tree.ts';

/** One party as the caller names it; every key is checked for its form later, by the root that it is asked of. */
export interface NamedParty {
  readonly role: string;
  readonly personalId: string | null;
  readonly businessCode: string | null;
  readonly landParcelId: string | null;
}

/** The applicant for whom a form is filled, with the parties and the grant. */
export interface FormCaller {
  /** The applicant's personal id. */
  readonly applicant: string;
  readonly parties: readonly NamedParty[];
  /** Persons beside the applicant who may be asked for by their own id: they have confirmed, or stand in the office's dossier. */
  readonly askedDirectly: ReadonlySet<string>;
  readonly grant: GrantNode;
}

/** The place of a party's records in the expanded answer: paths below a root, of which those that exist are the party's. */
export interface PartyPlace {
  /** One root, or one for each person of a role who is asked for directly. */
  readonly roots: readonly string[];
  readonly paths: readonly (readonly string[])[];
  readonly relation: ProcedureParty['relation'];
  /** Field and value by which the party is told from others on the path; null where nobody named one. */
  readonly key: readonly [field: string, value: string] | null;
}

/** The place of a field's value; null where the form does not take it from a register, or the grant does not hold it. */
export interface FieldPlace {
  readonly field: ProcedureField;
  /** Relation of the field's party. */
  readonly relation: ProcedureParty['relation'];
  readonly place: PartyPlace | null;
  /** Field names from the party's record to the value. */
  readonly names: readonly string[];
  /** For each path of the place, whether the grant holds the value there. */
  readonly isGranted: readonly boolean[];
}

/** A form as one ordinary operation. */
export interface Expansion {
  readonly procedure: Procedure;
  readonly applicant: string;
  readonly source: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly places: readonly FieldPlace[];
  /** Roots of the operation, each with the role of the person whom it is about. */
  readonly roots: ReadonlyMap<string, string>;
  /** Coordinates of paper components that the grant holds. */
  readonly granted: ReadonlySet<string>;
}

/** The root of the applicant's own record. */
export const APPLICANT = 'applicant';
/** Chains over these start at the applicant's record, whichever party the row is about. */
const OF_THE_APPLICANT: ReadonlySet<string> = new Set(['household', 'relatives']);
/** Values beside a record by which one of several is chosen, and which say where a value comes from. */
const BESIDE = [
  'personalId',
  'entryNo',
  'registeredOn',
  'issuedOn',
  'endedOn',
  'state',
  'relation',
  'relationToHead',
  'sex',
  'code',
  'id',
  'serial',
];
/** Start of a component's coordinate, as a path from the applicant's record. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  Citizen: [],
  BirthEntry: ['birth'],
  MarriageEntry: ['marriages'],
  DivorceEntry: ['divorces'],
  DeathEntry: ['death'],
  ChangeEntry: ['civilStatusChanges'],
  GuardianshipEntry: ['guardianships'],
  LandParcel: ['landParcels'],
  LandCertificate: ['landParcels', 'certificates'],
  Business: ['businesses'],
};

/** A component's coordinate as a path from the applicant's record. */
export function componentPath(coordinate: string): readonly string[] {
  const [type = '', ...names] = coordinate.split('.');
  return [...(STARTS[type] ?? [type]), ...names];
}

/** Expands a procedure's form into the operation that reads all of it, as far as the grant holds it. */
export function expandForm(schema: GraphQLSchema, procedure: Procedure, caller: FormCaller): Expansion {
  const citizen = schema.getType('Citizen');
  if (!isObjectType(citizen)) throw new Error('the schema has no Citizen');
  const trees = new Map<string, SelectionTree>([[APPLICANT, selectionTree()]]);
  const keys = new Map<string, string>([[APPLICANT, caller.applicant]]);
  const granted = caller.grant.fields.get('citizen')?.selection ?? null;
  const roles = new Map(procedure.parties.map((party) => [party.role, party]));

  const roots = new Map<string, string>([[APPLICANT, APPLICANT]]);

  const rootFor = (personalId: string, role: string): string => {
    for (const [name, key] of keys) if (key === personalId) return name;
    const name = `party${keys.size}`;
    keys.set(name, personalId);
    trees.set(name, selectionTree());
    roots.set(name, role);
    return name;
  };
  // Each person who is named is asked for, so that a stranger's id is on record; only rights decide what comes of it.
  for (const { personalId, role } of caller.parties) if (personalId !== null) rootFor(personalId, role);

  const select = (root: string, path: readonly string[]): boolean => {
    if (!isGranted(granted, path)) return false;
    const tree = trees.get(root);
    if (!tree) throw new Error(`no root ${root}`);
    addPath(tree, path);
    selectBeside(tree, citizen, path, granted);
    return true;
  };

  const places = procedure.fields.map((field): FieldPlace => {
    const names = field.path.flatMap((chain) => chain.split('.').slice(1));
    const party = roles.get(field.party);
    const relation = party?.relation ?? 'none';
    const nowhere = { field, relation, place: null, names, isGranted: [] };
    if (!field.isPrefilled || !party) return nowhere;
    const place = placeOf(field, party, caller, rootFor);
    if (place === null) return nowhere;
    for (const root of place.roots) for (const path of place.paths) select(root, [...path, ...names]);
    const isGrantedAt = place.paths.map((path) => isGranted(granted, [...path, ...names]));
    if (FITTING_SEX[relation] !== undefined) {
      for (const root of place.roots) for (const path of place.paths) select(root, [...path, 'sex']);
    }
    if (relation === 'minors-parent') select(APPLICANT, ['birthDate']);
    return { field, relation, place, names, isGranted: isGrantedAt };
  });
  const coordinates = procedure.components.flatMap((component) => component.coordinates);
  const answered = coordinates.filter((coordinate) => select(APPLICANT, componentPath(coordinate)));
  for (const { population, other } of COMPARED_FACTS) {
    for (const root of roots.keys()) {
      const isAsked = root === APPLICANT || caller.askedDirectly.has(keys.get(root) ?? '');
      if (isAsked && isGranted(granted, other) && select(root, population)) select(root, other);
    }
  }
  return {
    procedure,
    applicant: caller.applicant,
    ...printOperation(citizen, trees, keys, granted !== null),
    places,
    roots,
    granted: new Set(answered),
  };
}

function printOperation(
  citizen: GraphQLObjectType,
  trees: ReadonlyMap<string, SelectionTree>,
  keys: ReadonlyMap<string, string>,
  isAny: boolean,
): Pick<Expansion, 'source' | 'variables'> {
  if (!isAny) return { source: 'query Prefill { __typename }', variables: {} };
  const roots = [...trees].map(([name, tree]) => {
    addPath(tree, ['personalId']);
    return `${name}: citizen(personalId: $${name}) ${printSelection(tree, citizen)}`;
  });
  return {
    source: `query Prefill(${[...trees.keys()].map((name) => `$${name}: ID!`).join(', ')}) { ${roots.join(' ')} }`,
    variables: Object.fromEntries(keys),
  };
}

function placeOf(
  { key, path: [first = ''] }: ProcedureField,
  party: ProcedureParty,
  { parties, askedDirectly, applicant }: FormCaller,
  rootFor: (personalId: string, role: string) => string,
): PartyPlace | null {
  const named = parties.filter(({ role }) => role === party.role);
  const [type = '', name = ''] = first.split('.');
  const at = (relation: ProcedureParty['relation'], partyKey: PartyPlace['key']): PartyPlace => ({
    roots: [APPLICANT],
    paths: RELATION_PATHS[relation],
    relation,
    key: partyKey,
  });
  if (type === 'Business') return at('own-business', keyOf('code', named[0]?.businessCode));
  if (type === 'LandParcel') return at('own-parcel', keyOf('id', named[0]?.landParcelId));
  const isPerson = !['own-business', 'own-parcel', 'none'].includes(party.relation);
  const personalId = named[0]?.personalId ?? null;
  // A relative's row is told from the others by the person who was named.
  if (OF_THE_APPLICANT.has(name)) return at('applicant', keyOf('personalId', personalId));
  if (!isPerson || personalId === applicant) return at('applicant', null);
  const direct = named.flatMap((one) => (one.personalId === null ? [] : [one.personalId]));
  if (direct.length > 0 && direct.every((id) => askedDirectly.has(id))) {
    const asked = isRepeatingKey(key) ? direct : direct.slice(0, 1);
    const roots = asked.map((id) => rootFor(id, party.role));
    return { roots, paths: [[]], relation: party.relation, key: null };
  }
  if (party.relation === 'confirmed' || (party.relation === 'named-kin' && personalId === null)) return null;
  return at(party.relation, keyOf('personalId', personalId));
}

/** Whether a field is a column of a table in the form. */
export function isRepeatingKey(key: string): boolean {
  return key.includes('[]');
}

function keyOf(field: string, value: string | null | undefined): PartyPlace['key'] {
  return value === null || value === undefined ? null : [field, value];
}

function isGranted(grant: GrantNode | null, path: readonly string[]): boolean {
  let at = grant;
  for (const name of path) {
    const field = at?.fields.get(name);
    if (!field) return false;
    at = field.selection;
  }
  return true;
}

/** Selects what stands beside the records on a path, as far as it is granted. */
function selectBeside(
  tree: SelectionTree,
  type: GraphQLObjectType,
  path: readonly string[],
  grant: GrantNode | null,
): void {
  let at = tree;
  let own: unknown = type;
  let granted = grant;
  for (const name of path) {
    if (!isObjectType(own)) return;
    const fields = own.getFields();
    for (const beside of BESIDE) if (fields[beside] && granted?.fields.has(beside)) addPath(at, [beside]);
    const field = fields[name];
    const below = at.get(name);
    if (!field || !below) return;
    own = getNamedType(field.type);
    granted = granted?.fields.get(name)?.selection ?? null;
    at = below;
  }
  // The end of a path may be an object, such as a whole address: its text stands for it.
  if (isObjectType(own)) {
    const fields = own.getFields();
    const text = ['full', 'personalId', 'name', 'vi'].find((name) => {
      const field = fields[name];
      return field && granted?.fields.has(name) && !isObjectType(getNamedType(field.type));
    });
    if (text !== undefined) addPath(at, [text]);
  }
}
