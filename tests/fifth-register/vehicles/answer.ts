import type { BatchItem, FetchedBatch } from '../../../src/sources/calls/connector.ts';
import type { WireResponse } from '../../../src/sources/calls/transport.ts';
import type { RecordKey } from '../../../src/sources/records/record.ts';
import {
  ABSENT,
  BROKEN_ROW,
  foundRow,
  matchRows,
  NOBODY_REFUSED,
  type ReadRow,
} from '../../../src/sources/records/rows-by-key.ts';
import { readAsOf, readJsonAnswer, readRefused, requireList } from '../../../src/sources/wire/json-answer.ts';
import { isJsonObject } from '../../../src/sources/wire/json-values.ts';
import { Shape } from '../../../src/sources/wire/shape.ts';

import { mapOwned, mapVehicle } from './record.ts';

/** Reads the register's answer: each row carries its kind and key, and the record where there is one. */
export function readVehiclesAnswer(response: WireResponse, items: readonly BatchItem[]): FetchedBatch {
  const answer = readJsonAnswer(response);
  const asOf = readAsOf(answer['asOf']);
  return matchRows({
    items,
    rows: requireList(answer['rows']),
    keyOf,
    read: (row, key) => readRow(row, key, asOf),
  });
}

function keyOf(row: unknown): RecordKey | undefined {
  if (!isJsonObject(row) || typeof row['key'] !== 'string') return undefined;
  if (row['kind'] === 'vehicles.vehicle') return { kind: 'vehicles.vehicle', key: row['key'] };
  return row['kind'] === 'vehicles.owned' ? { kind: 'vehicles.owned', key: row['key'] } : undefined;
}

function readRow(row: unknown, { kind, key }: RecordKey, asOf: string | null): ReadRow {
  const refused = isJsonObject(row) ? readRefused(row['refused'], 'officer') : undefined;
  if (!isJsonObject(row) || refused === undefined) return { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
  const { record } = row;
  if (record === null) return { outcome: ABSENT, refused };
  const isVehicle = kind === 'vehicles.vehicle';
  if (!isJsonObject(record) || record[isVehicle ? 'bienSo' : 'soDinhDanh'] !== key) {
    return { outcome: BROKEN_ROW, refused };
  }
  const shape = new Shape();
  const value = isVehicle ? mapVehicle(record, key, shape) : mapOwned(record, key, shape);
  return { outcome: foundRow(value, asOf, shape), refused };
}
