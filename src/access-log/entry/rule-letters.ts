import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';

/**
 * A rule as it stands in the sealed part of an entry: one letter each, `-` for none, so that not even the length of
 * what is sealed tells a protected person from an unknown one. Letters are never given to another rule.
 */
const LETTERS: Readonly<Record<RowRuleName, string>> = {
  protected: 'p',
  match: 'm',
  territory: 't',
  deceased: 'd',
  minor: 'n',
  'own-data': 'o',
  relatives: 'r',
  'unknown-person': 'u',
};

const RULES = new Map(Object.entries(LETTERS).map(([rule, letter]) => [letter, rule as RowRuleName]));

export function letterOf(rule: RowRuleName | null): string {
  return rule === null ? '-' : LETTERS[rule];
}

/** Undefined for a letter that no rule has; null for `-`. */
export function ruleOf(letter: string): RowRuleName | null | undefined {
  return letter === '-' ? null : RULES.get(letter);
}
