import {
  FieldsOnCorrectTypeRule,
  FragmentsOnCompositeTypesRule,
  GraphQLError,
  Kind,
  KnownFragmentNamesRule,
  KnownTypeNamesRule,
  NoFragmentCyclesRule,
  parse,
  validate,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { GatewayError } from '../../errors.ts';
import type { CallerKind } from '../../identity/registered-clients.ts';
import { OPERATION_LIMITS } from '../../operation/limits.ts';
import { normaliseOperation, type SelectedField } from '../../operation/normalise-operation.ts';
import type { Agreement } from '../agreement/agreement.ts';
import { decideSelection, denialsIn } from './decide-selection.ts';
import type { FieldLabels } from './field-labels.ts';
import { repeatDecisions, type OperationInputs } from './operation-inputs.ts';
import { decideFrom, FOUND_ELSEWHERE, ROW_RULES, type RowDecision } from '../row-rules/decide-row.ts';
import type { RowConditions, RowRule, RowRuleName } from '../row-rules/row-rule.ts';
import { bitsOf, inputIn, withInput } from '../row-rules/rule-inputs.ts';

/** A row's decision as it is on record: its subject, and the caller. */
export interface ReplayedRow {
  readonly callerKind: CallerKind;
  /** No rule is asked about what is no person, unless a factor led to one. */
  readonly isPerson: boolean;
}

/** Found before any fact of a person is read. */
const WITHOUT_FACTS: ReadonlySet<RowDecision['decision']> = new Set<RowRuleName>([
  'own-data',
  'match',
  'unknown-person',
]);

/**
 * Decides a row again, from what is on record of it. `undetermined`: the agreement asks a rule of which nothing is on
 * record, as of a row that a register failed to give or that a case did not open. `needsMatch` and
 * `ownDataOnly` make no difference here: a root that fails them has the input of a factor that does not fit, or of an
 * officer's own row. Whom no register knows is `unknown-person`; as
 * a root or at the end of a join that is the outcome `not-found`, without a rule.
 */
export function replayRow(
  agreement: RowConditions,
  { callerKind, isPerson }: ReplayedRow,
  inputs: string,
): RowDecision['decision'] | 'undetermined' {
  const recorded = bitsOf(inputs);
  if (recorded === undefined) return 'undetermined';
  const counting = ROW_RULES.filter((rule) => rule.appliesUnder(agreement) !== false);
  let bits = 0;
  for (const name of [...counting.map((rule) => rule.name), ...FOUND_ELSEWHERE]) {
    bits = withInput(bits, name, inputIn(recorded, name));
  }
  const { decision } = decideFrom(bits);
  if (!isPerson) return decision;
  const isUnread = ROW_RULES.every(
    ({ name, reads }) => reads.length === 0 || inputIn(recorded, name) === '-',
  );
  if (isUnread && WITHOUT_FACTS.has(decision)) return decision;
  // A citizen's own row is open unasked.
  if (isUnread && callerKind === 'citizen' && inputIn(recorded, 'own-data') === '-') return decision;
  const denying = counting.findIndex(({ name }) => name === decision);
  const asked = denying < 0 ? counting : counting.slice(0, denying);
  const isMissing = ({ name, appliesUnder }: RowRule): boolean =>
    appliesUnder(agreement) === true && inputIn(recorded, name) === '-';
  return asked.some(isMissing) ? 'undetermined' : decision;
}

/** Without these a text says nothing under the schema of today: it may have been granted under another. */
const FITTING_RULES: readonly ValidationRule[] = [
  KnownTypeNamesRule,
  FragmentsOnCompositeTypesRule,
  FieldsOnCorrectTypeRule,
  KnownFragmentNamesRule,
  NoFragmentCyclesRule,
];

/**
 * Decides an operation on record again, and lists what the grant cuts from it: `coordinate CODE`, each once, like Plan.denied.
 * Gives `undetermined` where the text is no document of this schema, or the inputs are not those of this text and agreement.
 */
export function replayOperation(
  schema: GraphQLSchema,
  labels: FieldLabels,
  agreement: Agreement,
  operationText: string,
  { arguments: noted, conditions, index }: OperationInputs,
): readonly string[] | 'undetermined' {
  const selection = selectionOf(schema, operationText, conditions, index);
  if (!selection) return 'undetermined';
  if (noted === '') return denialsIn(decideSelection(selection, agreement, labels));
  const { values, isUsedUp } = repeatDecisions(noted);
  const denials = denialsIn(decideSelection(selection, agreement, labels, values));
  return isUsedUp() ? denials : 'undetermined';
}

function selectionOf(
  schema: GraphQLSchema,
  text: string,
  conditions: OperationInputs['conditions'],
  index: number,
): readonly SelectedField[] | null {
  try {
    const document = parse(text, { maxTokens: OPERATION_LIMITS.tokens.value, noLocation: true });
    const operation = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)[index];
    if (!operation || validate(schema, document, FITTING_RULES).length > 0) return null;
    return normaliseOperation(schema, document, operation, conditions);
  } catch (error) {
    // RangeError: the parser's stack.
    const isText = error instanceof GraphQLError || error instanceof RangeError;
    if (isText || error instanceof GatewayError) return null;
    throw error;
  }
}
