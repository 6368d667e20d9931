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

export function readPopulationAnswer(
  response: WireResponse,
  items: readonly BatchItem[],
  call: UpstreamCall,
): FetchedBatch {
  requireSuccess(response);
  const body = descend(readXml(response.body), 'Envelope', 'Body');
  if (body.children.some(({ name }) => name === 'Fault')) throw new GatewayError('SOURCE_UNAVAILABLE');
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

function descend(root: XmlElement | undefined, rootName: string, name: string): XmlElement {
  if (root?.name !== rootName) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  return only(root, name);
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
