import { Kind, visit, type DocumentNode } from 'graphql';

/** Names of the variables that decide `@include` and `@skip`, sorted: with their values they make another plan. */
export function conditionVariablesOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      for (const argument of directive.arguments ?? []) {
        if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
      }
    },
  });
  return [...names].sort();
}
