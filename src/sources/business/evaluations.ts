import type { Evaluation } from '../binding.ts';
import { readBusinessCode } from '../identifiers.ts';
import { listsKey } from '../lists-key.ts';

export const representsBusiness: Evaluation = {
  days: [],
  identifiers: { code: readBusinessCode },
  evaluate: (record, _anchor, { code }) => record && listsKey(record['representedCodes'], code),
};
