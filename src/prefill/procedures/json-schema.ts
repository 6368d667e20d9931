import type { Procedure, ProcedureField } from './procedure.ts';

/** A JSON Schema (draft 2020-12), as far as forms need it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const STRING = { type: 'string' };
/** How a value of each type of field is written. */
const TYPES: Readonly<Record<ProcedureField['type'], JsonSchema>> = {
  text: STRING,
  longtext: STRING,
  enum: STRING,
  address: STRING,
  date: { type: 'string', format: 'date' },
  partialDate: { type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' },
  time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' },
  personalId: { type: 'string', pattern: '^\\d{12}$' },
  orgCode: { type: 'string', pattern: '^(\\d{10}(-\\d{3})?|\\d{12})$' },
  idPaper: STRING,
  bool: { type: 'boolean' },
  unit: STRING,
  phone: { type: 'string', pattern: '^0\\d{9}$' },
  email: { type: 'string', format: 'email' },
  money: { type: 'number', minimum: 0 },
  int: { type: 'integer' },
  decimal: { type: 'number' },
  consent: { type: 'boolean' },
  signature: STRING,
  binary: { type: 'string', contentEncoding: 'base64' },
  table: { type: 'array' },
};

interface ObjectSchema {
  type: 'object';
  properties: Record<string, JsonSchema>;
}

/**
 * Describes a procedure's form for any form builder: an object for each form, a property for each key, nested at its dots; a
 * repeating row is an array. `x-source` says where the gateway takes the value from.
 */
export function jsonSchemaOf(procedure: Procedure): JsonSchema {
  const forms = procedure.forms.map(({ name, instrument }) => {
    const root: ObjectSchema = { type: 'object', properties: {} };
    for (const field of procedure.fields) if (field.form === name) addField(root, field);
    return [name, { title: name, description: instrument, ...root }] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:vn:thu-tuc:${procedure.code}`,
    title: procedure.name,
    type: 'object',
    properties: Object.fromEntries(forms),
  };
}

function addField(root: ObjectSchema, field: ProcedureField): void {
  const names = field.key.split('.');
  let at = root;
  for (const name of names.slice(0, -1)) at = objectAt(at, name);
  const last = names.at(-1) ?? '';
  const property = last.replace('[]', '');
  const described = describe(field);
  const known = at.properties[property];
  // A field may be the heading of those below it.
  const own = known && known['type'] === 'object' ? { ...known, ...rest(described) } : described;
  at.properties[property] = last.endsWith('[]') ? { type: 'array', items: own } : own;
}

function rest({ type: _type, ...others }: JsonSchema): JsonSchema {
  return others;
}

function objectAt(above: ObjectSchema, name: string): ObjectSchema {
  const property = name.replace('[]', '');
  const known = above.properties[property];
  const items = known?.['type'] === 'array' ? known['items'] : known;
  if (isObject(items)) return items;
  const made: ObjectSchema = { type: 'object', properties: {} };
  const described = known ? rest(known) : {};
  const own = Object.assign(made, described);
  above.properties[property] = name.endsWith('[]')
    ? { type: 'array', items: own }
    : (own as unknown as JsonSchema);
  return own;
}

function isObject(value: unknown): value is ObjectSchema {
  return typeof value === 'object' && value !== null && 'properties' in value;
}

function describe({
  label,
  type,
  party,
  source,
  path,
  document,
  isPrefilled,
  isEditable,
}: ProcedureField): JsonSchema {
  return {
    ...TYPES[type],
    title: label,
    readOnly: !isEditable,
    'x-party': party,
    'x-source': { register: source, path, document, isPrefilled },
  };
}
