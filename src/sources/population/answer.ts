import { GatewayError } from '../../errors.ts';
import type { BatchItem, FetchedBatch, UpstreamCall } from '../calls/connector.ts';
import { readAsOf, requireSuccess } from '../wire/json-answer.ts';
import type { RecordKey, RecordValue } from '../records/record.ts';
import { ABSENT, BROKEN_ROW, foundRow, matchRows, NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { ReadRow, RowOutcome } from '../records/rows-by-key.ts';
import { Shape } from '../wire/shape.ts';
import type { WireResponse } from '../calls/transport.ts';
import { child, leaf, MISPLACED, readXml } from '../wire/read-xml.ts';
import type { XmlElement } from '../wire/read-xml.ts';
import { mapHousehold, mapPerson } from './record.ts';

interface WireKind {
  readonly element: string;
  readonly key: string;
  map(element: XmlElement, key: string, shape: Shape, asOf: string | null): RecordValue;
}

const WIRE_KINDS: Readonly<Record<string, WireKind>> = {
  'population.person': {
    element: 'CongDan',
    key: 'SoDinhDanh',
    map: mapPerson,
  },
  'population.household': {
    element: 'HoGiaDinh',
    key: 'SoHoSoCuTru',
    map: mapHousehold,
  },
};

/** Reads the answer to `TraCuuTheoLo`. */
export function readPopulationAnswer(
  response: WireResponse,
  items: readonly BatchItem[],
  call: UpstreamCall,
): FetchedBatch {
  const body = bodyOf(response);
  const refusal = refusalIn(body);
  // The register says it of the whole call: of the procedure that all share, or of the one officer who asks.
  if (refusal === PROCEDURE_REFUSED || (refusal === OFFICER_REFUSED && officersOf(items).length === 1)) {
    return {
      rows: items.map((item) => ({ kind: item.kind, key: item.key, ...refusedRow(item) })),
      primed: [],
      strayRows: 0,
    };
  }
  requireAnswer(response, body);
  const answer = only(body, 'TraCuuTheoLoResponse');
  // An answer to another request, crossed on the way, must not be taken for this one.
  if (leaf(answer, 'MaYeuCau') !== call.requestId) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  const collection = only(answer, 'CongdanCollection');
  const asOf = readAsOf(collection.attributes?.get('ThoiDiemDuLieu'));
  return matchRows({
    items,
    rows: collection.children,
    keyOf,
    read: (row, key) => readRow(row, key, asOf),
  });
}

/** Reads the answer to `TraCuuThongTinCongDan`; an empty collection means that id, name and birth date fit nobody. */
export function readPersonAnswer(response: WireResponse, item: BatchItem): ReadRow {
  const body = bodyOf(response);
  if (refusalIn(body) !== null) return refusedRow(item);
  requireAnswer(response, body);
  const collection = only(only(body, 'TraCuuThongTinCongDanResponse'), 'CongdanCollection');
  const asOf = readAsOf(collection.attributes?.get('ThoiDiemDuLieu'));
  const [citizen, ...others] = collection.children;
  const count = collection.attributes?.get('SoCongDan');
  if (citizen === undefined) {
    // A collection that counts somebody and holds nobody must not pass for absence.
    if (count !== '0') throw new GatewayError('SOURCE_CONTRACT_BROKEN');
    return { outcome: ABSENT, refused: NOBODY_REFUSED };
  }
  const isKnown =
    others.length === 0 && citizen.name === 'CongDan' && leaf(citizen, 'SoDinhDanh') === item.key;
  if (!isKnown) return { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
  const shape = new Shape();
  return {
    outcome: foundRow(mapPerson(citizen, item.key, shape, asOf), asOf, shape),
    refused: NOBODY_REFUSED,
  };
}

/** Reads the answer to `XacThucThongTinCongDan`: whether id, name and birth date fit somebody. */
export function readVerificationAnswer(response: WireResponse, item: BatchItem): ReadRow {
  const body = bodyOf(response);
  if (refusalIn(body) !== null) return refusedRow(item);
  requireAnswer(response, body);
  const verdict = leaf(only(only(body, 'XacThucThongTinCongDanResponse'), 'KetQuaXacThuc'), 'TonTai');
  if (verdict !== 'true' && verdict !== 'false') throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  const value = Object.freeze({ isConfirmed: verdict === 'true' });
  return { outcome: foundRow(value, null, new Shape()), refused: NOBODY_REFUSED };
}

/** The SOAP body, also of an answer with an error status: a refusal is a fault with HTTP 500. */
function bodyOf(response: WireResponse): XmlElement {
  const root = readXml(response.body);
  const [body, ...others] =
    root?.name === 'Envelope' ? root.children.filter(({ name }) => name === 'Body') : [];
  if (body !== undefined && others.length === 0) return body;
  requireSuccess(response);
  throw new GatewayError('SOURCE_CONTRACT_BROKEN');
}

const PROCEDURE_REFUSED = '004';
const OFFICER_REFUSED = '005';

/** The code of a SOAP fault by which the register refuses the procedure or the officer; null for other answers. */
function refusalIn(body: XmlElement): string | null {
  const [fault, ...others] = body.children;
  const isAlone = fault?.name === 'Fault' && others.length === 0;
  const code = isAlone ? leaf(fault, 'faultcode') : undefined;
  return code === PROCEDURE_REFUSED || code === OFFICER_REFUSED ? code : null;
}

function requireAnswer(response: WireResponse, body: XmlElement): void {
  requireSuccess(response);
  if (body.children.some(({ name }) => name === 'Fault')) throw new GatewayError('SOURCE_UNAVAILABLE');
}

function officersOf(items: readonly BatchItem[]): readonly string[] {
  return [...new Set(items.flatMap(({ askers }) => askers.map(({ officer }) => officer)))];
}

function refusedRow(item: BatchItem): ReadRow {
  return { outcome: BROKEN_ROW, refused: officersOf([item]) };
}

function only(parent: XmlElement, name: string): XmlElement {
  const [element, ...others] = parent.children.filter((one) => one.name === name);
  if (element === undefined || others.length > 0) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return element;
}

function keyOf(row: XmlElement): RecordKey | undefined {
  const key = leaf(row, 'Khoa');
  if (row.name !== 'Dong' || typeof key !== 'string') return undefined;
  const kind = leaf(row, 'Loai');
  if (kind === 'CONG_DAN') return { kind: 'population.person', key };
  return kind === 'HO_GIA_DINH' ? { kind: 'population.household', key } : undefined;
}

function readRow(row: XmlElement, key: RecordKey, asOf: string | null): ReadRow {
  const refused = readRefusals(row);
  if (refused === undefined) return { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
  return { outcome: readOutcome(row, key, asOf), refused };
}

function readOutcome(row: XmlElement, key: RecordKey, asOf: string | null): RowOutcome {
  const wire = WIRE_KINDS[key.kind];
  if (wire === undefined) return BROKEN_ROW;
  const isFound = leaf(row, 'TimThay');
  const record = child(row, wire.element);
  if (isFound === 'false' && record === undefined) return ABSENT;
  if (isFound !== 'true' || record === undefined || record === MISPLACED) return BROKEN_ROW;
  if (leaf(record, wire.key) !== key.key) return BROKEN_ROW;
  const shape = new Shape();
  return foundRow(wire.map(record, key.key, shape, asOf), asOf, shape);
}

/** Gives undefined when a refusal cannot be read, because then it is not known who is refused. */
function readRefusals(row: XmlElement): readonly string[] | undefined {
  let refused: string[] | undefined;
  for (const element of row.children) {
    if (element.name !== 'TuChoi') continue;
    const account = leaf(element, 'TaiKhoan');
    if (typeof account !== 'string' || account === '') return undefined;
    (refused ??= []).push(account);
  }
  return refused === undefined ? NOBODY_REFUSED : Object.freeze(refused);
}
