import type { DisclosureRecorder } from '../../disclosure/disclosure-recorder.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import type { RecordReader, RegisterState } from '../../sources/records/record-reader.ts';

/** One register that was asked for an answer, as `extensions.sources` has it. */
export interface AnswerSource {
  readonly register: string;
  /** Oldest day of the register's data in the answer, `yyyy-mm-dd`; null where it states none, or nothing of it is told. */
  readonly asOf: string | null;
  readonly freshness: Freshness;
  readonly state: RegisterState;
}

/**
 * `LIVE`: the agreement takes no record out of a cache; `FRESH`: it takes one within the accepted age; `STALE`: the register failed, and
 * the agreement accepts older ones then, whether one was there or not.
 */
export type Freshness = 'LIVE' | 'FRESH' | 'STALE';

/** Follows from the agreement and the caller alone: a cache hit would tell that somebody else has asked. */
export function freshnessOf({ kind }: Principal, { recordAgeSeconds, withheldDays }: Agreement): Freshness {
  return kind === 'citizen' || withheldDays !== null || recordAgeSeconds === 0 ? 'LIVE' : 'FRESH';
}

/** Whether old records may stand in while their register fails: never for callers who take nothing out of a cache. */
export function acceptsStale({ kind }: Principal, { staleAgeSeconds, withheldDays }: Agreement): boolean {
  return kind !== 'citizen' && withheldDays === null && staleAgeSeconds !== null;
}

/** Lists the registers of an answer, in the order in which they were asked first. */
export function sourcesOf(
  reader: Pick<RecordReader, 'registers'>,
  recorder: Pick<DisclosureRecorder, 'datesOfData'>,
  freshness: Freshness,
  mayBeStale: (register: string) => boolean,
): readonly AnswerSource[] {
  const dates = recorder.datesOfData();
  return [...reader.registers()].map(([register, state]) => ({
    register,
    asOf: dates.get(register) ?? null,
    freshness: state === 'UNAVAILABLE' && mayBeStale(register) ? 'STALE' : freshness,
    state,
  }));
}
