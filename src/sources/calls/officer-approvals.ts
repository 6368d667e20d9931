import { LRUCache } from 'lru-cache';
import type { RegisterName } from '../../registers.ts';

/** After so long an officer's rights are asked of the register anew. */
const APPROVAL_LIVES_MS = 600_000;
const MAX_APPROVALS = 100_000;

/**
 * Officers whom a register has lately answered without refusing. Whether an account may ask is the register's to say
 * (004, 005): a record that somebody else's call left in the cache must not answer an officer whom it never saw.
 */
export class OfficerApprovals {
  readonly #approved = new LRUCache<string, true>({ max: MAX_APPROVALS, ttl: APPROVAL_LIVES_MS });

  of(client: string, purpose: string, officer: string): OfficerApproval {
    const id = (register: RegisterName): string => `${register} ${client} ${purpose} ${officer}`;
    return {
      has: (register) => this.#approved.has(id(register)),
      note: (register, isRefused) => {
        if (isRefused) this.#approved.delete(id(register));
        else this.#approved.set(id(register), true);
      },
    };
  }
}

/** One officer's approvals, for one request. */
export interface OfficerApproval {
  has(register: RegisterName): boolean;
  note(register: RegisterName, isRefused: boolean): void;
}
