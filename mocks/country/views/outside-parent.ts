import type { Person } from '../model/block.ts';
import { otherDocumentNo } from '../model/outsiders.ts';
import type { PersonReference } from '../records.ts';

/** A founder's parent, who has no record: registers know the name, and of some the number of another document. */
export function outsideParent(person: Person, side: 'father' | 'mother'): PersonReference | undefined {
  const fullName = person.outsideParents?.[side];
  if (fullName === undefined) return undefined;
  const documentNo = otherDocumentNo(Number(person.id.slice(-9)) * 2 + (side === 'father' ? 0 : 1));
  return { fullName, ...(documentNo === undefined ? {} : { documentNo }) };
}
