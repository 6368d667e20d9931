import type { CachedRecord, RecordCache } from '../../cache/record-cache.ts';
import { ageClassOf } from '../../disclosure/age-class.ts';
import type { RecordOrigin } from '../../disclosure/object-note.ts';
import { GatewayError, type ErrorCode } from '../../errors.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type { Asker, BatchItem } from '../calls/connector.ts';
import type { CallGatherer } from '../calls/call-gatherer.ts';
import { CALL_RATE_LIMITS } from '../calls/call-rate.ts';
import { isInTime } from '../calls/in-time.ts';
import { BY_KEY, type LookUpOf } from '../look-ups.ts';
import type { RegisterName } from '../../registers.ts';
import { recordName, registerOf, type RecordKey, type RecordKind, type RecordValue } from './record.ts';
import { RecordLoaders } from './record-loaders.ts';
import type { CallerRight } from '../calls/caller-rights.ts';
import { datedOrigin, REFUSED, slotOfRow, type RecordSlot } from './record-slot.ts';

/**
 * The records that one request reads. `want` gathers the keys of a hop until `readHop` fetches them, one call a
 * register.
 */
export interface RecordReader {
  get(kind: RecordKind, key: string): RecordSlot | undefined;
  /** `dossier`: the case in whose name the register is asked, as its own log will say. */
  want(kind: RecordKind, key: string, dossier: string, accepts?: 'spoilt-too'): void;
  /**
   * Takes a person's full name and birth date as the caller states them, for registers that find nobody by the personal id alone.
   * It counts for look-ups that are wanted later.
   */
  learnFactor(personalId: string, factor: MatchFactor): void;
  /**
   * Wants a record anew of its register, and gives true, if its slot is one that was spoilt when it was last read and came
   * from the cache because `spoilt-too` was accepted.
   */
  renewSpoilt(kind: RecordKind, key: string, dossier: string): boolean;
  /**
   * Settles when every wanted key has a slot. Past the deadline a missing record is SOURCE_TIMEOUT. Rejects with OVERLOADED alone,
   * where a register's rate is used up: that refuses the request as a whole.
   */
  readHop(): Promise<void>;
  /** The calls made for this request, failed ones too, by the id under which the register logged them. */
  calls(): readonly UpstreamReference[];
  /** The registers whose records were wanted, and whether each gave what it was asked for. */
  registers(): ReadonlyMap<RegisterName, RegisterState>;
}

/** `UNAVAILABLE`: at least one look-up failed, so that something may be missing. */
export type RegisterState = 'OK' | 'UNAVAILABLE';

export interface UpstreamReference {
  readonly register: RegisterName;
  readonly requestId: string;
}

export interface ReaderOptions {
  readonly cache: RecordCache | null;
  readonly gathererOf: (register: RegisterName) => CallGatherer;
  /** Absent: every record is found by its key. */
  readonly lookUpOf?: LookUpOf;
  readonly officer: string;
  /** By kind: a cached record that is older is read anew, and one up to the other age stands in while its register fails. */
  readonly agesOf: (kind: RecordKind) => { readonly ageMs: number; readonly staleAgeMs: number };
  /** The registers' decisions about this caller; null where the request shares nothing. */
  readonly right: CallerRight | null;
  /** A time on the clock of `performance.now()`. */
  readonly deadlineAt: number;
  /** The longest time that a hop can take, whatever happens to its calls. */
  readonly longestHopMs: number;
}

/** Reads for one request: one slot a record, found in the cache or by the hop's calls. */
export function createRecordReader(options: ReaderOptions): RecordReader {
  const { cache, gathererOf, officer, agesOf, right, deadlineAt, longestHopMs } = options;
  const lookUpOf = options.lookUpOf ?? BY_KEY;
  const factors = new Map<string, Map<string, MatchFactor>>();
  const slots = new Map<RecordKind, Map<string, RecordSlot>>();
  const made: UpstreamReference[] = [];
  const noted = new Map<RegisterName, boolean>();
  const states = new Map<RegisterName, RegisterState>();
  const standIns = new Map<string, RecordSlot>();
  let wanted = new Map<string, Wanted>();
  const askersOf = createAskers(officer);
  let isOver = false;
  let isOverloaded = false;

  const put = (kind: RecordKind, key: string, slot: RecordSlot): void => {
    let ofKind = slots.get(kind);
    if (!ofKind) slots.set(kind, (ofKind = new Map()));
    const known = ofKind.get(key);
    // The first answer stands: one operation never sees two versions of a record. Where it was asked with several factors, in one
    // hop, the answer to the one that fits stands; where one failed nobody knows whether it would have.
    const isBetter = known && lookUpOf(kind) === 'factors' && rankOf(slot) > rankOf(known);
    if (!known || isBetter) ofKind.set(key, slot);
  };

  const fetchFrom = (register: RegisterName, keys: readonly BatchItem[]): Promise<void> => {
    let isRefused = false;
    const asked = new Set(keys.map(recordName));
    return gathererOf(register).fetch(keys, {
      officer,
      onRows: (rows, upstreamId) => {
        for (const row of rows) {
          const slot = slotOfRow(row, officer, upstreamId);
          if (slot === REFUSED) isRefused = true;
          // A record that came along says nothing about a refusal of that record itself.
          else if (right?.isRefused(row) && !asked.has(recordName(row))) continue;
          put(row.kind, row.key, slot);
        }
        // Once a request is enough, unless a later row is refused after all.
        if (rows.length > 0 && noted.get(register) !== isRefused) {
          noted.set(register, isRefused);
          right?.note(register, isRefused);
        }
      },
      onFault: (failed, code) => {
        states.set(register, 'UNAVAILABLE');
        if (code === 'OVERLOADED') isOverloaded = true;
        for (const one of failed) put(one.kind, one.key, standIns.get(recordName(one)) ?? fault(code));
      },
      onCall: (requestId) => made.push({ register, requestId }),
      isOver: () => isOver,
    });
  };

  const loaders = new RecordLoaders(fetchFrom);

  /** Gives false when time ran out; nothing more is asked in this request's name then. */
  const fetchAll = async (keys: readonly BatchItem[], patience: number): Promise<boolean> => {
    const calls = loaders.loadHop(keys);
    // Calls end by themselves; only a late hop needs a clock of its own.
    if (patience <= longestHopMs) return isInTime(calls, patience);
    await calls;
    return true;
  };

  const readFromCache = async (keys: readonly Wanted[]): Promise<readonly Wanted[]> => {
    if (!cache || !right) return keys;
    const now = Date.now();
    const answer = cache.getMany(keys);
    const hits = answer instanceof Promise ? await answer : answer;
    return keys.filter(({ kind, key, acceptsSpoilt }, index) => {
      const hit = hits[index];
      // Another gateway may have kept it: from a cache it would come without the factor, and sooner than nobody's.
      if (lookUpOf(kind) !== 'key') return true;
      if (!hit || (hit.state === 'broken' && !acceptsSpoilt)) return true;
      const age = now - hit.fetchedAt;
      const { ageMs, staleAgeMs } = agesOf(kind);
      if (age > ageMs && age > staleAgeMs) return true;
      if (hit.refused.length > 0) right.learn({ kind, key }, hit.refused);
      const isRefused = right.isRefused({ kind, key });
      if (!isRefused && !right.isApproved(registerOf(kind))) return true;
      const slot = isRefused ? REFUSED : slotOfCached(kind, hit, now);
      if (age > ageMs) {
        standIns.set(recordName({ kind, key }), slot);
        return true;
      }
      put(kind, key, slot);
      return false;
    });
  };

  /** Puts a fault in the record's place at once, without a call, where no operation finds it with what is known. */
  const canAsk = (kind: RecordKind, key: string): boolean => {
    const lookUp = lookUpOf(kind);
    if (lookUp === 'key' || (lookUp === 'factors' && factors.has(key))) return true;
    put(kind, key, fault('LOOKUP_UNSUPPORTED'));
    return false;
  };

  /** One item a factor, where the register asks for one. */
  const withFactors = (item: Wanted): readonly BatchItem[] =>
    lookUpOf(item.kind) === 'factors'
      ? [...(factors.get(item.key)?.values() ?? [])].map((factor) => ({ ...item, factor }))
      : [item];

  const want: RecordReader['want'] = (kind, key, dossier, accepts) => {
    if (!canAsk(kind, key)) return;
    const id = recordName({ kind, key });
    const acceptsSpoilt = accepts === 'spoilt-too';
    const known = wanted.get(id);
    if (!known) {
      wanted.set(id, { kind, key, acceptsSpoilt, askers: askersOf(dossier) });
      return;
    }
    known.acceptsSpoilt &&= acceptsSpoilt;
    if (!known.askers.some((asker) => asker.dossier === dossier)) {
      known.askers = [...known.askers, ...askersOf(dossier)];
    }
  };

  return {
    get: (kind, key) => slots.get(kind)?.get(key),
    want,
    learnFactor(personalId, factor) {
      const known = factors.get(personalId) ?? new Map<string, MatchFactor>();
      // Another spelling of a name is another question to a register.
      factors.set(personalId, known.set(`${factor.birthDate} ${factor.fullName}`, factor));
    },
    renewSpoilt(kind, key, dossier) {
      if (slots.get(kind)?.get(key) !== SPOILT) return false;
      slots.get(kind)?.delete(key);
      want(kind, key, dossier);
      return true;
    },
    calls: () => made,
    registers: () => states,
    async readHop() {
      const keys = [...wanted.values()];
      wanted = new Map();
      for (const { kind } of keys) if (!states.has(registerOf(kind))) states.set(registerOf(kind), 'OK');
      const misses = await readFromCache(keys);
      if (misses.length === 0) return;
      const patience = deadlineAt - performance.now();
      if (patience > 0 && !isOver)
        isOver = !(await fetchAll(factors.size === 0 ? misses : misses.flatMap(withFactors), patience));
      if (isOverloaded) {
        throw new GatewayError('OVERLOADED', { retryAfterSeconds: CALL_RATE_LIMITS.retryAfter.value });
      }
      for (const { kind, key } of misses) {
        if (slots.get(kind)?.has(key)) continue;
        states.set(registerOf(kind), 'UNAVAILABLE');
        put(kind, key, standIns.get(recordName({ kind, key })) ?? fault('SOURCE_TIMEOUT'));
      }
    },
  };
}

interface Wanted extends RecordKey {
  askers: readonly Asker[];
  acceptsSpoilt: boolean;
}

function rankOf({ state }: RecordSlot): number {
  return state === 'found' ? 2 : state === 'fault' ? 1 : 0;
}

/** Stands for a row that was broken when it was read last. */
const SPOILT: RecordSlot = { state: 'fault', code: 'SOURCE_CONTRACT_BROKEN', rule: null };

/** Gives the askers of a dossier; all its keys share one list. */
function createAskers(officer: string): (dossier: string) => readonly Asker[] {
  const known = new Map<string, readonly Asker[]>();
  return (dossier) => {
    let askers = known.get(dossier);
    if (!askers) known.set(dossier, (askers = [{ officer, dossier }]));
    return askers;
  };
}

function slotOfCached(kind: RecordKind, hit: CachedRecord, now: number): RecordSlot {
  const age = ageClassOf(now - hit.fetchedAt);
  const origin: RecordOrigin = { register: registerOf(kind), upstreamId: hit.call, age };
  switch (hit.state) {
    case 'found':
      return { state: 'found', value: hit.value as RecordValue, origin: datedOrigin(origin, hit.asOf) };
    case 'absent':
      return { state: 'absent', origin };
    case 'broken':
      return SPOILT;
  }
}

function fault(code: ErrorCode): RecordSlot {
  return { state: 'fault', code, rule: null };
}
