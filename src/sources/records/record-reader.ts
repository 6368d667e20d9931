import type { CachedRecord, RecordCache } from '../../cache/record-cache.ts';
import { ageClassOf } from '../../disclosure/age-class.ts';
import type { RecordOrigin } from '../../disclosure/object-note.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Asker, BatchItem } from '../calls/connector.ts';
import type { CallGatherer } from '../calls/call-gatherer.ts';
import { isInTime } from '../calls/in-time.ts';
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
   * Wants a record anew of its register, and gives true, if its slot is one that was spoilt when it was last read and came
   * from the cache because `spoilt-too` was accepted.
   */
  renewSpoilt(kind: RecordKind, key: string, dossier: string): boolean;
  /**
   * Settles when every wanted key has a slot, and never rejects. Past the deadline a missing record is
   * SOURCE_TIMEOUT.
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
  const slots = new Map<RecordKind, Map<string, RecordSlot>>();
  const made: UpstreamReference[] = [];
  const noted = new Map<RegisterName, boolean>();
  const states = new Map<RegisterName, RegisterState>();
  const standIns = new Map<string, RecordSlot>();
  let wanted = new Map<string, Wanted>();
  const askersOf = createAskers(officer);
  let isOver = false;

  const put = (kind: RecordKind, key: string, slot: RecordSlot): void => {
    let ofKind = slots.get(kind);
    if (!ofKind) slots.set(kind, (ofKind = new Map()));
    // The first answer stands: one operation never sees two versions of a record.
    if (!ofKind.has(key)) ofKind.set(key, slot);
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

  const want: RecordReader['want'] = (kind, key, dossier, accepts) => {
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
      if (patience > 0 && !isOver) isOver = !(await fetchAll(misses, patience));
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
