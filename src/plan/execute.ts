import { omit, type DisclosureRecorder } from '../disclosure/disclosure-recorder.ts';
import { NO_SUBJECT } from '../disclosure/subject.ts';
import type { Variables } from '../operation/normalise.ts';
import type { RecordReader } from '../sources/record-reader.ts';
import type { RecordSlot } from '../sources/record-slot.ts';
import { AnswerBuilder } from './answer-builder.ts';
import { fitMatch } from './fit-match.ts';
import { createContainer, subjectOf, type Pending, type SlotFault } from './pending.ts';
import type { AnswerError } from './plan.ts';
import type { RootRequest } from './root-requests.ts';
import { RootStarter } from './start-roots.ts';

export interface Execution {
  readonly reader: RecordReader;
  readonly variables: Variables;
  readonly recorder: DisclosureRecorder;
}

export interface Answer {
  /** Null where a denied root may not be null itself. */
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly AnswerError[];
}

/**
 * Runs a plan hop by hop: everything whose records are there is built, the keys found on the way gather, and each
 * register is asked once for the hop. Keys come from records, never from the answer under construction.
 */
export async function executePlan(requests: readonly RootRequest[], execution: Execution): Promise<Answer> {
  return new PlanRun(execution).run(requests);
}

class PlanRun {
  readonly #reader: RecordReader;
  readonly #builder: AnswerBuilder;
  readonly #starter: RootStarter;

  constructor({ reader, variables, recorder }: Execution) {
    this.#reader = reader;
    this.#builder = new AnswerBuilder(variables, recorder);
    this.#starter = new RootStarter(this.#builder, recorder);
  }

  async run(asked: readonly RootRequest[]): Promise<Answer> {
    const data = createContainer();
    // A denied root that may not be null makes the whole answer null: then nothing is read, and nothing disclosed.
    const isNull = asked.some(({ plan }) => plan.shape === 'denied' && !plan.isNullable);
    const requests = isNull ? asked.filter(({ plan }) => plan.shape === 'denied') : asked;
    for (const request of requests) this.#starter.start(data, request);
    for (;;) {
      const waiting: Pending[] = [];
      const { queue } = this.#builder;
      // The queue grows while it is worked off: an entity whose records are there already needs no hop.
      for (let index = 0; index < queue.length; index++) {
        const pending = queue[index];
        if (pending && !this.#advance(pending)) waiting.push(pending);
      }
      if (waiting.length === 0) break;
      this.#builder.queue = waiting;
      await this.#reader.readHop();
    }
    return { data: isNull ? null : data, errors: this.#builder.errors };
  }

  /** True once the entity stands in the answer, or is known to be absent. */
  #advance(pending: Pending): boolean {
    const { object, key } = pending;
    if (pending.match) {
      const fits = fitMatch(this.#reader, pending, pending.match);
      if (fits === 'waiting') return false;
      if (fits !== 'fits') {
        this.#settle(pending, fits);
        return true;
      }
      pending.match = null;
    }
    const slots: RecordSlot[] = [];
    for (const kind of object.records) {
      const slot = this.#reader.get(kind, key);
      if (slot) slots.push(slot);
      else this.#reader.want(kind, key);
    }
    if (slots.length < object.records.length) return false;
    const anchor = slots[0];
    if (!anchor || anchor.state === 'absent') {
      this.#settle(pending, 'not-found');
      return true;
    }
    const subject = subjectOf(object, key);
    if (pending.container) {
      pending.container[pending.place.key] = this.#builder.buildEntity(
        object,
        slots,
        subject.kind === 'none' ? (pending.cameFrom?.note.subject ?? NO_SUBJECT) : subject,
        pending.place,
      );
    }
    if (anchor.state === 'fault') pending.settled?.('failed', anchor.code);
    else pending.settled?.('disclosed', null);
    return true;
  }

  #settle(pending: Pending, outcome: 'not-found' | SlotFault): void {
    if (outcome === 'not-found') {
      if (pending.container) pending.container[pending.place.key] = null;
      if (typeof pending.cameFrom?.field === 'number') omit(pending.cameFrom.note, pending.cameFrom.field);
      pending.settled?.('not-found', null);
      return;
    }
    if (pending.container) this.#builder.fail(pending.place, outcome.code, outcome.rule);
    pending.settled?.('failed', outcome.code);
  }
}
