import {
  BREAK,
  GraphQLError,
  Kind,
  parse,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { GatewayError } from '../../errors.ts';
import type { SelectedField } from '../../operation/normalise-operation.ts';
import { normaliseOperation } from '../../operation/normalise-operation.ts';
import type { DataCategory, FieldLabels } from './field-labels.ts';

/** The largest selection that may be asked: a finite tree of field names with the arguments that may be given. */
export interface GrantNode {
  readonly fields: ReadonlyMap<string, GrantField>;
}

export interface GrantField {
  /** `Citizen.marriages`. */
  readonly coordinate: string;
  /** By name: null for any value that the agreement's `argumentValues` allow, or the only value, as text. */
  readonly arguments: ReadonlyMap<string, string | null>;
  /** Below a field of an object type; null for a leaf and for an abstract type. */
  readonly selection: GrantNode | null;
  /** Below a field of an abstract type: by object type; else null. */
  readonly possible: ReadonlyMap<string, GrantNode> | null;
}

export const NO_GRANT: GrantNode = { fields: new Map() };

/**
 * Reads a grant document. Every fault is returned, none thrown: invalid against the schema, conditional, not a
 * single query, or a field whose data category the agreement does not name.
 */
export function readGrant(
  schema: GraphQLSchema,
  labels: FieldLabels,
  source: string,
  categories: ReadonlySet<DataCategory>,
): { readonly grant: GrantNode; readonly faults: readonly string[] } {
  let document: DocumentNode;
  try {
    document = parse(source);
  } catch (error) {
    return {
      grant: NO_GRANT,
      faults: [`grant: ${error instanceof GraphQLError ? error.message : 'unreadable'}`],
    };
  }
  const faults = validate(schema, document).map((error) => `grant: ${error.message}`);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  const queryType = schema.getQueryType();
  if (operations.length !== 1 || operation?.operation !== 'query' || !queryType) {
    faults.push('grant: must be exactly one query');
  }
  if (isConditional(document)) faults.push('grant: must not be conditional');
  if (faults.length > 0 || !operation || !queryType) return { grant: NO_GRANT, faults };

  const build = (fields: readonly SelectedField[]): GrantNode => {
    const granted = new Map<string, GrantField>();
    for (const field of fields) {
      if (field.responseName !== field.fieldName) faults.push(`grant: alias ${field.responseName}`);
      if (field.fieldName === '__typename') continue;
      const category = labels.categoryOf(field.coordinate);
      if (!category) faults.push(`grant: ${field.coordinate} has no data category`);
      else if (!categories.has(category)) {
        faults.push(`grant: ${field.coordinate} is ${category}, which the agreement does not name`);
      }
      granted.set(field.fieldName, {
        coordinate: field.coordinate,
        arguments: readArguments(field, faults),
        selection: field.children && build(field.children),
        possible:
          field.possible && new Map([...field.possible].map(([typeName, below]) => [typeName, build(below)])),
      });
    }
    return { fields: granted };
  };
  try {
    return { grant: build(normaliseOperation(schema, document, operation, {})), faults };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { grant: NO_GRANT, faults: ['grant: too large below its interfaces and unions'] };
  }
}

/** A variable stands for any value; what is written out is the only one. */
function readArguments(field: SelectedField, faults: string[]): ReadonlyMap<string, string | null> {
  const granted = new Map<string, string | null>();
  for (const [name, value] of field.arguments) {
    if (value.kind === Kind.VARIABLE) granted.set(name, null);
    else if (value.kind === Kind.OBJECT || value.kind === Kind.LIST || value.kind === Kind.NULL) {
      faults.push(`grant: ${field.coordinate}.${name} must be a variable or a single value`);
    } else granted.set(name, String(value.value));
  }
  return granted;
}

function isConditional(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive() {
      found = true;
      return BREAK;
    },
  });
  return found;
}
