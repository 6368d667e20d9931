import { subjectOfBusinessCode, type Evaluation } from '../binding.ts';
import { readBusinessCode } from '../wire/identifiers.ts';
import { listsKey } from '../calls/lists-key.ts';

export const representsBusiness: Evaluation = {
  days: [],
  identifiers: { code: readBusinessCode },
  evaluate: (record, anchor, { code }) => {
    // A household business is its owner: an answer about another's would be one about that person, who may be hidden.
    if (subjectOfBusinessCode(String(code)) === 'person' && code !== anchor['personalId']) return null;
    return record && listsKey(record['representedCodes'], code);
  },
};
