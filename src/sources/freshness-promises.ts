import { NOTICE_BUS_LIMITS } from '../cache/notices/redis-notice-bus.ts';
import type { RegisterDescriptor } from './register-descriptor.ts';
import { SOURCE_LIMITS } from './records/record-sources.ts';
import type { RecordKind } from './records/record.ts';

/** How old a record can be in an answer, in milliseconds. */
export interface FreshnessPromise {
  readonly kind: RecordKind;
  /** This is the age where the register gives no notice; an agreement may accept less. */
  readonly oldestMs: number;
  /** This is the time after an acknowledged notice of the register, on every instance. */
  readonly afterNoticeMs: number;
  /** This is the age while the register fails and the agreement accepts old records; 0: none older than otherwise. */
  readonly oldestInFaultMs: number;
}

/** The promise for each kind of record; it follows from the limits that are in force, and no list is kept by hand. */
export function freshnessPromises(registers: readonly RegisterDescriptor[]): readonly FreshnessPromise[] {
  return registers.flatMap(({ recordKinds, mayBeStale }) =>
    Object.entries(recordKinds).map(([kind, { value }]) => ({
      kind: kind as RecordKind,
      oldestMs: value,
      afterNoticeMs: NOTICE_BUS_LIMITS.heartbeat.value,
      oldestInFaultMs: mayBeStale ? SOURCE_LIMITS.staleRecords.value : 0,
    })),
  );
}
