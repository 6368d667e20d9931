import { z } from 'zod';
import type { SchemaNode } from './schema-node.ts';

type Check = (value: unknown) => boolean;

/**
 * Builds a check that tells whether a JSON value has the shape of a format. It ends at the first part that has not: zod
 * lists all, and a hostile line with a million wrong elements would fill the memory with messages.
 */
export function shapeCheck<T>(format: z.ZodType<T>): (value: unknown) => value is T {
  const check = checkOf(z.toJSONSchema(format, { io: 'input' }) as SchemaNode);
  return (value): value is T => check(value);
}

function checkOf(node: SchemaNode): Check {
  // The one thing that formats refer to is free JSON, and whatever JSON.parse gives is that.
  if (node.$ref !== undefined) return () => true;
  if ('const' in node) return (value) => value === node.const;
  if (node.enum) return enumCheck(node.enum);
  if (node.anyOf) return anyCheck(node.anyOf.map(checkOf));
  if (typeof node.type === 'object') return anyCheck(node.type.map((type) => checkOf({ ...node, type })));
  switch (node.type) {
    case 'null':
      return (value) => value === null;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'integer':
      return integerCheck(node);
    case 'string':
      return stringCheck(node);
    case 'array':
      return arrayCheck(node);
    case 'object':
      return objectCheck(node);
    default:
      // Better no verifier than one that lets through what it does not know.
      throw new TypeError(`a shape that cannot be checked: ${JSON.stringify(node)}`);
  }
}

function anyCheck(checks: readonly Check[]): Check {
  return (value) => checks.some((check) => check(value));
}

function enumCheck(allowed: readonly unknown[]): Check {
  const set = new Set(allowed);
  return (value) => set.has(value);
}

function integerCheck({ minimum = -Infinity, exclusiveMinimum = -Infinity }: SchemaNode): Check {
  return (value) =>
    Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) > exclusiveMinimum;
}

function stringCheck({ pattern, minLength = 0 }: SchemaNode): Check {
  const regex = pattern === undefined ? null : new RegExp(pattern);
  return (value) => typeof value === 'string' && value.length >= minLength && (!regex || regex.test(value));
}

function arrayCheck({ prefixItems, items }: SchemaNode): Check {
  if (prefixItems) {
    const checks = prefixItems.map(checkOf);
    return (value) =>
      Array.isArray(value) && value.length === checks.length && checks.every((check, at) => check(value[at]));
  }
  if (!items) throw new TypeError('an array of anything cannot be checked');
  const check = checkOf(items);
  return (value) => Array.isArray(value) && value.every(check);
}

function objectCheck({ properties = {}, required = [], additionalProperties = true }: SchemaNode): Check {
  const known = new Map(Object.entries(properties).map(([name, node]) => [name, checkOf(node)]));
  const isOther: Check =
    typeof additionalProperties === 'boolean' ? () => additionalProperties : checkOf(additionalProperties);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    if (!required.every((name) => Object.hasOwn(value, name))) return false;
    for (const name of Object.keys(value)) {
      if (!(known.get(name) ?? isOther)((value as Readonly<Record<string, unknown>>)[name])) return false;
    }
    return true;
  };
}
