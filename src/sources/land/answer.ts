import { readCertificateSerial } from '../wire/identifiers.ts';
import type { BatchItem, FetchedBatch } from '../calls/connector.ts';
import { readAsOf, readJsonAnswer, readRefused, requireList, saysNotFound } from '../wire/json-answer.ts';
import { asList, isJsonObject, isLeftOutOfJson, parseJson } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import type { Checked, RecordKey, RecordKind, RecordValue } from '../records/record.ts';
import { ABSENT, BROKEN_ROW, foundRow, matchRows, NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { PrimedRows, ReadRow, RowOutcome } from '../records/rows-by-key.ts';
import { Shape } from '../wire/shape.ts';
import type { WireResponse } from '../calls/transport.ts';
import {
  idOfParcel,
  mapCertificate,
  mapHoldings,
  mapParcel,
  namesHolder,
  serialOfCertificate,
} from './record.ts';

/** A record of its own, alone in a row or in a holder's list. */
interface WireRecord {
  readonly kind: RecordKind;
  readonly property: string;
  keyOf(content: unknown): string | undefined;
  map(content: JsonObject, key: string, shape: Shape): RecordValue;
}

const PARCEL: WireRecord = {
  kind: 'land.parcel',
  property: 'THUADAT',
  keyOf: idOfParcel,
  map: mapParcel,
};

const CERTIFICATE: WireRecord = {
  kind: 'land.certificate',
  property: 'GIAYCHUNGNHAN',
  keyOf: serialOfCertificate,
  map: mapCertificate,
};

/** Reads the answer to `traCuuTheoLo`; a holder's parcels and certificates come along whole. */
export function readLandAnswer(response: WireResponse, items: readonly BatchItem[]): FetchedBatch {
  const answer = readJsonAnswer(response);
  const rows = requireList(answer['KETQUA']);
  const asOf = readAsOf(answer['THOIDIEM']);
  return matchRows({ items, rows, keyOf, read: (row, key, primed) => readRow(row, key, asOf, primed) });
}

/** Reads the answer to `thuaDat` and `giayChungNhan`: HTTP 404 with the register's own words is absence, another 404 an error. */
export function readLandSingle(response: WireResponse, item: BatchItem): ReadRow {
  if (response.status === 404) {
    const error = parseJson(response.body);
    if (isJsonObject(error) && saysNotFound(error['THONGBAO']))
      return { outcome: ABSENT, refused: NOBODY_REFUSED };
  }
  const answer = readJsonAnswer(response);
  return { outcome: readSingle(answer, item, readAsOf(answer['THOIDIEM'])), refused: NOBODY_REFUSED };
}

function keyOf(row: unknown): RecordKey | undefined {
  if (!isJsonObject(row) || typeof row['KHOA'] !== 'string') return undefined;
  if (row['LOAI'] === 'THUA_DAT') return { kind: 'land.parcel', key: row['KHOA'] };
  if (row['LOAI'] === 'CHU_SU_DUNG') return { kind: 'land.holdings', key: row['KHOA'] };
  const serial = row['LOAI'] === 'GIAY_CHUNG_NHAN' ? readCertificateSerial(row['KHOA']) : undefined;
  return serial === undefined ? undefined : { kind: 'land.certificate', key: serial };
}

function readRow(row: unknown, key: RecordKey, asOf: string | null, primed: PrimedRows): ReadRow {
  const refused = isJsonObject(row) ? readRefused(row['TUCHOI'], 'TAIKHOAN') : undefined;
  if (!isJsonObject(row) || refused === undefined) return { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
  const hasContent = ['THUADAT', 'GIAYCHUNGNHAN', 'DANHSACHTHUA', 'DANHSACHGCN'].some(
    (name) => !isLeftOutOfJson(row[name]),
  );
  if (row['TIMTHAY'] === 0 && !hasContent) return { outcome: ABSENT, refused };
  if (row['TIMTHAY'] !== 1) return { outcome: BROKEN_ROW, refused };
  if (key.kind !== 'land.holdings') {
    return { outcome: readSingle(row, key, asOf), refused };
  }
  return { outcome: readHoldings(row, key.key, asOf, refused, primed), refused };
}

function readSingle(row: JsonObject, key: RecordKey, asOf: string | null): RowOutcome {
  const wire = key.kind === 'land.parcel' ? PARCEL : CERTIFICATE;
  const content = row[wire.property];
  if (!isJsonObject(content) || wire.keyOf(content) !== key.key) return BROKEN_ROW;
  return wireRow(wire, content, key.key, asOf);
}

function wireRow(wire: WireRecord, content: JsonObject, key: string, asOf: string | null): RowOutcome {
  const shape = new Shape();
  return foundRow(wire.map(content, key, shape), asOf, shape);
}

/**
 * Parcels and certificates come along whole; a list that is no list breaks the row, an unreadable id or holder its
 * place. One that names other holders only says that the row is somebody else's.
 */
function readHoldings(
  row: JsonObject,
  holder: string,
  asOf: string | null,
  refused: readonly string[],
  primed: PrimedRows,
): RowOutcome {
  const parcels = asList(row['DANHSACHTHUA']);
  const certificates = asList(row['DANHSACHGCN']);
  if (parcels === undefined || certificates === undefined) return BROKEN_ROW;
  if ([...parcels, ...certificates].some((one) => namesHolder(one, holder) === false)) return BROKEN_ROW;
  const shape = new Shape();
  const prime = (wire: WireRecord, contents: readonly unknown[]): readonly Checked<string>[] => {
    const keys: Checked<string>[] = [];
    const seen = new Set<string>();
    for (const content of contents) {
      const key = wire.keyOf(content);
      const isWhole = isJsonObject(content) && namesHolder(content, holder) === true;
      if (key === undefined || seen.has(key) || !isWhole) keys.push(shape.broken());
      else {
        seen.add(key);
        keys.push(key);
        primed.add({ kind: wire.kind, key }, wireRow(wire, content, key, asOf), refused);
      }
    }
    return Object.freeze(keys);
  };
  const parcelIds = prime(PARCEL, parcels);
  prime(CERTIFICATE, certificates);
  return foundRow(mapHoldings(holder, parcelIds), asOf, shape);
}
