import type { Limits } from '../../config/limits.ts';
import { LRUCache } from 'lru-cache';
import type { RegisterName } from '../../registers.ts';

export const APPROVAL_LIMITS = {
  lifetime: { value: 600_000, unit: 'ms', why: 'After so long a register is asked about an officer anew.' },
  approvals: { value: 100_000, unit: 'approvals', why: 'More officers than ask in ten minutes.' },
} as const satisfies Limits;

/**
 * Officers whom a register answered lately without refusing them. The register alone decides which accounts may
 * ask (its errors 004 and 005): a record that another officer's call left in the cache must not answer an
 * officer whom the register has never seen.
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

/** The approvals of one officer, as one request sees them. */
export interface OfficerApproval {
  has(register: RegisterName): boolean;
  note(register: RegisterName, isRefused: boolean): void;
}
