import type { Outsider } from '../model/block.ts';
import type { PersonReference } from '../records.ts';

/** Names somebody who has no personal id, as every register does: by name, and by another document where one is known. */
export function outsiderReference({ fullName, documentNo }: Outsider): PersonReference {
  return { fullName, ...(documentNo === undefined ? {} : { documentNo }) };
}
