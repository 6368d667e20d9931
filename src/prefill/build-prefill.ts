import { LRUCache } from 'lru-cache';
import { execute, parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Limits } from '../config/limits.ts';
import type { Variables } from '../operation/normalise-operation.ts';
import { UserInputError } from '../operation/user-input-error.ts';
import type { RegisterDescriptor } from '../sources/register-descriptor.ts';
import type { ExpandedAnswer } from './fill/answer-values.ts';
import { fieldAt } from './expand/coordinate-chain.ts';
import { expandForm, type Expansion, type FormCaller } from './expand/expand-form.ts';
import type { FillContext } from './fill/field-result.ts';
import { fillForm } from './fill/fill-form.ts';
import type { PrefilledForm } from './fill/prefilled-form.ts';
import { readProcedures, type Procedures } from './procedures/procedures.ts';

export const PREFILL_LIMITS = {
  documents: {
    value: 2_000,
    unit: 'documents',
    why: 'Forms by procedure, agreement and named parties; each is parsed once.',
  },
} as const satisfies Limits;

/** A form's expansion, parsed. */
export interface ExpandedForm extends Expansion {
  readonly document: DocumentNode;
}

/** The caller's own operation, whose only root is `prefill`. */
export interface AskedForm {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

/** Forms of procedures over one schema. */
export interface Prefill {
  /** Throws UserInputError for a procedure that is not there. */
  expand(procedure: string, caller: FormCaller): ExpandedForm;
  /** Fills the form from the answer to its operation. */
  fill(
    expanded: ExpandedForm,
    answer: ExpandedAnswer,
    context: Omit<FillContext, 'authorities'>,
  ): PrefilledForm;
  /** Answers the caller's operation with the filled form. */
  answer(asked: AskedForm, prefill: PrefilledForm): Promise<Record<string, unknown>>;
  readonly procedures: Procedures;
}

/** Reads the procedures. Throws with every fault of theirs, so that an unknown coordinate stops the start. */
export function buildPrefill(schema: GraphQLSchema, registers: readonly RegisterDescriptor[]): Prefill {
  const procedures = readProcedures((chain) => fieldAt(schema, chain) !== undefined);
  const authorities = new Map(registers.map(({ name, legalName }) => [name, legalName.vi]));
  const documents = new LRUCache<string, DocumentNode>({ max: PREFILL_LIMITS.documents.value });
  return {
    expand(code, caller) {
      // Provinces republish a procedure with a suffix (`1.012783.H61`).
      const procedure = procedures.get(code.replace(/\.H\d{2}$/, ''));
      if (!procedure) throw new UserInputError('The argument "procedure" names none.');
      const expansion = expandForm(schema, procedure, caller);
      let document = documents.get(expansion.source);
      if (!document) documents.set(expansion.source, (document = parse(expansion.source)));
      return { ...expansion, document };
    },
    procedures,
    fill: (expanded, answer, context) => fillForm(expanded, answer, { ...context, authorities }),
    async answer({ document, operation, variables }, prefill) {
      const { data } = await execute({
        schema,
        document,
        rootValue: { prefill },
        operationName: operation.name?.value ?? null,
        variableValues: variables,
      });
      return { ...data };
    },
  };
}
