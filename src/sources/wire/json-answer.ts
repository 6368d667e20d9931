import { GatewayError } from '../../errors.ts';
import { NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { WireResponse } from '../calls/transport.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a register's answer. Throws SOURCE_UNAVAILABLE for an error status, SOURCE_CONTRACT_BROKEN for no object. */
export function readJsonAnswer(response: WireResponse): JsonObject {
  requireSuccess(response);
  let value: unknown;
  try {
    value = JSON.parse(response.body);
  } catch {
    // The parser's own message quotes the body: it goes nowhere, not even as a cause.
    throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  }
  if (!isJsonObject(value)) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return value;
}

/** Redirects are not followed: a register's address comes from configuration only. */
export function requireSuccess(response: WireResponse): void {
  if (response.status < 200 || response.status > 299) throw new GatewayError('SOURCE_UNAVAILABLE');
}

export function requireList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return value;
}

/** The register's own date of its data: null where it states none, SOURCE_CONTRACT_BROKEN where it states nonsense. */
export function readAsOf(raw: unknown, read: (raw: unknown) => string | undefined): string | null {
  if (raw === undefined) return null;
  const asOf = read(raw);
  if (asOf === undefined) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return asOf;
}

/** Accounts of a refusal list; undefined where it cannot be read, since then nobody knows who is refused. */
export function readRefused(raw: unknown, accountName: string): readonly string[] | undefined {
  if (raw === undefined) return NOBODY_REFUSED;
  if (!Array.isArray(raw)) return undefined;
  const refused: string[] = [];
  for (const refusal of raw) {
    const account: unknown = isJsonObject(refusal) ? refusal[accountName] : undefined;
    if (typeof account !== 'string' || account === '') return undefined;
    refused.push(account);
  }
  return refused.length === 0 ? NOBODY_REFUSED : Object.freeze(refused);
}
