import {
  omit,
  type DisclosureRecorder,
  type ObjectNote,
  type RecordOrigin,
} from '../disclosure/disclosure-recorder.ts';
import type { Subject } from '../disclosure/subject.ts';
import { GatewayError, type ErrorCode } from '../errors.ts';
import { ANSWER_LIMITS } from '../operation/limits.ts';
import type { Variables } from '../operation/normalise.ts';
import { BROKEN, type RecordValue } from '../sources/record.ts';
import type { RecordSlot } from '../sources/record-slot.ts';
import { createContainer, type Container, type Pending, type Place } from './pending.ts';
import type { AnswerError, FieldPlan, ObjectPlan } from './plan.ts';
import { LONGEST_LIST } from './root-requests.ts';

/** Places records' values into one answer, and notes what that discloses about whom. Throws OPERATION_TOO_LARGE past ANSWER_LIMITS. */
export class AnswerBuilder {
  readonly errors: AnswerError[] = [];
  /** Entities found by links, still to be read. */
  queue: Pending[] = [];
  #values = 0;
  readonly #variables: Variables;
  readonly #recorder: DisclosureRecorder;

  constructor(variables: Variables, recorder: DisclosureRecorder) {
    this.#variables = variables;
    this.#recorder = recorder;
  }

  /** Builds an entity whose records are there; links found on the way join the queue. */
  buildEntity(object: ObjectPlan, slots: readonly RecordSlot[], subject: Subject, place: Place): Container {
    this.#count(object);
    const origins = slots.map((slot) => (slot.state === 'fault' ? NO_ORIGIN : slot.origin));
    const result = createContainer();
    const note = this.#recorder.note(subject, object.noted, origins);
    for (let index = 0; index < object.fields.length; index++) {
      const field = object.fields[index];
      if (!field) continue;
      if (field.shape === 'typename' || field.shape === 'denied') {
        this.#place(result, field, place, field.shape === 'typename' ? field.typeName : null);
        continue;
      }
      const slot = slots[field.record];
      if (!slot || slot.state === 'fault') {
        result[field.responseName] = null;
        omit(note, index);
        this.fail({ above: place, key: field.responseName }, slot?.code ?? 'INTERNAL_ERROR', slot?.rule);
      } else {
        // A register that has nothing about an existing subject: no entries, or none of the single kind.
        const value = slot.state === 'found' ? slot.value[field.property] : nothingFor(field);
        this.#placeValue(result, field, index, value, note, slot.origin, place);
      }
    }
    return result;
  }

  #buildRow(
    object: ObjectPlan,
    row: RecordValue,
    carrier: Subject,
    origin: RecordOrigin,
    place: Place,
  ): Container {
    this.#count(object);
    const result = createContainer();
    const note = this.#recorder.note(rowSubjectOf(object, row, carrier), object.noted, [origin]);
    for (let index = 0; index < object.fields.length; index++) {
      const field = object.fields[index];
      if (!field) continue;
      if (field.shape === 'typename' || field.shape === 'denied') {
        this.#place(result, field, place, field.shape === 'typename' ? field.typeName : null);
      } else {
        this.#placeValue(result, field, index, row[field.property], note, origin, place);
      }
    }
    return result;
  }

  #place(
    result: Container,
    field: Extract<FieldPlan, { shape: 'typename' | 'denied' }>,
    place: Place,
    value: string | null,
  ): void {
    result[field.responseName] = value;
    if (field.shape === 'denied') this.fail({ above: place, key: field.responseName }, field.code);
  }

  #placeValue(
    result: Container,
    field: Exclude<FieldPlan, { shape: 'typename' | 'denied' }>,
    index: number,
    value: unknown,
    note: ObjectNote,
    origin: RecordOrigin,
    above: Place,
  ): void {
    const { responseName } = field;
    const place: Place = { above, key: responseName };
    result[responseName] = null;
    if (value === null) {
      omit(note, index);
      return;
    }
    if (value === BROKEN || value === undefined) {
      omit(note, index);
      this.fail(place, 'SOURCE_CONTRACT_BROKEN');
      return;
    }
    if (field.shape === 'leaf') {
      result[responseName] = value;
      return;
    }
    if (!field.isList) {
      this.#placeOne(result, responseName, field, value, note, index, origin, place);
      return;
    }
    const items = value as readonly unknown[];
    const first = field.first?.(this.#variables);
    if (first === undefined && items.length > LONGEST_LIST) {
      omit(note, index);
      this.fail(place, 'LIST_TOO_LONG');
      return;
    }
    const length = Math.min(first ?? items.length, items.length);
    const list: unknown[] & Container = Array.from({ length }, () => null) as unknown[] & Container;
    result[responseName] = list;
    for (let position = 0; position < length; position++) {
      this.#placeOne(list, position, field, items[position], note, null, origin, {
        above: place,
        key: position,
      });
    }
  }

  #placeOne(
    container: Container,
    slot: string | number,
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
      container[slot] = this.#buildRow(field.object, value as RecordValue, note.subject, origin, place);
    } else {
      this.queue.push({
        object: field.object,
        key: value as string,
        container,
        place,
        match: null,
        cameFrom: { note, field: fieldIndex },
        settled: null,
      });
    }
  }

  #count({ fields }: ObjectPlan): void {
    this.#values += fields.length;
    if (this.#values > ANSWER_LIMITS.values) throw new GatewayError('OPERATION_TOO_LARGE');
  }

  /** Notes an error; paths are written out for errors only. */
  fail(place: Place, code: ErrorCode, rule?: string | null): void {
    if (this.errors.length === ANSWER_LIMITS.errors) throw new GatewayError('OPERATION_TOO_LARGE');
    const path: (string | number)[] = [];
    for (let at: Place | null = place; at; at = at.above) path.push(at.key);
    this.errors.push({ code, path: path.toReversed(), rule: rule ?? null });
  }
}

const NO_ORIGIN: RecordOrigin = { register: 'none', isCached: false, upstreamId: null };

function nothingFor(field: FieldPlan): null | readonly never[] {
  return 'isList' in field && field.isList ? [] : null;
}

function rowSubjectOf({ rowSubjects }: ObjectPlan, row: RecordValue, carrier: Subject): Subject {
  if (!rowSubjects) return carrier;
  for (const [property, kindOf] of rowSubjects) {
    const key = row[property];
    if (typeof key === 'string') return { kind: kindOf(key), key };
  }
  return { kind: 'unidentified', key: carrier.key };
}
