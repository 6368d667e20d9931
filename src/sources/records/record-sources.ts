import type { Limits } from '../../config/limits.ts';
import type { NoticedCache } from '../../cache/notices/noticed-cache.ts';
import { recordSubjects } from '../../cache/notices/record-subjects.ts';
import type { CacheEntry, CachedRecord, Refusal } from '../../cache/record-cache.ts';
import { CallGatherer, type CallObserver, type CallStart } from '../calls/call-gatherer.ts';
import type { BatchItem, Connector, FetchedRow } from '../calls/connector.ts';
import { callerName, CallerRights } from '../calls/caller-rights.ts';
import { createRecordReader, type RecordReader } from './record-reader.ts';
import type { RegisterName } from '../../registers.ts';
import { DEFAULT_REGISTERS } from '../default-registers.ts';
import { lookUpsOf, type LookUpOf } from '../look-ups.ts';
import type { RegisterDescriptor } from '../register-descriptor.ts';
import type { RecordKind } from './record.ts';
import type { RecordSharing } from './record-sharing.ts';

export const SOURCE_LIMITS = {
  callTimeout: {
    value: 2_000,
    unit: 'ms',
    why: 'A register that answers later is as good as down for a form.',
  },
  hopMargin: {
    value: 1_000,
    unit: 'ms',
    why: 'A hop takes two calls at most (a shared one that failed is repeated alone once); both wait in line before.',
  },
  staleRecords: {
    value: 3_600_000,
    unit: 'ms',
    why: 'A record is kept so long for the time when its register fails, where rights do not depend on it.',
  },
  gatherers: {
    value: 10_000,
    unit: 'gatherers',
    why: 'Idle ones are kept: one is small, and agreements are few.',
  },
} as const satisfies Limits;

export interface SourcesOptions {
  /** The default registers when absent. */
  readonly registers?: readonly RegisterDescriptor[];
  readonly connectors: Readonly<Record<RegisterName, Connector>>;
  /** Absent: as with batches. */
  readonly lookUpOf?: LookUpOf;
  readonly cache: NoticedCache | null;
  readonly isShared: boolean;
  readonly callTimeoutMs: number;
  readonly observer: CallObserver;
}

/**
 * The reader of records. Requests share calls only when they come from the same client under the same
 * agreement.
 */
export interface ReadContext {
  readonly agreement: string;
  readonly client: string;
  readonly purpose: string;
  readonly officer: string;
  readonly sharing: RecordSharing;
  readonly maxAgeMs: number | null;
  /** The age that the agreement accepts while a register fails; null: none beyond that. */
  readonly staleAgeMs: number | null;
  readonly deadlineAt: number;
}

export interface RecordSources {
  createReader(context: ReadContext): RecordReader;
  /** Whether old records of this register may stand in while it fails, where the agreement accepts them. */
  mayBeStale(register: RegisterName): boolean;
  close(): Promise<void>;
}

export function buildRecordSources(options: SourcesOptions): RecordSources {
  const rights = new CallerRights();
  const gatherers = new Map<string, CallGatherer>();
  const lifetimes = lifetimesOf(options.registers ?? DEFAULT_REGISTERS);
  const lookUpOf = options.lookUpOf ?? lookUpsOf(options.registers ?? DEFAULT_REGISTERS, true);

  const remember = (
    rows: readonly FetchedRow[],
    items: readonly BatchItem[],
    call: CallStart,
    { client, purpose }: Pick<ReadContext, 'client' | 'purpose'>,
  ): void => {
    if (!options.cache || rows.length === 0) return;
    const nameOf = (officer: string): string => callerName(client, purpose, officer);
    if (rights.hasRefusals) {
      for (const item of items)
        rights.allow(
          item,
          item.askers.map(({ officer }) => nameOf(officer)),
        );
    }
    for (const row of rows) if (row.refused.length > 0) rights.refuse(row, row.refused.map(nameOf));
    const entries = rows.flatMap((row) =>
      // Absent may mean that a name did not fit: only the next caller's own factor can say so again.
      lookUpOf(row.kind) === 'key'
        ? cacheEntryOf(row, lifetimes.get(row.kind)?.keptMs, call, rights.refusalsOf(row))
        : [],
    );
    if (entries.length > 0) options.cache.setMany(entries);
  };

  const gathererOf = (
    register: RegisterName,
    { agreement, client, purpose, sharing }: ReadContext,
  ): CallGatherer => {
    const id = `${register} ${agreement} ${client} ${sharing}`;
    let gatherer = gatherers.get(id);
    if (!gatherer) {
      const connector = options.connectors[register];
      if (!connector) throw new Error(`no connector to the register ${register}`);
      if (gatherers.size >= SOURCE_LIMITS.gatherers.value) gatherers.clear();
      gatherer = new CallGatherer({
        connector,
        client,
        purpose,
        timeoutMs: options.callTimeoutMs,
        // A call that names one officer cannot be made in the name of two.
        isShared: options.isShared && sharing === 'shared' && connector.maxItems > 1,
        remember:
          sharing === 'alone'
            ? () => {}
            : (rows, items, call) => remember(rows, items, call, { client, purpose }),
        observer: options.observer,
        mark: () => options.cache?.mark() ?? null,
      });
      gatherers.set(id, gatherer);
    }
    return gatherer;
  };

  const stale = new Set(
    (options.registers ?? DEFAULT_REGISTERS).flatMap(({ name, mayBeStale }) => (mayBeStale ? [name] : [])),
  );
  return {
    mayBeStale: (register) => options.cache !== null && stale.has(register),
    createReader: (context) =>
      createRecordReader({
        cache: context.sharing === 'shared' ? options.cache : null,
        gathererOf: (register) => gathererOf(register, context),
        lookUpOf,
        officer: context.officer,
        agesOf(kind) {
          const life = lifetimes.get(kind);
          if (!life) return { ageMs: 0, staleAgeMs: 0 };
          const ageMs = Math.min(context.maxAgeMs ?? life.freshMs, life.freshMs);
          return { ageMs, staleAgeMs: Math.min(context.staleAgeMs ?? 0, life.staleMs) };
        },
        right:
          context.sharing === 'alone' ? null : rights.of(context.client, context.purpose, context.officer),
        deadlineAt: context.deadlineAt,
        longestHopMs: 2 * options.callTimeoutMs + SOURCE_LIMITS.hopMargin.value,
      }),
    async close() {
      await Promise.all(Object.values(options.connectors).map((connector) => connector.close()));
      await options.cache?.close();
    },
  };
}

/** Milliseconds for which a record is fresh, may stand in while its register fails, and is kept. */
interface RecordLife {
  readonly freshMs: number;
  readonly staleMs: number;
  readonly keptMs: number;
}

function lifetimesOf(registers: readonly RegisterDescriptor[]): ReadonlyMap<RecordKind, RecordLife> {
  const lifetimes = new Map<RecordKind, RecordLife>();
  for (const { recordKinds, mayBeStale } of registers) {
    const staleMs = mayBeStale ? SOURCE_LIMITS.staleRecords.value : 0;
    for (const [kind, { value: freshMs }] of Object.entries(recordKinds)) {
      lifetimes.set(kind as RecordKind, { freshMs, staleMs, keptMs: Math.max(freshMs, staleMs) });
    }
  }
  return lifetimes;
}

const KEPT_SPOILT: RecordKind = 'civil-status.events';

function cacheEntryOf(
  { kind, key, outcome }: FetchedRow,
  ttlMs: number | undefined,
  { upstreamId: call, askedAt: fetchedAt, mark }: CallStart,
  refused: readonly Refusal[],
): readonly CacheEntry[] {
  // An absent record, and one with a value that cannot be read, is kept as long as a found one: how soon the register is
  // asked again must not tell them apart. Of the rows that are broken as a whole only that one is kept which the rules may do
  // without (row-gate.ts).
  if (outcome.state === 'broken' && kind !== KEPT_SPOILT) return [];
  if (ttlMs === undefined || mark === null) return [];
  const found =
    outcome.state === 'found'
      ? { state: 'found' as const, value: outcome.value, asOf: outcome.asOf }
      : { state: outcome.state, value: null, asOf: null };
  const subjects = recordSubjects(key, found.value);
  const record: CachedRecord = { ...found, fetchedAt, call, refused, mark, subjects };
  return [{ kind, key, ttlMs, record }];
}
