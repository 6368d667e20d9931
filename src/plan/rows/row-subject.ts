import type { Subject } from '../../disclosure/subject.ts';
import { BROKEN, type RecordValue } from '../../sources/records/record.ts';
import type { ObjectPlan } from '../compile/plan.ts';

/** Finds the subject of a row of a record: the one that it names by a key, else an unidentified one, else the subject of the record. */
export function rowSubjectOf({ rowSubjects }: ObjectPlan, row: RecordValue, carrier: Subject): Subject {
  if (!rowSubjects) return carrier;
  for (const [property, kindOf] of rowSubjects) {
    const key = row[property];
    if (typeof key === 'string') return { kind: kindOf(key), key };
  }
  return { kind: 'unidentified', key: carrier.key };
}

/** True where a row names somebody by a key that cannot be read: nobody can say then whether that person may be seen. */
export function isUntellable({ rowSubjects }: ObjectPlan, row: RecordValue): boolean {
  return rowSubjects?.some(([property]) => row[property] === BROKEN) ?? false;
}
