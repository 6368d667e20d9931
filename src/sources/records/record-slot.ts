import type { RecordOrigin } from '../../disclosure/object-note.ts';
import type { ErrorCode } from '../../errors.ts';
import type { FetchedRow } from '../calls/connector.ts';
import { registerOf, type RecordValue } from './record.ts';

/** The result of one look-up, for one request. */
export type RecordSlot =
  | { readonly state: 'found'; readonly value: RecordValue; readonly origin: RecordOrigin }
  | { readonly state: 'absent'; readonly origin: RecordOrigin }
  | { readonly state: 'fault'; readonly code: ErrorCode; readonly rule: 'register-refusal' | null };

/** The origin of a record with the register's date, where it states one. */
export function datedOrigin(origin: RecordOrigin, asOf: string | null): RecordOrigin {
  return asOf === null ? origin : { ...origin, asOf };
}

/** Gives the slot of a fetched row for one officer: a register's refusal applies to that officer alone. */
export function slotOfRow(row: FetchedRow, officer: string, upstreamId: string): RecordSlot {
  if (row.refused.includes(officer)) return REFUSED;
  const { outcome } = row;
  if (outcome.state === 'broken') return { state: 'fault', code: 'SOURCE_CONTRACT_BROKEN', rule: null };
  const origin: RecordOrigin = { register: registerOf(row.kind), upstreamId, age: 'live' };
  return outcome.state === 'found'
    ? { state: 'found', value: outcome.value, origin: datedOrigin(origin, outcome.asOf) }
    : { state: 'absent', origin };
}

export const REFUSED: RecordSlot = { state: 'fault', code: 'ROW_DENIED', rule: 'register-refusal' };
