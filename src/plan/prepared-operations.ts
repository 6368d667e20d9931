import { LRUCache } from 'lru-cache';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { conditionVariablesOf } from '../operation/condition-variables.ts';
import { normaliseOperation, type Variables } from '../operation/normalise.ts';
import { operationHashOf } from '../operation/operation-hash.ts';
import type { Agreement } from '../policy/agreement.ts';
import { decideSelection } from '../policy/containment.ts';
import type { FieldLabels } from '../policy/field-labels.ts';
import { compilePlan } from './compile.ts';
import type { Plan } from './plan.ts';
import type { SchemaBindings } from './schema-bindings.ts';

/** Bounded, because clients invent texts: a plan takes a few kilobytes. */
const MAX_PLANS = 2_000;

interface DocumentFacts {
  readonly id: number;
  readonly conditionVariables: readonly string[];
  readonly hash: string;
}

/** What is asked, of whom it depends, and nothing of the values: equal keys have equal plans. */
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
  readonly #plans = new LRUCache<string, Plan>({ max: MAX_PLANS });
  #nextId = 0;

  constructor(schema: GraphQLSchema, bindings: SchemaBindings, labels: FieldLabels) {
    this.#schema = schema;
    this.#bindings = bindings;
    this.#labels = labels;
  }

  prepare({ document, operation, variables, agreement }: PlanKey): Plan {
    const { id, conditionVariables } = this.#factsOf(document);
    let key = `${id} ${operation.name?.value ?? ''} ${agreement.id}@${agreement.version}`;
    for (const name of conditionVariables) key += variables[name] === true ? '1' : '0';
    let plan = this.#plans.get(key);
    if (!plan) {
      plan = this.compile({ document, operation, variables, agreement });
      this.#plans.set(key, plan);
    }
    return plan;
  }

  compile({ document, operation, variables, agreement }: PlanKey): Plan {
    const queryType = this.#bindings.objectType('Query');
    const selection = normaliseOperation(queryType, document, operation, variables);
    return compilePlan(this.#schema, this.#bindings, decideSelection(selection, agreement, this.#labels));
  }

  hashOf(document: DocumentNode): string {
    return this.#factsOf(document).hash;
  }

  #factsOf(document: DocumentNode): DocumentFacts {
    let facts = this.#documents.get(document);
    if (!facts) {
      facts = {
        id: this.#nextId++,
        conditionVariables: conditionVariablesOf(document),
        hash: operationHashOf(document),
      };
      this.#documents.set(document, facts);
    }
    return facts;
  }
}
