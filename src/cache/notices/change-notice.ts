import type { KeyObject } from 'node:crypto';
import { compactVerify, errors } from 'jose';
import { z } from 'zod';
import type { Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';
import type { RegisterName } from '../../registers.ts';

/** Bounds of one notice, and of the notices that are being read. */
export const NOTICE_LIMITS = {
  keys: {
    value: 1_000,
    unit: 'keys',
    why: 'Records that one notice names; a register sends more of them as several notices.',
  },
  keyLength: { value: 128, unit: 'characters', why: 'Longer than every key that a register has.' },
  underWay: {
    value: 32,
    unit: 'notices',
    why: 'Bodies that are read at once. One more cuts off the slowest: anybody can send, and must not keep registers out.',
  },
} as const satisfies Limits;

/** The kinds of change. The first three change rights, and go before the last. */
export const CHANGES = ['PROTECTION', 'DEATH', 'GUARDIANSHIP', 'CHANGED'] as const;

const claims = z.object({
  jti: z.string().min(1).max(128),
  /** Each register counts its notices to this gateway from 1 on, without a gap. */
  seq: z.int().positive(),
  kind: z.string(),
  keys: z.array(z.string().min(1).max(NOTICE_LIMITS.keyLength.value)).min(1).max(NOTICE_LIMITS.keys.value),
  change: z.enum(CHANGES),
});

/** A register's notice that records have changed: every record about these subjects is to be read anew. */
export type ChangeNotice = z.infer<typeof claims> & { readonly register: RegisterName };

/** The register by whose keys a notice is verified. */
export interface NoticeSender {
  readonly register: RegisterName;
  /** Public keys on the curve P-256; any of them verifies, so that they rotate. Nothing verifies where there is none. */
  readonly keys: readonly KeyObject[];
  /** The register's own kinds of record: it cannot give notice of another's. */
  readonly kinds: ReadonlySet<string>;
}

/**
 * Reads a notice: a compact JWS (RFC 7515), ES256 alone. Rejects with UNAUTHENTICATED where no key of the register verifies it,
 * and with BAD_REQUEST where its claims are malformed.
 */
export async function readNotice(text: string, sender: NoticeSender): Promise<ChangeNotice> {
  const payload = await verifiedPayload(text.trim(), sender.keys);
  const parsed = claims.safeParse(jsonOf(payload));
  if (!parsed.success || !sender.kinds.has(parsed.data.kind)) {
    throw new GatewayError('BAD_REQUEST', { message: 'The claims of the notice are malformed.' });
  }
  return { ...parsed.data, register: sender.register };
}

async function verifiedPayload(jws: string, keys: readonly KeyObject[]): Promise<Uint8Array> {
  for (const key of keys) {
    try {
      return (await compactVerify(jws, key, { algorithms: ['ES256'] })).payload;
    } catch (error) {
      // Another key may have signed it; every other fault is one with all keys.
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw new GatewayError('UNAUTHENTICATED', { message: 'The signature of the notice is not valid.' });
}

function jsonOf(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
