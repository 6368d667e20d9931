import { deceasedPersons } from './deceased.ts';
import { minors } from './minor.ts';
import { ownData } from './own-data.ts';
import type { PersonFacts } from './person-facts.ts';
import { protectedPersons } from './protected.ts';
import { relatives } from './relatives.ts';
import { appliesIn, type RowContext, type RowRule, type RowRuleName } from './row-rule.ts';
import { inputIn, inputsText, withInput, type RuleInput } from './rule-inputs.ts';
import { territories } from './territory.ts';

/** The rules in order. Those whose reason is not told stand first: a reason that is told must not give away that the row exists. */
export const ROW_RULES: readonly RowRule[] = [
  protectedPersons,
  territories,
  deceasedPersons,
  minors,
  ownData,
  relatives,
];

/** Rules over more than one person's facts: what they find comes from elsewhere, and denies as it is. */
export const FOUND_ELSEWHERE: readonly RowRuleName[] = ['match', 'unknown-person'];

export interface RowDecision {
  /**
   * The first rule that denies the row; null: it may be seen. `unreadable`: no rule denies what can be read, but one
   * that applies needs a fact that cannot be.
   */
  readonly decision: RowRuleName | 'unreadable' | null;
  /** The finding of each rule (rule-inputs.ts). They are enough to decide the row again. */
  readonly inputs: string;
}

/** Citizens see their own row, whatever stands in it: no rule is asked. */
export function decideRow(facts: PersonFacts, context: RowContext): RowDecision {
  return decideFrom(context.self === facts.personalId ? 0 : askRules(facts, context));
}

/** The possible findings of each rule as bits. They are worked out once, because each person costs a look at them. */
const FINDINGS = ROW_RULES.map((rule) => ({
  rule,
  holds: withInput(0, rule.name, '1'),
  doesNotHold: withInput(0, rule.name, '0'),
  cannotBeRead: withInput(0, rule.name, '?'),
}));

/** Asks the rules in order, up to the first that denies, and gives their findings. */
function askRules(facts: PersonFacts, context: RowContext): number {
  let bits = 0;
  for (const { rule, holds, doesNotHold, cannotBeRead } of FINDINGS) {
    if (!appliesIn(rule, context)) continue;
    if (isUnreadable(rule, facts)) {
      bits |= cannotBeRead;
      if (denies(rule, '?')) break;
    } else if (rule.holds(facts, context)) return bits | holds;
    else bits |= doesNotHold;
  }
  return bits;
}

const decisions = new Map<number, RowDecision>();

/** Decides from what the rules found alone: a row on its way, and again one that is on record. */
export function decideFrom(bits: number): RowDecision {
  let decided = decisions.get(bits);
  if (!decided) decisions.set(bits, (decided = { decision: decisionOn(bits), inputs: inputsText(bits) }));
  return decided;
}

function decisionOn(bits: number): RowDecision['decision'] {
  let isUndecided = false;
  for (const rule of ROW_RULES) {
    const input = inputIn(bits, rule.name);
    if (denies(rule, input)) return rule.name;
    isUndecided ||= input === '?';
  }
  const found = FOUND_ELSEWHERE.find((name) => inputIn(bits, name) === '1');
  return found ?? (isUndecided ? 'unreadable' : null);
}

function isUnreadable({ reads }: RowRule, { unreadable }: PersonFacts): boolean {
  return unreadable.length > 0 && reads.some((fact) => unreadable.includes(fact));
}

function denies({ deniesUnreadable }: RowRule, input: RuleInput): boolean {
  return input === '1' || (input === '?' && deniesUnreadable);
}
