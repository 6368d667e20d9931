import { Kind, parse, type ConstDirectiveNode, type FieldDefinitionNode } from 'graphql';
import type { DataCategory, FieldLabels } from '../policy/grant/field-labels.ts';
import type { RegisterName } from '../registers.ts';

/**
 * The register that a field comes from, and the kind of data it is. The gateway's own roots have `gateway` for
 * a register.
 */
export interface FieldFact {
  readonly coordinate: string;
  readonly register: RegisterName;
  readonly category: DataCategory;
  /** Such a field answers a question about a value instead of handing the value out. */
  readonly isMinimised: boolean;
}

/** The facts of every labelled field, by coordinate (`Citizen.sex`). */
export class FieldFacts implements FieldLabels {
  readonly #facts: ReadonlyMap<string, FieldFact>;

  constructor(facts: ReadonlyMap<string, FieldFact>) {
    this.#facts = facts;
  }

  of(coordinate: string): FieldFact | undefined {
    return this.#facts.get(coordinate);
  }

  categoryOf(coordinate: string): DataCategory | undefined {
    return this.#facts.get(coordinate)?.category;
  }

  isMinimised(coordinate: string): boolean {
    return this.#facts.get(coordinate)?.isMinimised ?? false;
  }

  coordinates(): Iterable<FieldFact> {
    return this.#facts.values();
  }
}

/**
 * Reads the labels from each register's own SDL, because stitching drops custom directives or lets the last
 * subschema win. Every field has exactly one label over all registers; a merge key owned elsewhere is `@joinKey`.
 */
export function readFieldFacts(documents: ReadonlyMap<RegisterName, string>): {
  readonly facts: FieldFacts;
  readonly faults: readonly string[];
} {
  const facts = new Map<string, FieldFact>();
  const joinKeys = new Set<string>();
  const faults: string[] = [];

  for (const [register, sdl] of documents) {
    for (const definition of parse(sdl).definitions) {
      if (
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
        definition.kind === Kind.UNION_TYPE_DEFINITION
      ) {
        // Containment and plans know object types only; another shape must not slip past them.
        faults.push(`${definition.name.value}: abstract types are not supported`);
      }
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) {
        continue;
      }
      for (const field of definition.fields ?? []) {
        const coordinate = `${definition.name.value}.${field.name.value}`;
        const labels = categoriesOf(field);
        if (hasDirective(field, 'joinKey')) {
          joinKeys.add(coordinate);
          if (labels.length > 0) faults.push(`${coordinate}: a join key is labelled by its owner only`);
          continue;
        }
        const [category] = labels;
        if (!category) faults.push(`${coordinate}: no data category`);
        else if (labels.length > 1 || facts.has(coordinate)) faults.push(`${coordinate}: labelled twice`);
        else
          facts.set(coordinate, {
            coordinate,
            register,
            category,
            isMinimised: hasDirective(field, 'minimised'),
          });
      }
    }
  }
  for (const coordinate of joinKeys) {
    if (!facts.has(coordinate)) faults.push(`${coordinate}: join key of no register`);
  }
  return { facts: new FieldFacts(facts), faults };
}

function categoriesOf(field: FieldDefinitionNode): readonly DataCategory[] {
  return (field.directives ?? []).flatMap((directive) => {
    const category = directive.name.value === 'category' ? argumentOf(directive) : undefined;
    return category === 'BASIC' || category === 'SENSITIVE' || category === 'NON_PERSONAL' ? [category] : [];
  });
}

function argumentOf(directive: ConstDirectiveNode): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === 'of')?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

function hasDirective(field: FieldDefinitionNode, name: string): boolean {
  return (field.directives ?? []).some((directive) => directive.name.value === name);
}
