import type { RowRuleName } from './row-rule.ts';

/**
 * A rule's finding about one subject: `1` the denied condition holds, `0` it does not, `?` it could not be read, `-` the rule
 * was not asked, since it does not apply or the row was decided before.
 */
export type RuleInput = '1' | '0' | '?' | '-';

/** Place of each rule in a subject's inputs (schema/access-log/FORMAT.md); a place is never given to another rule. */
const PLACES: Readonly<Record<RowRuleName, number>> = {
  protected: 0,
  territory: 1,
  deceased: 2,
  minor: 3,
  'own-data': 4,
  relatives: 5,
  match: 6,
  'unknown-person': 7,
};

/** All rules, by their place. */
export const RULES_BY_PLACE = (Object.keys(PLACES) as RowRuleName[]).toSorted(
  (one, other) => PLACES[one] - PLACES[other],
);

/** Two bits a rule, so that noting an input makes neither an object nor a text. */
const INPUT_BITS: Readonly<Record<RuleInput, number>> = { '-': 0, '0': 1, '1': 2, '?': 3 };
const INPUTS: readonly RuleInput[] = ['-', '0', '1', '?'];

/** Texts by their bits, each made once: a process sees a few dozen. */
const texts = new Map<number, string>();

/** `bits` with the input of a rule that had none. */
export function withInput(bits: number, rule: RowRuleName, input: RuleInput): number {
  return bits | (INPUT_BITS[input] << (2 * PLACES[rule]));
}

export function inputIn(bits: number, rule: RowRuleName): RuleInput {
  return INPUTS[(bits >> (2 * PLACES[rule])) & 3] ?? '-';
}

/** One character a rule, by its place: `0000----`. */
export function inputsText(bits: number): string {
  let text = texts.get(bits);
  if (text === undefined) {
    text = RULES_BY_PLACE.map((rule) => inputIn(bits, rule)).join('');
    texts.set(bits, text);
  }
  return text;
}

/** Undefined where a text is no inputs. */
export function bitsOf(inputs: string): number | undefined {
  if (inputs.length !== RULES_BY_PLACE.length) return undefined;
  let bits = 0;
  for (const [place, rule] of RULES_BY_PLACE.entries()) {
    const input = INPUTS.find((one) => one === inputs[place]);
    if (input === undefined) return undefined;
    bits = withInput(bits, rule, input);
  }
  return bits;
}

/** The findings about a subject of whom no rule was asked. */
export const NO_INPUTS = inputsText(0);

export function inputsOf(rule: RowRuleName, input: RuleInput): string {
  return inputsText(withInput(0, rule, input));
}

/** Merges the findings of two meetings with one subject. Where a rule was asked both times, the first finding counts. */
export function mergeInputs(one: string, other: string): string {
  if (one === other || other === NO_INPUTS) return one;
  if (one === NO_INPUTS) return other;
  const [first = 0, second = 0] = [bitsOf(one), bitsOf(other)];
  let merged = first;
  for (const rule of RULES_BY_PLACE) {
    if (inputIn(first, rule) === '-') merged = withInput(merged, rule, inputIn(second, rule));
  }
  return inputsText(merged);
}
