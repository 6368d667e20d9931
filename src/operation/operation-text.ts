import { hash } from 'node:crypto';
import { Kind, print, visit, type ASTNode, type DocumentNode } from 'graphql';
import { isTellableName } from './tellable-name.ts';

/** A document as it may be kept: equal questions about different persons have the same. */
export interface OperationText {
  /** With every literal replaced, and every name that may hold an identifier (`p001099000001: citizen`). */
  readonly text: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
  /** Names that were replaced -> what stands in their place. Another name has another one, so that what was asked stays the same. */
  readonly replaced: ReadonlyMap<string, string>;
}

export function operationTextOf(document: DocumentNode): OperationText {
  const replaced = new Map<string, string>();
  let taken: Set<string> | null = null;
  const replacementOf = (name: string): string => {
    let replacement = replaced.get(name);
    if (replacement === undefined) {
      taken ??= namesIn(document);
      let number = replaced.size + 1;
      do replacement = number === 1 ? 'NAME' : `NAME${number}`;
      while (taken.has(replacement) && ++number);
      taken.add(replacement);
      replaced.set(name, replacement);
    }
    return replacement;
  };
  const replace = (node: ASTNode): ASTNode | undefined =>
    'kind' in node && LITERALS.has(node.kind) ? { kind: Kind.ENUM, value: 'LITERAL' } : undefined;
  const stripped = visit(document, {
    IntValue: replace,
    FloatValue: replace,
    StringValue: (node, _key, parent) =>
      // Descriptions are no literals, and operations have none.
      parent ? replace(node) : undefined,
    Name: (node) => (isTellableName(node.value) ? undefined : { ...node, value: replacementOf(node.value) }),
    ListValue: replace,
    ObjectValue: replace,
  });
  const text = print(stripped);
  return { text, hash: hash('sha256', text, 'hex'), replaced };
}

const LITERALS: ReadonlySet<string> = new Set([Kind.INT, Kind.FLOAT, Kind.STRING, Kind.LIST, Kind.OBJECT]);

function namesIn(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  return names;
}
