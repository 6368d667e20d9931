import { GatewayError } from '../../errors.ts';
import type { BatchItem, FetchedBatch } from '../calls/connector.ts';
import type { WireResponse } from '../calls/transport.ts';
import type { RecordKey } from '../records/record.ts';
import { ABSENT, BROKEN_ROW, foundRow, matchRows, NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { ReadRow } from '../records/rows-by-key.ts';
import { readAsOf, readJsonAnswer, readRefused, requireList } from '../wire/json-answer.ts';
import { isJsonObject, isLeftOutOfJson } from '../wire/json-values.ts';
import { Shape } from '../wire/shape.ts';
import { mapEvents } from './record.ts';

/** Reads the answer to `traCuuTheoLo`. XML that is malformed for one person breaks that row alone. */
export function readCivilStatusAnswer(response: WireResponse, items: readonly BatchItem[]): FetchedBatch {
  const answer = readJsonAnswer(response);
  const error = answer['maLoi'];
  if (typeof error !== 'number') throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  if (error !== 0) throw new GatewayError('SOURCE_UNAVAILABLE');
  const asOf = readAsOf(answer['thoiDiemDuLieu']);
  return matchRows({
    items,
    rows: requireList(answer['dsKetQua']),
    keyOf,
    read: (row, key) => readRow(row, key, asOf),
  });
}

function keyOf(row: unknown): RecordKey | undefined {
  if (!isJsonObject(row) || typeof row['soDinhDanh'] !== 'string') return undefined;
  return { kind: 'civil-status.events', key: row['soDinhDanh'] };
}

function readRow(row: unknown, key: RecordKey, asOf: string | null): ReadRow {
  const refused = isJsonObject(row) ? readRefused(row['tuChoi'], 'taiKhoan') : undefined;
  if (!isJsonObject(row) || refused === undefined) return { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
  const data = row['data'];
  if (row['timThay'] === false && isLeftOutOfJson(data)) return { outcome: ABSENT, refused };
  if (row['timThay'] !== true || typeof data !== 'string') return { outcome: BROKEN_ROW, refused };
  const shape = new Shape();
  const record = mapEvents(data, key.key, shape);
  return { outcome: record === undefined ? BROKEN_ROW : foundRow(record, asOf, shape), refused };
}
