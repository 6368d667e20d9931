import { hash } from 'node:crypto';
import { Kind, print, visit, type ASTNode, type DocumentNode } from 'graphql';
import { isTellableName } from './tellable-name.ts';

/**
 * SHA-256 (hex) of the operation with every literal replaced first, and every name that may hold an identifier
 * (`p001099000001: citizen`), so that the hash tells nobody one and equal questions about different persons share it.
 */
export function operationHashOf(document: DocumentNode): string {
  const replace = (node: ASTNode): ASTNode | undefined =>
    'kind' in node && LITERALS.has(node.kind) ? { kind: Kind.ENUM, value: 'LITERAL' } : undefined;
  const stripped = visit(document, {
    IntValue: replace,
    FloatValue: replace,
    StringValue: (node, _key, parent) =>
      // Descriptions are no literals, and operations have none.
      parent ? replace(node) : undefined,
    Name: (node) => (isTellableName(node.value) ? undefined : { ...node, value: 'NAME' }),
    ListValue: replace,
    ObjectValue: replace,
  });
  return hash('sha256', print(stripped), 'hex');
}

const LITERALS: ReadonlySet<string> = new Set([Kind.INT, Kind.FLOAT, Kind.STRING, Kind.LIST, Kind.OBJECT]);
