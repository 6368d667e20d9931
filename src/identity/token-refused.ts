import { GatewayError } from '../errors.ts';

/**
 * Why a token was refused, for the operator alone: metric label and log line. The list is closed, so a flood of forged
 * tokens cannot make labels grow. The caller learns the code only.
 */
export const TOKEN_FAULTS = [
  'absent',
  'malformed',
  'header',
  'critical-header',
  'type',
  'algorithm',
  'key-unknown',
  'signature',
  'issuer',
  'audience',
  'time',
  'lifetime',
  'not-yet-valid',
  'claims',
  'expired',
  'client-unknown',
  'scope',
  'subject',
  'actor',
] as const;

/** One reason of the list. */
export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** A token that is missing, expired or not valid. Its message names no reason. */
export class TokenRefused extends GatewayError {
  override readonly name = 'TokenRefused';
  readonly fault: TokenFault;

  constructor(fault: TokenFault) {
    super(fault === 'expired' ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED');
    this.fault = fault;
  }
}
