import { LRUCache } from 'lru-cache';
import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Limits } from '../../config/limits.ts';
import { bytesOfDocument } from '../../operation/document-bytes.ts';
import { conditionVariablesOf } from '../../operation/condition-variables.ts';
import { normaliseOperation, type Variables } from '../../operation/normalise-operation.ts';
import { dataOperationsOf } from '../../operation/data-operations.ts';
import { operationTextOf, type OperationText } from '../../operation/operation-text.ts';
import { EMPTY_AGREEMENT, type Agreement } from '../../policy/agreement/agreement.ts';
import type { ValueDecider } from '../../policy/grant/value-decider.ts';
import { decideSelection } from '../../policy/grant/decide-selection.ts';
import type { FieldLabels } from '../../policy/grant/field-labels.ts';
import type { OperationInputs } from '../../policy/grant/operation-inputs.ts';
import { compilePlan } from './compile-plan.ts';
import type { Plan } from './plan.ts';
import { sizeOfPlan } from './plan-size.ts';
import type { SchemaBindings } from '../schema/schema-bindings.ts';

export const PLAN_CACHE_LIMITS = {
  bytes: {
    value: 128 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'All plans with their texts, since clients invent texts.',
  },
} as const satisfies Limits;
/** Memory of one field of a plan. Measured and rounded up. */
const BYTES_PER_FIELD = 250;

interface DocumentFacts {
  readonly conditionVariables: readonly string[];
  readonly text: OperationText;
  /** Names of the operations that ask data; empty for an anonymous one. */
  readonly dataOperations: ReadonlySet<string>;
}

/** Everything that a plan depends on. Of the variables only those of `@skip` and `@include` count, so that equal keys have equal plans. */
export interface PlanKey {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  readonly agreement: Agreement;
}

/** Decided, trimmed and compiled operations. */
export class PreparedOperations {
  readonly #schema: GraphQLSchema;
  readonly #bindings: SchemaBindings;
  readonly #labels: FieldLabels;
  readonly #documents = new WeakMap<DocumentNode, DocumentFacts>();
  /** By object, not by name: a reloaded agreement may say something else under the same version. */
  readonly #agreements = new WeakMap<Agreement, number>();
  /** By number, not by name: a name may be as long as a body, and each plan would keep it. */
  readonly #operations = new WeakMap<OperationDefinitionNode, number>();
  readonly #plans: LRUCache<string, Plan>;
  #nextId = 0;

  constructor(
    schema: GraphQLSchema,
    bindings: SchemaBindings,
    labels: FieldLabels,
    maxPlanBytes: number = PLAN_CACHE_LIMITS.bytes.value,
  ) {
    this.#plans = new LRUCache<string, Plan>({ maxSize: maxPlanBytes });
    this.#schema = schema;
    this.#bindings = bindings;
    this.#labels = labels;
  }

  prepare({ document, operation, variables, agreement }: PlanKey): Plan {
    const { conditionVariables } = this.#factsOf(document);
    let key = `${this.#numberOf(this.#operations, operation)} ${this.#numberOf(this.#agreements, agreement)} `;
    for (const name of conditionVariables) {
      const value = variables[name];
      // Null is refused by the compilation, which must not be passed over by the plan of `false`.
      key += value === true ? '1' : value === null ? 'n' : '0';
    }
    let plan = this.#plans.get(key);
    if (!plan) {
      plan = this.compile({ document, operation, variables, agreement });
      const size = BYTES_PER_FIELD * sizeOfPlan(plan) + bytesOfDocument(document);
      this.#plans.set(key, plan, { size });
    }
    return plan;
  }

  /** `values` decides what arguments may be in one request; such a plan is that request's alone. */
  compile({ document, operation, variables, agreement }: PlanKey, values: ValueDecider | null = null): Plan {
    const selection = normaliseOperation(this.#schema, document, operation, variables);
    return compilePlan(
      this.#schema,
      this.#bindings,
      decideSelection(selection, agreement, this.#labels, values),
    );
  }

  /** For operations that ask no register data: they need a token only, and get nothing else. */
  readonly nothingGranted: Agreement = EMPTY_AGREEMENT;

  /** True where an operation has any root but the public ones, conditions not regarded. */
  asksData(document: DocumentNode, operation: OperationDefinitionNode): boolean {
    const { dataOperations } = this.#factsOf(document);
    return dataOperations.has(operation.name?.value ?? '');
  }

  /** The document as it may be kept, with its hash. */
  textOf(document: DocumentNode): OperationText {
    return this.#factsOf(document).text;
  }

  /** Gives the inputs of the operation's decision. `decided` holds the decisions about arguments' values, as far as they were looked at. */
  inputsOf({ document, operation, variables }: PlanKey, decided = ''): OperationInputs {
    const { conditionVariables, text } = this.#factsOf(document);
    const conditions: [string, boolean][] = [];
    for (const name of conditionVariables) {
      const value = variables[name];
      // Absent: a variable of another operation of the document.
      if (typeof value === 'boolean') conditions.push([text.replaced.get(name) ?? name, value]);
    }
    const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    return {
      arguments: decided,
      conditions: Object.fromEntries(conditions),
      index: operations.indexOf(operation),
    };
  }

  #numberOf<T extends object>(numbers: WeakMap<T, number>, of: T): number {
    let number = numbers.get(of);
    if (number === undefined) {
      number = this.#nextId++;
      numbers.set(of, number);
    }
    return number;
  }

  #factsOf(document: DocumentNode): DocumentFacts {
    let facts = this.#documents.get(document);
    if (!facts) {
      facts = {
        conditionVariables: conditionVariablesOf(document),
        text: operationTextOf(document),
        dataOperations: dataOperationsOf(document),
      };
      this.#documents.set(document, facts);
    }
    return facts;
  }
}
