import type { Limits } from '../../config/limits.ts';
import { LRUCache } from 'lru-cache';
import type { RegisterName } from '../../registers.ts';

export const APPROVAL_LIMITS = {
  lifetime: { value: 600_000, unit: 'ms', why: 'After so long a register is asked about an officer anew.' },
  approvals: { value: 100_000, unit: 'approvals', why: 'More officers than ask in ten minutes.' },
} as const satisfies Limits;

/**
 * Officers whom a register has lately answered without refusing. Whether an account may ask is the register's to say
 * (004, 005): a record that somebody else's call left in the cache must not answer an officer whom it never saw.
 */
export class OfficerApprovals {
  readonly #approved = new LRUCache<string, true>({
    max: APPROVAL_LIMITS.approvals.value,
    ttl: APPROVAL_LIMITS.lifetime.value,
  });

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
