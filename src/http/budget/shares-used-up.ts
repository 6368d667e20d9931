import type { Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';

export const RETRY_LIMITS = {
  retryAfter: { value: 1, unit: 's', why: 'A place comes back within about a second.' },
} as const satisfies Limits;

/** The whole, or a register's share of it, is used up. */
export function overloaded(): GatewayError {
  return new GatewayError('OVERLOADED', { retryAfterSeconds: RETRY_LIMITS.retryAfter.value });
}

/** The caller's own share is used up. */
export function shareUsedUp(): GatewayError {
  return new GatewayError('QUOTA_EXCEEDED', {
    retryAfterSeconds: RETRY_LIMITS.retryAfter.value,
    message: 'The share of this caller is used up: too many requests, or too large ones, are in progress.',
  });
}
