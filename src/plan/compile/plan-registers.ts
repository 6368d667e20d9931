import type { RegisterName } from '../../registers.ts';
import type { SubjectOf } from '../../sources/binding.ts';
import { registerOf } from '../../sources/records/record.ts';
import type { ObjectPlan, PlanRegisters, RootPlan } from './plan.ts';

/** Gathers the registers from the fields of all objects. */
export function registersOfRoots(roots: readonly RootPlan[]): PlanRegisters {
  const selected = new Set<RegisterName>();
  let leadsToPersons = false;
  let asksDeaths = false;
  const visit = ({ entity, records, rowSubjects, fields }: ObjectPlan): void => {
    for (const kind of records) selected.add(registerOf(kind));
    if (mayBePerson(entity?.subject) || rowSubjects?.some(([, subjectOf]) => mayBePerson(subjectOf))) {
      leadsToPersons = true;
    }
    for (const field of fields) {
      if ('object' in field) visit(field.object);
      else if (field.shape === 'evaluated' && field.evaluation.kin) asksDeaths = true;
    }
  };
  for (const root of roots) {
    if (root.shape === 'single') visit(root.object);
    else if (root.shape === 'batch') {
      visit(root.item.object);
      for (const field of root.item.fields) if (field.shape === 'entity') visit(field.object);
    }
  }
  return { selected: [...selected], leadsToPersons, asksDeaths };
}

/** A key of this form names a person wherever any key does. */
const PERSON_LIKE = '0'.repeat(12);

/** Whether a key of this kind of subject may name a person. */
export function mayBePerson(subjectOf: SubjectOf | undefined): boolean {
  return subjectOf?.(PERSON_LIKE) === 'person';
}
