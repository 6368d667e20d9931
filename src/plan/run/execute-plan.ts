import type { Limits } from '../../config/limits.ts';
import { subjectText } from '../../log-format/subject-text.ts';
import type { DisclosureRecorder } from '../../disclosure/disclosure-recorder.ts';
import { noteEmpty, omit } from '../../disclosure/object-note.ts';
import { NO_SUBJECT, type Subject } from '../../disclosure/subject.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';
import { mergeInputs, NO_INPUTS } from '../../policy/row-rules/rule-inputs.ts';
import { BROKEN, registerOf, type RecordKind, type RecordValue } from '../../sources/records/record.ts';
import type { RecordReader } from '../../sources/records/record-reader.ts';
import type { RecordSlot } from '../../sources/records/record-slot.ts';
import { AnswerBuilder } from './answer-builder.ts';
import type { AnswerSize } from './answer-size.ts';
import { fitMatch, MISMATCH } from './fit-match.ts';
import { isTurnOver, nextTurn } from './loop-turns.ts';
import {
  createContainer,
  subjectOf,
  type EntityPending,
  type Pending,
  type RowsPending,
  type SlotFault,
} from './pending.ts';
import type { AnswerError, FieldPlan, ObjectPlan } from '../compile/plan.ts';
import type { Evaluations, RefusedEvaluations } from '../rows/evaluations.ts';
import type { RootRequest } from '../roots/root-requests.ts';
import { UNKNOWN_PERSON, type RowGate, type RowVerdict } from '../rows/row-gate.ts';
import { isUntellable, rowSubjectOf } from '../rows/row-subject.ts';
import { RootStarter } from './root-starter.ts';

export interface Execution {
  readonly reader: RecordReader;
  readonly variables: Variables;
  readonly recorder: DisclosureRecorder;
  readonly gate: RowGate;
  readonly evaluations: Evaluations;
  readonly size: AnswerSize;
  /** Built in slices, between which others are answered. */
  readonly isLarge?: boolean;
}

export interface Answer {
  /** The answer's data; null where a denied root may not be null itself. */
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly AnswerError[];
  /** Somebody or something asked for is not there, or may not be seen. */
  readonly hasAbsence: boolean;
  /** Entities that joins led to, found or not. */
  readonly joined: number;
}

export const ROW_LIMITS = {
  rowsPerList: {
    value: 1_000,
    unit: 'rows',
    why: 'Persons of one list that are looked up at all; no register has so many.',
  },
} as const satisfies Limits;

/**
 * Runs a plan hop by hop: everything whose records are there is built, the keys found on the way gather, and each
 * register is asked once for the hop. Keys come from records, never from the answer under construction. Nobody is
 * placed, and nothing more is asked about them, before the gate's verdict.
 */
export async function executePlan(requests: readonly RootRequest[], execution: Execution): Promise<Answer> {
  return new PlanRun(execution).run(requests);
}

class PlanRun {
  readonly #reader: RecordReader;
  readonly #recorder: DisclosureRecorder;
  readonly #gate: RowGate;
  readonly #evaluations: Evaluations;
  readonly #isLarge: boolean;
  readonly #builder: AnswerBuilder;
  readonly #starter: RootStarter;
  #hasAbsence = false;
  #joined = 0;

  constructor({ reader, variables, recorder, gate, evaluations, size, isLarge = false }: Execution) {
    this.#isLarge = isLarge;
    this.#reader = reader;
    this.#recorder = recorder;
    this.#gate = gate;
    this.#evaluations = evaluations;
    this.#builder = new AnswerBuilder(size, variables, recorder, evaluations, !gate.isOpen);
    this.#starter = new RootStarter(size, this.#builder, recorder);
  }

  async run(asked: readonly RootRequest[]): Promise<Answer> {
    const data = createContainer();
    // A denied root that may not be null makes the whole answer null: then nothing is read, and nothing disclosed.
    const isNull = asked.some(({ plan }) => plan.shape === 'denied' && !plan.isNullable);
    for (const request of asked) {
      if (!isNull || request.plan.shape === 'denied') this.#starter.start(data, request);
      else this.#starter.recordDenied(request);
    }
    if (this.#builder.queue.length > 0) this.#gate.readAhead();
    for (;;) {
      const waiting: Pending[] = [];
      const { queue } = this.#builder;
      // The queue grows while it is worked off: what is there already needs no hop.
      for (let index = 0; index < queue.length; index++) {
        const pending = queue[index];
        if (!pending) continue;
        if (this.#isLarge && isTurnOver()) await nextTurn();
        if (!this.#advance(pending)) waiting.push(pending);
        else if (pending.kind === 'entity' && pending.cameFrom) this.#joined += 1;
      }
      if (waiting.length === 0) break;
      this.#builder.queue = waiting;
      await Promise.all([this.#reader.readHop(), this.#evaluations.settle()]);
    }
    return {
      data: isNull ? null : data,
      errors: this.#builder.errors,
      hasAbsence: this.#hasAbsence,
      joined: this.#joined,
    };
  }

  /** True once it stands in the answer, or is known not to. */
  #advance(pending: Pending): boolean {
    return pending.kind === 'entity' ? this.#advanceEntity(pending) : this.#advanceRows(pending);
  }

  #advanceEntity(pending: EntityPending): boolean {
    const { object, key, caseId } = pending;
    const subject = subjectOf(object, key);
    if (pending.isVerified && this.#gate.isOpen) return this.#advanceVerified(pending, subject);
    if (pending.match) {
      const isAdmitted = this.#evaluations.admitsFactor(subjectText(subject), caseId, pending.match);
      const fits = fitMatch(this.#reader, this.#gate, this.#evaluations, pending, pending.match);
      if (fits.state === 'waiting' || isAdmitted === undefined) return false;
      // Past the limit of attempts the answer is the same as for an unknown person.
      if (!isAdmitted) return this.#settle(pending, subject, MISMATCH);
      if (fits.state !== 'fits') return this.#settle(pending, subject, fits);
      pending.match = null;
      pending.inputs = fits.inputs;
    }
    if (subject.kind === 'person') {
      const verdict = this.#gate.decide(key, caseId);
      if (verdict.state === 'waiting') return false;
      if (verdict.state !== 'visible') return this.#settle(pending, subject, verdict);
      pending.inputs = mergeInputs(pending.inputs, verdict.inputs);
    }
    const refused = this.#evaluations.refusedOf(object, subjectText(subject), caseId);
    if (!refused) return false;
    const slots = this.#readSlots(object, key, caseId, refused);
    if (!slots || !this.#readDeaths(object, slots, caseId, refused)) return false;
    const [anchor] = slots;
    const [anchorKind] = object.records;
    if (!anchor || anchor.state === 'absent') {
      const { inputs } = anchorKind === 'population.person' ? UNKNOWN_PERSON : pending;
      return this.#settle(pending, subject, { state: 'absent', inputs });
    }
    if (pending.container) {
      const about = subject.kind === 'none' ? (pending.cameFrom?.note.subject ?? NO_SUBJECT) : subject;
      pending.container[pending.place.key] = this.#builder.buildEntity(
        object,
        slots,
        about,
        caseId,
        pending.place,
        refused,
      );
    }
    if (anchor.state === 'found' && object.existence !== null) {
      this.#recorder.exists(subject, object.existence, anchor.origin);
    }
    if (anchor.state === 'fault') pending.settled?.('failed', anchor.code, null, pending.inputs);
    else pending.settled?.('disclosed', null, null, pending.inputs);
    return true;
  }

  /** Asks the register itself, where neither a rule nor another field reads the record: then that never arrives. */
  #advanceVerified(pending: EntityPending, subject: Subject): boolean {
    const { object, key, caseId, container, place } = pending;
    const refused = this.#evaluations.refusedOf(object, subjectText(subject), caseId);
    if (!refused) return false;
    const verdict = refused.size > 0 ? refusedVerdict(refused) : this.#readVerdict(object, key, caseId);
    if (!verdict) return false;
    if (container) {
      container[place.key] = this.#builder.buildVerified(object, verdict, subject, caseId, place);
    }
    if (verdict.state === 'fault') pending.settled?.('failed', verdict.code, null, pending.inputs);
    else pending.settled?.('disclosed', null, null, pending.inputs);
    return true;
  }

  #readVerdict({ fields, verified }: ObjectPlan, key: string, caseId: string): RecordSlot | undefined {
    const field = fields[verified ?? -1];
    const asked = field?.shape === 'evaluated' ? this.#evaluations.verificationOf(field, key) : null;
    if (!asked) throw new Error('nothing to verify');
    const slot = this.#reader.get(asked.kind, asked.key);
    if (slot) return slot;
    this.#reader.learnFactor(asked.key, asked.factor);
    this.#reader.want(asked.kind, asked.key, caseId);
    return undefined;
  }

  /** Reads who has died of those on whom an evaluation depends (a spouse); false while any record is missing. */
  #readDeaths(
    { evaluated, fields }: EntityPending['object'],
    slots: readonly (RecordSlot | null)[],
    caseId: string,
    refused: RefusedEvaluations,
  ): boolean {
    let isWaiting = false;
    for (const index of evaluated) {
      const field = fields[index];
      if (field?.shape !== 'evaluated' || refused.has(index)) continue;
      const slot = slots[field.record];
      for (const personalId of field.evaluation.kin?.(slot?.state === 'found' ? slot.value : null) ?? []) {
        const death = this.#gate.deathOf(personalId, caseId);
        if (death === 'waiting') isWaiting = true;
        else if (death !== undefined) this.#evaluations.noteDeath(personalId, death);
      }
    }
    return !isWaiting;
  }

  /** All records that the object's fields read, but for refused evaluations; null while any is missing. */
  #readSlots(
    { records, nothingFor, fields }: EntityPending['object'],
    key: string,
    caseId: string,
    refused: RefusedEvaluations,
  ): readonly (RecordSlot | null)[] | null {
    let isWaiting = false;
    const slots = records.map((kind, record): RecordSlot | null => {
      const isNeeded = (field: FieldPlan, index: number): boolean =>
        'record' in field && field.record === record && !refused.has(index);
      if (refused.size > 0 && record > 0 && !fields.some(isNeeded)) return null;
      if (nothingFor[record]?.(key)) return this.#nothingBeside(records[0] ?? kind, key);
      const slot = this.#reader.get(kind, key);
      if (slot) return slot;
      this.#reader.want(kind, key, caseId);
      isWaiting = true;
      return null;
    });
    return isWaiting ? null : slots;
  }

  /**
   * The slot of a register that is not asked, since it holds nothing under such a key. The record that the key names stands
   * behind it: the access log must not state a call that nobody made.
   */
  #nothingBeside(anchor: RecordKind, key: string): RecordSlot {
    const slot = this.#reader.get(anchor, key);
    if (slot?.state === 'found') return { state: 'absent', origin: slot.origin };
    return { state: 'absent', origin: { register: registerOf(anchor), upstreamId: null, age: 'live' } };
  }

  /** Ends an entity that is absent, hidden or failed. To the caller absent and hidden are the same; the log tells them apart. */
  #settle(
    pending: EntityPending,
    subject: Subject,
    verdict: Exclude<RowVerdict, { state: 'waiting' | 'visible' }>,
  ): true {
    const { cameFrom } = pending;
    if (typeof cameFrom?.field === 'number') {
      const strike = verdict.state === 'fault' ? omit : noteEmpty;
      strike(cameFrom.note, cameFrom.field);
    }
    if (verdict.state === 'fault') {
      if (pending.container) this.#builder.fail(pending.place, verdict.code, verdict.rule);
      pending.settled?.('failed', verdict.code, null, verdict.inputs ?? NO_INPUTS);
      return true;
    }
    this.#hasAbsence = true;
    if (pending.container) pending.container[pending.place.key] = null;
    const rule = verdict.state === 'denied' ? verdict.rule : null;
    const { inputs } = verdict;
    if (pending.settled) pending.settled(rule === null ? 'not-found' : 'denied', null, rule, inputs);
    else this.#recordHidden(subject, rule, pending.caseId, inputs);
    return true;
  }

  #advanceRows(pending: RowsPending): boolean {
    const { field, note } = pending;
    const visible: unknown[] = [];
    const hidden: { readonly subject: Subject; readonly rule: RowRuleName; readonly inputs: string }[] = [];
    let isWaiting = false;
    let fault: SlotFault | null = null;
    for (const row of pending.rows.slice(0, ROW_LIMITS.rowsPerList.value)) {
      const subject =
        row === BROKEN ? NO_SUBJECT : rowSubjectOf(field.object, row as RecordValue, note.subject);
      const verdict = subject.kind === 'person' ? this.#gate.decide(subject.key, note.caseId) : null;
      if (verdict === null) visible.push(tellable(field.object, row));
      else if (verdict.state === 'waiting') isWaiting = true;
      else if (verdict.state === 'visible') visible.push(row);
      else if (verdict.state === 'fault') fault = verdict;
      else {
        const rule = verdict.state === 'denied' ? verdict.rule : 'unknown-person';
        hidden.push({ subject, rule, inputs: verdict.inputs });
      }
    }
    if (isWaiting) return false;
    if (fault) {
      // Who may be seen cannot be told now, and a part of a list would pass for all of it.
      omit(note, pending.index);
      this.#builder.fail(pending.place, fault.code, fault.rule);
      return true;
    }
    if (hidden.length > 0) this.#hasAbsence = true;
    for (const { subject, rule, inputs } of hidden) this.#recordHidden(subject, rule, note.caseId, inputs);
    this.#builder.placeRows(pending, visible);
    return true;
  }

  #recordHidden(subject: Subject, rule: RowRuleName | null, caseId: string, inputs: string): void {
    if (subject.kind !== 'none') {
      this.#recorder.asked(subject, rule === null ? 'not-found' : 'denied', rule, caseId, inputs);
    }
  }
}

function refusedVerdict(refused: RefusedEvaluations): RecordSlot {
  const [code = 'EVALUATIONS_EXCEEDED'] = refused.values();
  return { state: 'fault', code, rule: null };
}

function tellable(object: RowsPending['field']['object'], row: unknown): unknown {
  return row === BROKEN || isUntellable(object, row as RecordValue) ? BROKEN : row;
}
