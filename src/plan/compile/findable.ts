import type { RecordKind } from '../../sources/records/record.ts';
import type { SchemaBindings } from '../schema/schema-bindings.ts';
import type { FieldPlan, ObjectPlan } from './plan.ts';
import { mayBePerson } from './plan-registers.ts';

type Lookups = Pick<SchemaBindings, 'entities' | 'lookUpOf'>;

/**
 * Whether a field can be read at all: from a record of this kind (null inside a row), and where it is a link, from the entity type
 * that it leads to. A link holds a key and no more, so that it leads nowhere where the register also asks for name and birth date:
 * no record that names somebody is sure to hold both.
 */
export function canFind(
  { entities, lookUpOf }: Lookups,
  kind: RecordKind | null,
  linkedType: string | null,
): boolean {
  if (kind !== null && lookUpOf(kind) === null) return false;
  const target = linkedType === null ? undefined : entities.get(linkedType);
  return target === undefined || lookUpOf(target.anchor) === 'key';
}

/** Whether rows may name persons whom no operation finds by what a row holds. */
export function namesUnfindable({ lookUpOf }: Lookups, rowSubjects: ObjectPlan['rowSubjects']): boolean {
  const namesPersons = rowSubjects?.some(([, subjectOf]) => mayBePerson(subjectOf)) ?? false;
  return namesPersons && lookUpOf('population.person') !== 'key';
}

/** Place of the only field that needs anything of a register, where that is a question which the register answers by itself. */
export function verifiedIn(fields: readonly FieldPlan[]): number | null {
  const read = fields.filter(
    ({ shape }) => shape !== 'typename' && shape !== 'denied' && shape !== 'unsupported',
  );
  const [only, ...others] = read;
  const isVerified = only?.shape === 'evaluated' && only.evaluation.verification !== undefined;
  return isVerified && others.length === 0 ? fields.indexOf(only) : null;
}
