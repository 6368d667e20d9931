import {
  Kind,
  Lexer,
  Source,
  TokenKind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '../config/limits.ts';

export const OPERATION_LIMITS = {
  tokens: {
    value: 2_000,
    unit: 'tokens',
    why: 'The parser of graphql-js overflows its stack at about 2,400 levels.',
  },
  depth: { value: 20, unit: 'levels', why: 'No form needs more, and each level is a hop of calls.' },
  expandedFields: {
    value: 2_000,
    unit: 'fields',
    why: 'Counted once fragments are spread, since they fan out.',
  },
  rootFields: { value: 100, unit: 'root fields or identifiers', why: 'A register takes 100 keys a call.' },
} as const satisfies Limits;

/** An operation within its own limits may still come to a large answer, since the registers' lists decide. */
export const ANSWER_LIMITS = {
  values: { value: 500_000, unit: 'values', why: 'A value costs about 1 us: half a second, and 50 MB.' },
  characters: {
    value: 16_000_000,
    unit: 'characters',
    why: 'Names and texts of one answer; no form has a hundredth of it.',
  },
  errors: { value: 20_000, unit: 'errors', why: 'An error costs about 20 us: less than half a second.' },
} as const satisfies Limits;

/** True where the source lexes within the token limit; unlexable sources pass on to the parser's own error. */
export function isWithinTokenLimit(source: string): boolean {
  const lexer = new Lexer(new Source(source));
  try {
    for (let count = 0; count <= OPERATION_LIMITS.tokens.value; count++) {
      if (lexer.advance().kind === TokenKind.EOF) return true;
    }
    return false;
  } catch {
    return true;
  }
}

interface Measure {
  readonly depth: number;
  readonly fields: number;
}

const NOTHING: Measure = { depth: 0, fields: 0 };

/**
 * True where every operation stays within depth, size and number of root fields once fragments are spread.
 * Linear in the document: a fragment is measured once, however often it is spread, because fragments that fan out
 * explode only in execution (950 bytes are enough).
 */
export function isWithinSizeLimits(document: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Measure>();
  const roots = new Map<string, number>();

  const measureFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    // A cycle measures as nothing here; validation refuses it.
    measured.set(name, NOTHING);
    const measure = measureSet(fragment.selectionSet);
    measured.set(name, measure);
    return measure;
  };

  const measureSet = (set: SelectionSetNode): Measure => {
    let depth = 0;
    let fields = 0;
    for (const selection of set.selections) {
      let below: Measure;
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? measureSet(selection.selectionSet) : NOTHING;
        below = { depth: inner.depth + 1, fields: inner.fields + 1 };
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        below = measureSet(selection.selectionSet);
      } else {
        below = measureFragment(selection.name.value);
      }
      depth = Math.max(depth, below.depth);
      fields = Math.min(fields + below.fields, Number.MAX_SAFE_INTEGER);
    }
    return { depth, fields };
  };

  const countRoots = (set: SelectionSetNode): number => {
    let count = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) count += 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) count += countRoots(selection.selectionSet);
      else {
        const name = selection.name.value;
        let known = roots.get(name);
        if (known === undefined) {
          roots.set(name, 0);
          const fragment = fragments.get(name);
          known = fragment ? countRoots(fragment.selectionSet) : 0;
          roots.set(name, known);
        }
        count += known;
      }
    }
    return count;
  };

  return document.definitions.every((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return true;
    const { depth, fields } = measureSet(definition.selectionSet);
    return (
      depth <= OPERATION_LIMITS.depth.value &&
      fields <= OPERATION_LIMITS.expandedFields.value &&
      countRoots(definition.selectionSet) <= OPERATION_LIMITS.rootFields.value
    );
  });
}
