import { GatewayError } from '../../errors.ts';
import { buildBatchConnector } from '../calls/batch-connector.ts';
import type { BatchItem, Connector, FetchedBatch, UpstreamCall } from '../calls/connector.ts';
import { isJsonObject, readAsOf, readJsonAnswer, readRefused, requireList } from '../wire/json-answer.ts';
import type { RecordKey } from '../records/record.ts';
import { ABSENT, BROKEN_ROW, foundRow, matchRows, NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { ReadRow } from '../records/rows-by-key.ts';
import { Shape } from '../wire/shape.ts';
import type { Transport, WireRequest, WireResponse } from '../calls/transport.ts';
import { readSlashDate } from '../wire/value-readers.ts';
import { mapEvents } from './events.ts';

export interface CivilStatusConnectorOptions {
  readonly transport: Transport;
  readonly credentials: { readonly secret: string };
}

/** A person's events, over `traCuuTheoLo` (mocks/registers/WIRE.md). */
export function buildCivilStatusConnector({
  transport,
  credentials,
}: CivilStatusConnectorOptions): Connector {
  const authorization = `Bearer ${credentials.secret}`;
  return buildBatchConnector(transport, {
    register: 'civil-status',
    kinds: ['civil-status.events'],
    request: (items, call) => requestFor(items, call, authorization),
    read: readAnswer,
  });
}

/** `traCuuTheoLo`: modelled. */
function requestFor(items: readonly BatchItem[], call: UpstreamCall, authorization: string): WireRequest {
  return {
    method: 'POST',
    path: '/apiHoTichTuPhap/traCuuTheoLo',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({
      maYeuCau: call.requestId,
      maDonVi: call.client,
      mucDich: call.purpose,
      dsMuc: items.map((item) => ({
        soDinhDanh: item.key,
        nguoiHoi: item.askers.map((asker) => ({ taiKhoan: asker.officer, maHoSo: asker.dossier })),
      })),
    }),
  };
}

function readAnswer(response: WireResponse, items: readonly BatchItem[]): FetchedBatch {
  const answer = readJsonAnswer(response);
  const error = answer['maLoi'];
  if (typeof error !== 'number') throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  if (error !== 0) throw new GatewayError('SOURCE_UNAVAILABLE');
  const asOf = readAsOf(answer['thoiDiemDuLieu'], readSlashDate);
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
  if (row['timThay'] === false && data === undefined) return { outcome: ABSENT, refused };
  if (row['timThay'] !== true || typeof data !== 'string') return { outcome: BROKEN_ROW, refused };
  const shape = new Shape();
  const record = mapEvents(data, key.key, shape);
  return { outcome: record === undefined ? BROKEN_ROW : foundRow(record, asOf, shape), refused };
}
