import { asList, isJsonObject, isLeftOutOfJson, parseJson, type JsonObject } from './json-values.ts';
import { GatewayError } from '../../errors.ts';
import { NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { WireResponse } from '../calls/transport.ts';
import { readDay } from './value-readers.ts';

/** The object in a register's answer. Throws SOURCE_UNAVAILABLE for an error status, SOURCE_CONTRACT_BROKEN for no object. */
export function readJsonAnswer(response: WireResponse): JsonObject {
  requireSuccess(response);
  const value = parseJson(response.body);
  if (!isJsonObject(value)) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return value;
}

/** True where an error that a register states says that it holds nothing under the key. Any other error must not pass for absence. */
export function saysNotFound(message: unknown): boolean {
  return typeof message === 'string' && message.normalize('NFC').toLowerCase().includes('không tìm thấy');
}

/** Redirects are not followed: a register's address comes from configuration only. */
export function requireSuccess(response: WireResponse): void {
  if (response.status < 200 || response.status > 299) throw new GatewayError('SOURCE_UNAVAILABLE');
}

export function requireList(value: unknown): readonly unknown[] {
  // A missing list of rows is no empty one: an answer without rows must not pass for absence.
  const list = value === null || value === '' ? undefined : asList(value);
  if (list === undefined) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return list;
}

/** The register's own date of its data: null where it states none, SOURCE_CONTRACT_BROKEN where it states nonsense. */
export function readAsOf(raw: unknown): string | null {
  if (isLeftOutOfJson(raw)) return null;
  const asOf = readDay(raw);
  if (asOf === undefined) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return asOf;
}

/** Accounts of a refusal list; undefined where it cannot be read, since then nobody knows who is refused. */
export function readRefused(raw: unknown, accountName: string): readonly string[] | undefined {
  if (raw === undefined) return NOBODY_REFUSED;
  const refusals = asList(raw);
  if (refusals === undefined) return undefined;
  const refused: string[] = [];
  for (const refusal of refusals) {
    const account: unknown = isJsonObject(refusal) ? refusal[accountName] : undefined;
    if (typeof account !== 'string' || account === '') return undefined;
    refused.push(account);
  }
  return refused.length === 0 ? NOBODY_REFUSED : Object.freeze(refused);
}
