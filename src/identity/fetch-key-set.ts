import type { FetchKeySet } from './key-set.ts';

const TIMEOUT_MS = 3_000;
const MAX_BYTES = 256 * 1_024;

/** Fetches a JWK set over HTTP: no redirects, bounded in time and size. Rare, so the built-in fetch will do. */
export function fetchKeySet(url: string): FetchKeySet {
  return async () => {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200 || !response.body) throw new Error('no key set');
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) throw new Error('key set too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  };
}
