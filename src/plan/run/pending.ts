import type { SubjectOutcome } from '../../disclosure/disclosure-recorder.ts';
import type { ObjectNote, RecordOrigin } from '../../disclosure/object-note.ts';
import { NO_SUBJECT, type Subject } from '../../disclosure/subject.ts';
import type { ErrorCode } from '../../errors.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';
import type { RecordSlot } from '../../sources/records/record-slot.ts';
import type { FieldPlan, ObjectPlan } from '../compile/plan.ts';

/** An object or list of the answer under construction. */
export type Container = Record<string | number, unknown>;

/** Without Object.prototype: response names are the client's, and `__proto__` would set a prototype and be lost. */
class AnswerObject {
  [name: string]: unknown;
}
Object.setPrototypeOf(AnswerObject.prototype, null);

export function createContainer(): Container {
  return new AnswerObject();
}

export type SlotFault = Extract<RecordSlot, { state: 'fault' }>;

/** Place of a value in the answer, linked upwards: paths are written out for errors only. */
export interface Place {
  readonly above: Place | null;
  readonly key: string | number;
}

export type Pending = EntityPending | RowsPending;

/** Hears how a root's entity ended. `rule` and `inputs` are for the log alone. */
export type Settled = (
  outcome: SubjectOutcome,
  code: ErrorCode | null,
  rule: RowRuleName | null,
  inputs: string,
) => void;

/** An entity that waits for its records. */
export interface EntityPending {
  readonly kind: 'entity';
  readonly object: ObjectPlan;
  readonly key: string;
  /** The dossier in whose name registers are asked. */
  readonly caseId: string;
  /** The object that it is placed in. Null where only its existence was asked: then neither a value nor an error is placed. */
  readonly container: Container | null;
  readonly place: Place;
  /** Factor that a root must fit before anything else of it is fetched; null once it fits. */
  match: MatchFactor | null;
  /** The register is asked for its own answer to the one field that is read, instead of for the record. */
  readonly isVerified: boolean;
  /** The findings of the comparison with the factor (policy/row-rules/rule-inputs.ts). */
  inputs: string;
  /** The field that led here: null, and noted so, where the entity turns out absent; `field` is null for an item. */
  readonly cameFrom: { readonly note: ObjectNote; readonly field: number | null } | null;
  readonly settled: Settled | null;
}

/** Rows that name persons, and wait for the verdicts about them. */
export interface RowsPending {
  readonly kind: 'rows';
  readonly field: Extract<FieldPlan, { shape: 'row' }>;
  readonly rows: readonly unknown[];
  readonly container: Container;
  readonly place: Place;
  /** The note of the object that holds the rows. `index` is the field's place in it. */
  readonly note: ObjectNote;
  readonly index: number;
  readonly origin: RecordOrigin;
}

export function subjectOf({ entity }: ObjectPlan, key: string): Subject {
  return entity?.subject ? { kind: entity.subject(key), key } : NO_SUBJECT;
}
