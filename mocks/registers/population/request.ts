import { readXml, type XmlElement } from '../xml.ts';
import { type Inquiry, type InquiryItem, MAX_ITEMS, type Requester } from '../inquiry.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const REGISTER = 'http://dancuquocgia.bca';

/** The three factors of the public operations: id, full name and birth date (`yyyyMMdd`, or the year alone). */
export interface ThreeFactors {
  readonly fullName: string;
  readonly birth: string;
}

export type PopulationRequest =
  | { readonly operation: 'TraCuuTheoLo'; readonly inquiry: Inquiry }
  | {
      readonly operation: 'TraCuuThongTinCongDan' | 'XacThucThongTinCongDan';
      readonly inquiry: Inquiry;
      readonly factors: ThreeFactors;
    };

/**
 * The element order of the public operations (REGISTERS.md, Population); `TaiKhoan` is the officer's account.
 */
const SINGLE = [
  'MaYeuCau',
  'MaDVC',
  'MaTichHop',
  'MaCanBo',
  'MaDonVi',
  'TaiKhoan',
  'SoDienThoai',
  'SoDinhDanh',
  'HoVaTen',
  'NgayThangNamSinh',
] as const;
const MAY_BE_ABSENT = new Set<string>(['MaCanBo', 'SoDienThoai']);
const BATCH_HEAD = ['MaYeuCau', 'MaDVC', 'MaTichHop', 'MaDonVi'] as const;

/** Throws where the envelope is not exactly one known operation in its own element order. */
export function readPopulationRequest(body: string): PopulationRequest {
  const envelope = readXml(body);
  must(envelope.name === 'Envelope' && envelope.namespace === SOAP);
  const parts = envelope.children.filter(({ name }) => name !== 'Header');
  const soapBody = only(parts, 'Body', SOAP);
  const [call, ...others] = soapBody.children;
  must(call !== undefined && others.length === 0 && call.namespace === REGISTER);
  switch (call.name) {
    case 'TraCuuTheoLo':
      return { operation: call.name, inquiry: readBatch(call) };
    case 'TraCuuThongTinCongDan':
    case 'XacThucThongTinCongDan':
      return readSingle(call, call.name);
    default:
      throw new Error('operation not known');
  }
}

function readBatch(call: XmlElement): Inquiry {
  const head = call.children.slice(0, BATCH_HEAD.length);
  must(head.every((child, index) => child.name === BATCH_HEAD[index]));
  const [requestId, purpose, , client] = head.map(filled);
  must(requestId !== undefined && purpose !== undefined && client !== undefined);
  const items = call.children.slice(BATCH_HEAD.length).map(readItem);
  must(items.length > 0 && items.length <= MAX_ITEMS);
  return { requestId, purpose, client, operation: call.name, items };
}

function readItem(item: XmlElement): InquiryItem {
  must(item.name === 'Muc');
  const [kind, key, ...requesters] = item.children;
  must(kind?.name === 'Loai' && key?.name === 'Khoa');
  must(kind.text === 'CONG_DAN' || kind.text === 'HO_GIA_DINH');
  return { kind: kind.text, key: filled(key), requesters: requesters.map(readRequester) };
}

function readRequester(requester: XmlElement): Requester {
  const [officer, dossier, ...others] = requester.children;
  must(requester.name === 'NguoiHoi' && officer?.name === 'TaiKhoan' && dossier?.name === 'MaHoSo');
  must(others.length === 0);
  return { officer: filled(officer), dossier: dossier.text };
}

function readSingle(
  call: XmlElement,
  operation: 'TraCuuThongTinCongDan' | 'XacThucThongTinCongDan',
): PopulationRequest {
  const order = call.children.map(({ name }) => SINGLE.findIndex((known) => known === name));
  must(order.every((place, index) => place > (index === 0 ? -1 : (order[index - 1] ?? -1))));
  const field = new Map(call.children.map((child) => [child.name, child]));
  must(SINGLE.every((name) => field.has(name) || MAY_BE_ABSENT.has(name)));
  const text = (name: (typeof SINGLE)[number]): string => filled(field.get(name));
  const birth = field.get('NgayThangNamSinh')?.children ?? [];
  const [date] = birth;
  must(date !== undefined && birth.length === 1);
  must(
    date.name === 'NgayThangNam'
      ? /^\d{8}$/.test(date.text)
      : date.name === 'Nam' && /^\d{4}$/.test(date.text),
  );
  return {
    operation,
    inquiry: {
      requestId: text('MaYeuCau'),
      purpose: text('MaDVC'),
      client: text('MaDonVi'),
      operation,
      items: [
        {
          kind: 'CONG_DAN',
          key: text('SoDinhDanh'),
          requesters: [{ officer: text('TaiKhoan'), dossier: '' }],
        },
      ],
    },
    factors: { fullName: text('HoVaTen'), birth: date.text },
  };
}

function only(elements: readonly XmlElement[], name: string, namespace: string): XmlElement {
  const [one, ...others] = elements;
  must(one !== undefined && others.length === 0 && one.name === name && one.namespace === namespace);
  return one;
}

function filled(element: XmlElement | undefined): string {
  must(element !== undefined && element.children.length === 0 && element.text.trim() !== '');
  return element.text.trim();
}

function must(isSo: boolean): asserts isSo {
  if (!isSo) throw new Error('not the shape of a request');
}
