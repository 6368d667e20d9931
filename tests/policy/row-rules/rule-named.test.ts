import { expect, test } from 'vitest';
import { ROW_RULES } from '../../../src/policy/row-rules/decide-row.ts';
import { ruleNamed } from '../../../src/policy/row-rules/rule-named.ts';
import type { RowRuleName } from '../../../src/policy/row-rules/row-rule.ts';

/** Each rule's law, whether its text was at hand, and whether a caller may know the rule. */
const NAMES: Readonly<
  Record<RowRuleName, readonly [instrument: string, isModelled: boolean, isTold: boolean]>
> = {
  protected: ['Criminal Procedure Code 101/2015/QH13', true, false],
  match: ['Resolution 66.7/2025/NQ-CP', false, false],
  territory: ['Law 26/2023/QH15', true, false],
  deceased: ['Civil Code 91/2015/QH13', true, false],
  minor: ['Civil Code 91/2015/QH13', true, false],
  'own-data': ['Anti-Corruption Law 36/2018/QH14', true, true],
  relatives: ['Anti-Corruption Law 36/2018/QH14', true, false],
  'unknown-person': ['Decree 278/2025/ND-CP', true, false],
};

test.each(Object.entries(NAMES))('%s', (name, [instrument, isModelled, isTold]) => {
  const rule = ruleNamed(name as RowRuleName);
  expect(rule).toMatchObject({ name, isTold, legalBasis: { instrument, isModelled } });
  expect(rule.legalBasis.article).toMatch(/\S/);
});

test('a rule that decides by facts is the one of its name', () => {
  for (const rule of ROW_RULES) expect(ruleNamed(rule.name)).toBe(rule);
});
