import type { FillMark } from '../../cache/record-cache.ts';
import type { Limits } from '../../config/limits.ts';
import { GatewayError, type ErrorCode } from '../../errors.ts';
import type { Asker, BatchItem, Connector, FetchedBatch, FetchedRow } from './connector.ts';
import { recordName, type RecordKey } from '../records/record.ts';
import { nextUpstreamId } from './upstream-id.ts';

/** Takes rows as a register answered them, for the cache, with the items that were asked for by themselves. */
export type RowSink = (rows: readonly FetchedRow[], items: readonly BatchItem[], call: CallStart) => void;

/** The call that gave rows, as it was when it left. */
export interface CallStart {
  readonly upstreamId: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  /** The change notices that were known then; null where nothing is cached. */
  readonly mark: FillMark | null;
}

export interface CallObserver {
  /** `outcome` is OK or an error code; durations in milliseconds. */
  call(register: string, outcome: 'OK' | ErrorCode, milliseconds: number, items: number): void;
  strayRows(register: string, count: number): void;
  /** Records with a code of protection that this release does not know. */
  unknownProtection(register: string, count: number): void;
}

/** Hands one request its own rows of a gathered call, and the records that came along with them. */
export type RowsForTicket = (rows: readonly FetchedRow[], upstreamId: string) => void;

/** A request that waits for keys. */
export interface WaitingRequest {
  readonly officer: string;
  readonly onRows: RowsForTicket;
  readonly onFault: (keys: readonly RecordKey[], code: ErrorCode) => void;
  /** Called before a call leaves that names this request. */
  readonly onCall: (upstreamId: string) => void;
  /** True once the request waits no longer: its entries are written, and no further call may name it. */
  readonly isOver: () => boolean;
}

interface Ticket extends WaitingRequest {
  remaining: number;
  readonly done: () => void;
}

interface GatheredItem extends Omit<BatchItem, 'askers'> {
  readonly askers: Asker[];
  readonly waiting: { readonly ticket: Ticket; readonly askers: readonly Asker[] }[];
}

export interface GathererOptions {
  readonly connector: Connector;
  readonly client: string;
  readonly purpose: string;
  readonly timeoutMs: number;
  /** When it is false, every request makes its own calls. */
  readonly isShared: boolean;
  readonly remember: RowSink;
  readonly observer: CallObserver;
  readonly mark: () => FillMark | null;
}

export const GATHERING_LIMITS = {
  callsUnderWay: {
    value: 2,
    unit: 'calls',
    why: 'With so many calls of one agreement under way, further keys wait for one to return and share the next.',
  },
  longestWait: { value: 4, unit: 'ms', why: 'A stuck call must not hold up those who come later.' },
  timeoutsInARow: {
    value: 2,
    unit: 'timeouts',
    why: 'One key may make single calls time out; more in a row, with no answer between, are the register hanging.',
  },
} as const satisfies Limits;

/**
 * The calls to one register under one agreement. Keys of concurrent requests travel in one call; each item
 * names every (officer, dossier) that waits for it, so that the register's own log stays true. A key that has
 * left cannot be joined: its call can no longer name the newcomer.
 */
export class CallGatherer {
  readonly #options: GathererOptions;
  #gathered = new Map<string, GatheredItem>();
  #callsUnderWay = 0;
  #timeoutsInARow = 0;
  #isScheduled = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: GathererOptions) {
    this.#options = options;
  }

  /**
   * Settles when every key has its row or its fault, and never rejects. It stays pending for a request that is
   * over.
   */
  fetch(keys: readonly BatchItem[], request: WaitingRequest): Promise<void> {
    return new Promise((resolve) => {
      const ticket: Ticket = { ...request, remaining: keys.length, done: resolve };
      if (!this.#options.isShared) {
        this.#sendAlone(keys, ticket);
        return;
      }
      for (const item of keys) this.#gather(item, ticket);
      this.#schedule();
    });
  }

  /** Items of one kind and key are the same, also in their factor, which the key of a verification names. */
  #gather({ askers, ...key }: BatchItem, ticket: Ticket): void {
    const id = recordName(key);
    const item = this.#gathered.get(id);
    if (!item) {
      this.#gathered.set(id, { ...key, askers: [...askers], waiting: [{ ticket, askers }] });
      return;
    }
    item.waiting.push({ ticket, askers });
    for (const asker of askers) addAsker(item.askers, asker);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#gathered.size === 0) return;
    if (this.#callsUnderWay >= GATHERING_LIMITS.callsUnderWay.value) {
      this.#timer ??= setTimeout(() => this.#dispatch(), GATHERING_LIMITS.longestWait.value);
      return;
    }
    this.#isScheduled = true;
    setImmediate(() => this.#dispatch());
  }

  #dispatch(): void {
    this.#isScheduled = false;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered.size === 0) return;
    const items = stillWanted([...this.#gathered.values()]);
    this.#gathered = new Map();
    this.#send(items);
  }

  #send(items: readonly GatheredItem[]): void {
    const { maxItems } = this.#options.connector;
    for (let from = 0; from < items.length; from += maxItems) {
      void this.#call(items.slice(from, from + maxItems));
    }
  }

  /** Makes one request's own calls, without the bookkeeping of shared ones. */
  #sendAlone(items: readonly BatchItem[], ticket: Ticket): void {
    const { maxItems } = this.#options.connector;
    for (let from = 0; from < items.length; from += maxItems) {
      void this.#callAlone(items.length <= maxItems ? items : items.slice(from, from + maxItems), ticket);
    }
  }

  async #callAlone(items: readonly BatchItem[], ticket: Ticket): Promise<void> {
    const requestId = nextUpstreamId();
    ticket.onCall(requestId);
    try {
      const batch = await this.#fetch(items, requestId);
      ticket.onRows(batch.rows, requestId);
      if (batch.primed.length > 0) ticket.onRows(batch.primed, requestId);
    } catch (error) {
      ticket.onFault(items, codeOf(error));
    }
    settle(ticket, items.length);
  }

  /** Makes one exchange with the register; it is measured, and its rows go to the cache. */
  async #fetch(items: readonly BatchItem[], requestId: string): Promise<FetchedBatch> {
    const { connector, client, purpose, timeoutMs, remember, observer } = this.#options;
    const startedAt = performance.now();
    const start: CallStart = { upstreamId: requestId, askedAt: Date.now(), mark: this.#options.mark() };
    try {
      const batch = await connector.fetch(items, { requestId, client, purpose, timeoutMs });
      observer.call(connector.register, 'OK', performance.now() - startedAt, items.length);
      if (batch.strayRows > 0) observer.strayRows(connector.register, batch.strayRows);
      const unknown = batch.rows.filter(
        ({ outcome }) => outcome.state === 'found' && outcome.hasUnknownProtection,
      ).length;
      if (unknown > 0) observer.unknownProtection(connector.register, unknown);
      remember(batch.rows, items, start);
      if (batch.primed.length > 0) remember(batch.primed, [], start);
      this.#timeoutsInARow = 0;
      return batch;
    } catch (error) {
      if (codeOf(error) === 'SOURCE_TIMEOUT') this.#timeoutsInARow += 1;
      observer.call(connector.register, codeOf(error), performance.now() - startedAt, items.length);
      throw error;
    }
  }

  async #call(items: readonly GatheredItem[]): Promise<void> {
    const requestId = nextUpstreamId();
    this.#callsUnderWay += 1;
    const tickets = new Set(items.flatMap(({ waiting }) => waiting.map(({ ticket }) => ticket)));
    for (const ticket of tickets) ticket.onCall(requestId);
    try {
      const batch = await this.#fetch(items, requestId);
      deliver(items, batch.rows, batch.primed, requestId);
    } catch (error) {
      const code = codeOf(error);
      // Somebody else's key may have broken or held up the shared answer: each request then asks once more, alone;
      // but not of a register that is evidently hanging, which twice the calls and the wait would not help.
      const isHanging =
        code === 'SOURCE_TIMEOUT' && this.#timeoutsInARow > GATHERING_LIMITS.timeoutsInARow.value;
      if (tickets.size > 1 && !isHanging && code !== 'OVERLOADED') this.#askAlone(items, tickets);
      else fail(items, code);
    } finally {
      this.#callsUnderWay -= 1;
      this.#schedule();
    }
  }

  #askAlone(items: readonly GatheredItem[], tickets: ReadonlySet<Ticket>): void {
    for (const ticket of tickets) {
      if (ticket.isOver()) continue;
      const own = items.flatMap(({ waiting, ...key }) =>
        waiting.flatMap((one) => (one.ticket === ticket ? [{ ...key, askers: one.askers }] : [])),
      );
      this.#sendAlone(own, ticket);
    }
  }
}

/** The items for which a request still waits, without the askers of requests that are over. */
function stillWanted(items: readonly GatheredItem[]): readonly GatheredItem[] {
  if (!items.some(({ waiting }) => waiting.some(({ ticket }) => ticket.isOver()))) return items;
  return items.flatMap(({ waiting: all, ...key }) => {
    const waiting = all.filter(({ ticket }) => !ticket.isOver());
    const askers: Asker[] = [];
    for (const one of waiting) for (const asker of one.askers) addAsker(askers, asker);
    return waiting.length === 0 ? [] : [{ ...key, askers, waiting }];
  });
}

function addAsker(askers: Asker[], { officer, dossier }: Asker): void {
  if (!askers.some((other) => other.officer === officer && other.dossier === dossier)) {
    askers.push({ officer, dossier });
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof GatewayError ? error.code : 'INTERNAL_ERROR';
}

function deliver(
  items: readonly GatheredItem[],
  rows: readonly FetchedRow[],
  primed: readonly FetchedRow[],
  requestId: string,
): void {
  const rowOf = new Map(rows.map((row) => [recordName(row), row]));
  const rowFor = ({ kind, key }: RecordKey): FetchedRow =>
    rowOf.get(recordName({ kind, key })) ?? { kind, key, outcome: { state: 'broken' }, refused: [] };
  for (const [ticket, own] of byTicket(items, rowFor)) {
    ticket.onRows(primed.length === 0 ? own : [...own, ...primedFor(own, primed, ticket.officer)], requestId);
    settle(ticket, own.length);
  }
}

/** A record that came along belongs to the requests whose own rows name it; a refused row names nothing. */
function primedFor(
  own: readonly FetchedRow[],
  primed: readonly FetchedRow[],
  officer: string,
): readonly FetchedRow[] {
  const named = new Set<string>();
  const nameAll = (row: FetchedRow): void => {
    if (row.outcome.state !== 'found' || row.refused.includes(officer)) return;
    for (const value of Object.values(row.outcome.value)) {
      if (!Array.isArray(value)) continue;
      for (const entry of value) if (typeof entry === 'string') named.add(entry);
    }
  };
  own.forEach(nameAll);
  if (named.size === 0) return [];
  return primed.filter((row) => named.has(row.key));
}

function fail(items: readonly GatheredItem[], code: ErrorCode): void {
  for (const [ticket, keys] of byTicket<RecordKey>(items, (item) => item)) {
    ticket.onFault(keys, code);
    settle(ticket, keys.length);
  }
}

/** Groups parts of the items by the requests that wait for them. */
function byTicket<T>(
  items: readonly GatheredItem[],
  part: (item: GatheredItem) => T,
): ReadonlyMap<Ticket, readonly T[]> {
  const parts = new Map<Ticket, T[]>();
  for (const item of items) {
    const own = part(item);
    for (const { ticket } of item.waiting) {
      const known = parts.get(ticket);
      if (known) known.push(own);
      else parts.set(ticket, [own]);
    }
  }
  return parts;
}

function settle(ticket: Ticket, count: number): void {
  ticket.remaining -= count;
  if (ticket.remaining <= 0) ticket.done();
}
