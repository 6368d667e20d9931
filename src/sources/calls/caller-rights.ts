import { LRUCache } from 'lru-cache';
import type { Refusal } from '../../cache/record-cache.ts';
import type { Limits } from '../../config/limits.ts';
import type { RegisterName } from '../../registers.ts';
import { recordName, type RecordKey } from '../records/record.ts';

export const CALLER_RIGHTS_LIMITS = {
  lifetime: {
    value: 600_000,
    unit: 'ms',
    why: 'An approval or a refusal holds for so long; then the register is asked about the caller anew.',
  },
  approvals: { value: 100_000, unit: 'approvals', why: 'More officers than ask in ten minutes.' },
  refusedRecords: {
    value: 100_000,
    unit: 'records',
    why: 'Refusals are rare: more records than registers refuse to anybody in ten minutes.',
  },
} as const satisfies Limits;

const NOBODY: readonly Refusal[] = Object.freeze([]);

/** The one name of a caller: two agencies may have officers of one account name. Client and purpose hold no space. */
export function callerName(client: string, purpose: string, officer: string): string {
  return `${client} ${purpose} ${officer}`;
}

/**
 * Remembers the registers' decisions about callers (client, purpose and account). The registers alone decide which
 * accounts may ask (errors 004 and 005), and about which records. A record that another officer's call left in
 * the cache must not answer an officer whom the register has never seen, nor one to whom it refused that very record.
 */
export class CallerRights {
  readonly #approved = new LRUCache<string, true>({
    max: CALLER_RIGHTS_LIMITS.approvals.value,
    ttl: CALLER_RIGHTS_LIMITS.lifetime.value,
  });
  /** By record: the callers to whom it is refused, with the time at which each refusal expires. */
  readonly #refused = new LRUCache<string, Map<string, number>>({
    max: CALLER_RIGHTS_LIMITS.refusedRecords.value,
  });
  readonly #now: () => number;

  /** `now` gives milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  of(client: string, purpose: string, officer: string): CallerRight {
    const caller = callerName(client, purpose, officer);
    const id = (register: RegisterName): string => `${register} ${caller}`;
    return {
      isApproved: (register) => this.#approved.has(id(register)),
      note: (register, isRefused) => {
        if (isRefused) this.#approved.delete(id(register));
        else this.#approved.set(id(register), true);
      },
      isRefused: (key) => this.#isRefused(recordName(key), caller),
      learn: (key, refusals) => {
        for (const one of refusals) this.#add(recordName(key), one.caller, one.until);
      },
    };
  }

  /** Forgets refusals of callers for whom the register was asked again, and now gave the record. */
  allow(key: RecordKey, callers: readonly string[]): void {
    const refused = this.#refused.get(recordName(key));
    if (refused) for (const caller of callers) refused.delete(caller);
  }

  /** Notes to which callers a register has just refused a record. */
  refuse(key: RecordKey, callers: readonly string[]): void {
    const until = this.#now() + CALLER_RIGHTS_LIMITS.lifetime.value;
    for (const caller of callers) this.#add(recordName(key), caller, until);
  }

  /** The refusals of a record that still hold: they go with the record into the cache, whoever has read it. */
  refusalsOf(key: RecordKey): readonly Refusal[] {
    const known = this.#refused.get(recordName(key));
    if (known === undefined || known.size === 0) return NOBODY;
    const now = this.#now();
    return Object.freeze(
      [...known].filter(([, until]) => until > now).map(([caller, until]) => ({ caller, until })),
    );
  }

  get hasRefusals(): boolean {
    return this.#refused.size > 0;
  }

  #isRefused(name: string, caller: string): boolean {
    if (this.#refused.size === 0) return false;
    const until = this.#refused.get(name)?.get(caller);
    return until !== undefined && until > this.#now();
  }

  #add(name: string, caller: string, until: number): void {
    if (until <= this.#now()) return;
    let callers = this.#refused.get(name);
    if (!callers) this.#refused.set(name, (callers = new Map()));
    callers.set(caller, Math.max(until, callers.get(caller) ?? 0));
  }
}

/** The registers' decisions about one caller, as one request sees them. */
export interface CallerRight {
  isApproved(register: RegisterName): boolean;
  note(register: RegisterName, isRefused: boolean): void;
  /** True while a refusal of this record holds. */
  isRefused(key: RecordKey): boolean;
  /** Takes over refusals that stand beside a cached record: another instance may have had them from the register. */
  learn(key: RecordKey, refusals: readonly Refusal[]): void;
}
