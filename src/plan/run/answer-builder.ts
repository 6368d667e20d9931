import type { DisclosureRecorder } from '../../disclosure/disclosure-recorder.ts';
import { noteEmpty, omit, type ObjectNote, type RecordOrigin } from '../../disclosure/object-note.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import type { Cut } from '../../policy/grant/decide-selection.ts';
import { NO_INPUTS } from '../../policy/row-rules/rule-inputs.ts';
import { BROKEN, type RecordValue } from '../../sources/records/record.ts';
import type { RecordSlot } from '../../sources/records/record-slot.ts';
import type { AnswerSize } from './answer-size.ts';
import { createContainer, type Container, type Pending, type Place, type RowsPending } from './pending.ts';
import type { AnswerError, FieldPlan, ObjectPlan } from '../compile/plan.ts';
import type { Evaluations, RefusedEvaluations } from '../rows/evaluations.ts';
import { ROOT_LIMITS } from '../roots/root-requests.ts';
import { rowSubjectOf } from '../rows/row-subject.ts';

/** Places records' values into one answer, and notes what that discloses about whom. Throws OPERATION_TOO_LARGE past ANSWER_LIMITS. */
export class AnswerBuilder {
  readonly errors: AnswerError[] = [];
  /** Entities found by links, and rows that name persons, that still wait for records. */
  queue: Pending[] = [];
  readonly #size: AnswerSize;
  readonly #variables: Variables;
  readonly #recorder: DisclosureRecorder;
  readonly #gatesRows: boolean;
  readonly #evaluations: Evaluations;

  /** `gatesRows`: rows that name persons wait for the verdicts about them. */
  constructor(
    size: AnswerSize,
    variables: Variables,
    recorder: DisclosureRecorder,
    evaluations: Evaluations,
    gatesRows: boolean,
  ) {
    this.#size = size;
    this.#variables = variables;
    this.#recorder = recorder;
    this.#evaluations = evaluations;
    this.#gatesRows = gatesRows;
  }

  /** Builds an entity whose records are there, but for evaluations that are refused; links found on the way join the queue. */
  buildEntity(
    object: ObjectPlan,
    slots: readonly (RecordSlot | null)[],
    subject: Subject,
    caseId: string,
    place: Place,
    refused: RefusedEvaluations,
  ): Container {
    this.#count(object);
    const origins = slots.map((slot) => (!slot || slot.state === 'fault' ? NO_ORIGIN : slot.origin));
    const result = createContainer();
    const note = this.#recorder.note(subject, object.noted, origins, caseId);
    for (let index = 0; index < object.fields.length; index++) {
      const field = object.fields[index];
      if (!field) continue;
      if (isUnread(field)) {
        this.#placeUnread(result, field, place);
        continue;
      }
      const slot = slots[field.record];
      const refusal = refused.get(index);
      if (refusal) {
        result[field.responseName] = null;
        this.fail({ above: place, key: field.responseName }, refusal);
        omit(note, index);
        continue;
      }
      if (!slot || slot.state === 'fault') {
        result[field.responseName] = null;
        omit(note, index);
        this.fail({ above: place, key: field.responseName }, slot?.code ?? 'INTERNAL_ERROR', slot?.rule);
      } else if (field.shape === 'evaluated') {
        this.#placeReply(result, field, index, slots, note, place);
      } else {
        // A register that has nothing about an existing subject: no entries, or none of the single kind.
        const value = slot.state === 'found' ? slot.value[field.property] : nothingFor(field);
        this.#placeValue(result, field, index, value, note, slot.origin, place);
      }
    }
    return result;
  }

  /** Builds an entity of which nothing is known but the register's own yes or no to its one field. */
  buildVerified(
    object: ObjectPlan,
    verdict: RecordSlot,
    subject: Subject,
    caseId: string,
    place: Place,
  ): Container {
    this.#count(object);
    const origin = verdict.state === 'fault' ? NO_ORIGIN : verdict.origin;
    const result = createContainer();
    const note = this.#recorder.note(subject, object.noted, [origin], caseId);
    for (const [index, field] of object.fields.entries()) {
      if (isUnread(field)) this.#placeUnread(result, field, place);
      else if (verdict.state === 'found') result[field.responseName] = verdict.value['isConfirmed'];
      else {
        result[field.responseName] = null;
        omit(note, index);
        const { code, rule } = verdict.state === 'fault' ? verdict : BROKEN_VERDICT;
        this.fail({ above: place, key: field.responseName }, code, rule);
      }
    }
    return result;
  }

  #placeReply(
    result: Container,
    field: Extract<FieldPlan, { shape: 'evaluated' }>,
    index: number,
    slots: readonly (RecordSlot | null)[],
    note: ObjectNote,
    place: Place,
  ): void {
    const [anchor] = slots;
    const slot = slots[field.record];
    const reply =
      anchor?.state === 'found'
        ? this.#evaluations.reply(field, slot?.state === 'found' ? slot.value : null, anchor.value)
        : { code: anchor?.state === 'fault' ? anchor.code : ('INTERNAL_ERROR' as const) };
    const value = 'value' in reply ? reply.value : null;
    result[field.responseName] = value;
    if ('code' in reply) {
      omit(note, index);
      this.fail({ above: place, key: field.responseName }, reply.code);
    } else if (value === null) noteEmpty(note, index);
  }

  /** Places those rows of a list that may be seen, in register order; `first` counts them, not the others. */
  placeRows({ field, container, place, note, index, origin }: RowsPending, rows: readonly unknown[]): void {
    if (field.isList && isTooLong(rows, field.first?.(this.#variables))) {
      omit(note, index);
      this.fail(place, 'LIST_TOO_LONG');
    } else if (field.isList) this.#placeList(container, field, rows, note, index, origin, place);
    else if (rows.length > 0) this.#placeOne(container, field, rows[0], note, index, origin, place);
    else noteEmpty(note, index);
  }

  #buildRow(
    object: ObjectPlan,
    row: RecordValue,
    carrier: ObjectNote,
    origin: RecordOrigin,
    place: Place,
  ): Container {
    this.#count(object);
    const result = createContainer();
    const subject = rowSubjectOf(object, row, carrier.subject);
    const note = this.#recorder.note(subject, object.noted, [origin], carrier.caseId);
    for (let index = 0; index < object.fields.length; index++) {
      const field = object.fields[index];
      if (!field) continue;
      if (isUnread(field)) this.#placeUnread(result, field, place);
      else if (field.shape !== 'evaluated') {
        this.#placeValue(result, field, index, row[field.property], note, origin, place);
      }
    }
    return result;
  }

  #placeUnread(result: Container, field: UnreadField, above: Place): void {
    const place = { above, key: field.responseName };
    result[field.responseName] = field.shape === 'typename' ? field.typeName : null;
    if (field.shape === 'denied') this.deny(place, field.cuts);
    else if (field.shape === 'unsupported') this.fail(place, 'LOOKUP_UNSUPPORTED');
  }

  #placeValue(
    result: Container,
    field: Exclude<FieldPlan, UnreadField | { shape: 'evaluated' }>,
    index: number,
    value: unknown,
    note: ObjectNote,
    origin: RecordOrigin,
    above: Place,
  ): void {
    const { responseName } = field;
    const place: Place = { above, key: responseName };
    result[responseName] = null;
    // Before the value is looked at: an empty list must not be told from one whose persons cannot be decided on.
    if (field.shape === 'row' && field.namesUnfindable && this.#gatesRows) {
      omit(note, index);
      this.fail(place, 'LOOKUP_UNSUPPORTED');
      return;
    }
    if (value === null) {
      noteEmpty(note, index);
      return;
    }
    if (value === BROKEN || value === undefined) {
      omit(note, index);
      this.fail(place, 'SOURCE_CONTRACT_BROKEN');
      return;
    }
    const rows = field.isList ? (value as readonly unknown[]) : null;
    if (field.shape === 'leaf' && !rows) {
      this.#size.add(0, lengthOf(value));
      result[responseName] = value;
      return;
    }
    const first = field.shape === 'leaf' ? undefined : field.first?.(this.#variables);
    if (field.shape === 'row' && field.object.rowSubjects && this.#gatesRows) {
      // Their number is looked at once the hidden ones are gone: it would tell of them.
      this.queue.push({
        kind: 'rows',
        field,
        rows: rows ?? [value],
        container: result,
        place,
        note,
        index,
        origin,
      });
    } else if (rows && isTooLong(rows, first)) {
      omit(note, index);
      this.fail(place, 'LIST_TOO_LONG');
    } else if (field.shape === 'leaf') {
      if (rows?.length === 0) noteEmpty(note, index);
      result[responseName] = rows?.map((item, at) => this.#leafOf(item, { above: place, key: at }));
    } else if (rows) this.#placeList(result, field, rows, note, index, origin, place);
    else this.#placeOne(result, field, value, note, index, origin, place);
  }

  /** A value in a list of plain values. */
  #leafOf(item: unknown, place: Place): unknown {
    this.#size.add(1, lengthOf(item));
    if (item !== BROKEN) return item;
    this.fail(place, 'SOURCE_CONTRACT_BROKEN');
    return null;
  }

  #placeList(
    container: Container,
    field: Extract<FieldPlan, { shape: 'row' | 'link' }>,
    items: readonly unknown[],
    note: ObjectNote,
    fieldIndex: number,
    origin: RecordOrigin,
    place: Place,
  ): void {
    const first = field.first?.(this.#variables);
    const length = Math.min(first ?? items.length, items.length);
    // A caller that asks for no items is told nothing, not even whether there are any.
    if (first === 0) omit(note, fieldIndex);
    else if (length === 0) noteEmpty(note, fieldIndex);
    const list: unknown[] & Container = Array.from({ length }, () => null) as unknown[] & Container;
    container[place.key] = list;
    for (let position = 0; position < length; position++) {
      const at = { above: place, key: position };
      this.#placeOne(list, field, items[position], note, null, origin, at);
    }
  }

  #placeOne(
    container: Container,
    field: Extract<FieldPlan, { shape: 'row' | 'link' }>,
    value: unknown,
    note: ObjectNote,
    fieldIndex: number | null,
    origin: RecordOrigin,
    place: Place,
  ): void {
    if (value === BROKEN) {
      this.fail(place, 'SOURCE_CONTRACT_BROKEN');
    } else if (field.shape === 'row') {
      container[place.key] = this.#buildRow(field.object, value as RecordValue, note, origin, place);
    } else {
      this.queue.push({
        kind: 'entity',
        object: field.object,
        key: value as string,
        caseId: note.caseId,
        container,
        place,
        match: null,
        isVerified: false,
        inputs: NO_INPUTS,
        cameFrom: { note, field: fieldIndex },
        settled: null,
      });
    }
  }

  #count({ fields, nameCharacters }: ObjectPlan): void {
    this.#size.add(fields.length, nameCharacters);
  }

  /** Notes an error at a place. */
  fail(place: Place, code: ErrorCode, rule?: AnswerError['rule']): void {
    this.#fail(place, { code, coordinate: null, rule: rule ?? null });
  }

  /** Notes the cuts of a denied field, which is null at this place. */
  deny(place: Place, cuts: readonly Cut[]): void {
    for (const { code, coordinate, path } of cuts) {
      const at = path.reduce((above: Place, key) => ({ above, key }), place);
      this.#fail(at, { code, coordinate, rule: null });
    }
  }

  /** Paths are written out for errors only. */
  #fail(place: Place, error: Omit<AnswerError, 'path'>): void {
    this.#size.addError();
    const path: (string | number)[] = [];
    for (let at: Place | null = place; at; at = at.above) path.push(at.key);
    this.errors.push({ ...error, path: path.toReversed() });
  }
}

/** A field whose value is not looked for in a record. */
type UnreadField = Extract<FieldPlan, { shape: 'typename' | 'denied' | 'unsupported' }>;

function isUnread(field: FieldPlan): field is UnreadField {
  return field.shape === 'typename' || field.shape === 'denied' || field.shape === 'unsupported';
}

function isTooLong(rows: readonly unknown[], first: number | undefined): boolean {
  return rows.length > ROOT_LIMITS.listEntries.value && first === undefined;
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  // A scalar that is an object, such as a geometry.
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length : 8;
}

/** A verification is yes or no, never absent. */
const BROKEN_VERDICT = { code: 'SOURCE_CONTRACT_BROKEN', rule: null } as const;
const NO_ORIGIN: RecordOrigin = { register: 'none', upstreamId: null, age: 'live' };

function nothingFor(field: FieldPlan): null | readonly never[] {
  return 'isList' in field && field.isList ? [] : null;
}
