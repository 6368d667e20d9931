import type { Evaluation } from '../binding.ts';
import { readParcelId } from '../identifiers.ts';
import { listsKey } from '../lists-key.ts';

export const ownsParcel: Evaluation = {
  days: [],
  identifiers: { id: readParcelId },
  evaluate: (record, _anchor, { id }) => record && listsKey(record['parcelIds'], id),
};
