import type { Evaluation } from '../binding.ts';
import { readParcelId } from '../wire/identifiers.ts';
import { listsKey } from '../calls/lists-key.ts';

export const ownsParcel: Evaluation = {
  days: [],
  identifiers: { id: readParcelId },
  evaluate: (record, _anchor, { id }) => record && listsKey(record['parcelIds'], id),
};
