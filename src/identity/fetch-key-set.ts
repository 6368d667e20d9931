import type { Limits } from '../config/limits.ts';
import type { FetchKeySet } from './key-set.ts';

/** Bounds of one fetch of the key set. */
export const KEY_SET_FETCH_LIMITS = {
  timeout: { value: 3_000, unit: 'ms', why: 'Requests wait for the first key set.' },
  size: {
    value: 262_144,
    unit: 'bytes',
    why: 'A key set has a few kilobytes; a longer reply is no key set.',
  },
} as const satisfies Limits;

/**
 * Fetches a JWK set (RFC 7517) over HTTP without following redirects, bounded in time and size. jose's own fetch does
 * not bound the size of a reply. A fetch is rare, so the slower built-in one is used.
 */
export function fetchKeySet(url: string): FetchKeySet {
  return async () => {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(KEY_SET_FETCH_LIMITS.timeout.value),
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200 || !response.body) throw new Error('no key set');
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.byteLength;
      if (bytes > KEY_SET_FETCH_LIMITS.size.value) throw new Error('key set too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  };
}
