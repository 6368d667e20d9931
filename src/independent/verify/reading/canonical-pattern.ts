import type { SchemaNode } from './schema-node.ts';

// RFC 8785 3.2.2.2: of all spellings of a string this one. One atom a run, so that no text is tried in two ways.
const PLAIN = String.raw`[^"\\\u0000-\u001f]`;
const ESCAPED = String.raw`\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))`;
const STRING = `${PLAIN}*(?:${ESCAPED}${PLAIN}*)*`;
const FILLED_STRING = `(?:${PLAIN}|${ESCAPED})${STRING}`;
// Up to 15 digits: every one of them is a safe integer.
const POSITIVE = '[1-9][0-9]{0,14}';
const NATURAL = `(?:0|${POSITIVE})`;

/**
 * A regular expression of canonical texts (RFC 8785) that a schema allows: parsing, shape and canonical bytes in one
 * pass, several times faster than one after the other. What it matches is right; what it does not match may be right
 * too (free JSON, numbers over 15 digits) and has to be parsed. `captures` names the groups of what stands at a path.
 */
export function canonicalPattern(schema: object, captures: ReadonlyMap<string, string>): RegExp {
  return new RegExp(`^${sourceOf(schema, '', captures)}$`);
}

function sourceOf(node: SchemaNode, path: string, captures: ReadonlyMap<string, string>): string {
  const name = captures.get(path);
  const source = bareSourceOf(node, path, captures);
  return name === undefined ? source : `(?<${name}>${source})`;
}

function bareSourceOf(node: SchemaNode, path: string, captures: ReadonlyMap<string, string>): string {
  const within = (child: SchemaNode, name: string): string =>
    sourceOf(child, path === '' ? name : `${path}.${name}`, captures);
  if ('const' in node) return escaped(JSON.stringify(node.const));
  if (node.enum) return `(?:${node.enum.map((one) => escaped(JSON.stringify(one))).join('|')})`;
  if (node.anyOf) return `(?:${node.anyOf.map((one) => bareSourceOf(one, path, captures)).join('|')})`;
  if (typeof node.type === 'object') {
    return `(?:${node.type.map((type) => bareSourceOf({ ...node, type }, path, captures)).join('|')})`;
  }
  switch (node.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return '(?:true|false)';
    case 'integer':
      return node.exclusiveMinimum === 0 ? POSITIVE : NATURAL;
    case 'string':
      // A pattern of the format allows no character that JSON would escape; a test holds this against zod.
      if (node.pattern !== undefined) return `"(?:${node.pattern.replace(/^\^/, '').replace(/\$$/, '')})"`;
      return `"${(node.minLength ?? 0) > 0 ? FILLED_STRING : STRING}"`;
    case 'array': {
      if (node.prefixItems)
        return String.raw`\[${node.prefixItems.map((one) => within(one, '0')).join(',')}\]`;
      const item = within(node.items ?? {}, '0');
      return String.raw`\[(?:${item}(?:,${item})*)?\]`;
    }
    case 'object': {
      if (!node.properties) return NOTHING;
      const members = Object.keys(node.properties)
        .sort()
        .map((key) => `${escaped(JSON.stringify(key))}:${within(node.properties?.[key] ?? {}, key)}`);
      return String.raw`\{${members.join(',')}\}`;
    }
    case undefined:
    default:
      return NOTHING;
  }
}

/** Matches no text: left to parsing. */
const NOTHING = '(?!)';

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
