import { hash } from 'node:crypto';
import { z } from 'zod';
import type { BatchItem, UpstreamCall } from '../calls/connector.ts';
import type { RecordKind } from '../records/record.ts';
import type { WireRequest } from '../calls/transport.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import { escapeXml } from '../wire/escape-xml.ts';

const filled = z.string().min(1);

/** The register's account, its secret, the data bus's key, and the gateway's name on X-Road. */
export const populationCredentials = z.strictObject({
  user: filled,
  secret: filled,
  apiKey: filled,
  xRoadClient: filled,
});
export type PopulationCredentials = z.infer<typeof populationCredentials>;

const PATH = '/dancuquocgia';
/** The integration code that asks for the full record (REGISTERS.md, Population). */
const FULL_RECORD = '037';
/** The integration code that asks for a yes or no. */
const VERIFICATION = '003';

const LOAI_OF_KIND: Readonly<Partial<Record<RecordKind, string>>> = {
  'population.person': 'CONG_DAN',
  'population.household': 'HO_GIA_DINH',
};

const OPENING =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:dc="http://dancuquocgia.bca"><soapenv:Body>';
const CLOSING = '</soapenv:Body></soapenv:Envelope>';

/** `TraCuuTheoLo`, the modelled batch operation. */
export function populationRequest(
  items: readonly BatchItem[],
  call: UpstreamCall,
  credentials: PopulationCredentials,
): WireRequest {
  return signed(operation('TraCuuTheoLo', batchOf(items, call)), credentials);
}

/** `TraCuuThongTinCongDan`, the public operation: one person by id, full name and birth date, for one officer. */
export function personRequest(
  item: BatchItem,
  call: UpstreamCall,
  credentials: PopulationCredentials,
): WireRequest {
  return signed(operation('TraCuuThongTinCongDan', threeFactors(item, call, FULL_RECORD)), credentials);
}

/** The content of both public operations, in the register's order. */
function threeFactors({ key, factor, askers: [asker] }: BatchItem, call: UpstreamCall, code: string): string {
  if (factor === undefined || asker === undefined) throw new Error('no factor, or nobody who asks');
  return (
    element('MaYeuCau', call.requestId) +
    element('MaDVC', call.purpose) +
    element('MaTichHop', code) +
    element('MaDonVi', call.client) +
    element('TaiKhoan', asker.officer) +
    element('SoDinhDanh', key) +
    factorOf(factor)
  );
}

/** `XacThucThongTinCongDan`, the public operation that says yes or no to id, full name and birth date, for one officer. */
export function verificationRequest(
  item: BatchItem,
  personalId: string,
  call: UpstreamCall,
  credentials: PopulationCredentials,
): WireRequest {
  const body = threeFactors({ ...item, key: personalId }, call, VERIFICATION);
  return signed(operation('XacThucThongTinCongDan', body), credentials);
}

/**
 * The operation has a form for a day and one for a year alone, so that a year and month are asked as the year; the gateway compares the
 * record with the factor itself. An empty name fits nobody, and is sent as one that fits nobody either: the register refuses an empty one.
 */
function factorOf({ fullName, birthDate }: MatchFactor): string {
  const isDay = birthDate.length === 'yyyy-mm-dd'.length;
  const birth = isDay
    ? element('NgayThangNam', birthDate.replaceAll('-', ''))
    : element('Nam', birthDate.slice(0, 4));
  const name = element('HoVaTen', fullName.trim() === '' ? NO_NAME : fullName);
  return `${name}<dc:NgayThangNamSinh>${birth}</dc:NgayThangNamSinh>`;
}

const NO_NAME = '-';

function operation(name: string, content: string): string {
  return `${OPENING}<dc:${name}>${content}</dc:${name}>${CLOSING}`;
}

/** A request signed over path, user and time. */
function signed(body: string, credentials: PopulationCredentials): WireRequest {
  const timestamp = String(Date.now());
  const digest = hash('sha256', PATH + credentials.user + timestamp + credentials.secret);
  const basic = Buffer.from(`${credentials.user}:${digest}`).toString('base64');
  return {
    method: 'POST',
    path: PATH,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      'x-road-client': credentials.xRoadClient,
      apikey: credentials.apiKey,
      timestamp,
      authorization: `Basic ${basic}`,
    },
    body,
  };
}

function batchOf(items: readonly BatchItem[], call: UpstreamCall): string {
  let body =
    element('MaYeuCau', call.requestId) +
    element('MaDVC', call.purpose) +
    element('MaTichHop', FULL_RECORD) +
    element('MaDonVi', call.client);
  for (const item of items) {
    body += `<dc:Muc>${element('Loai', LOAI_OF_KIND[item.kind] ?? '')}${element('Khoa', item.key)}`;
    for (const asker of item.askers) {
      body += `<dc:NguoiHoi>${element('TaiKhoan', asker.officer)}${element('MaHoSo', asker.dossier)}</dc:NguoiHoi>`;
    }
    body += '</dc:Muc>';
  }
  return body;
}

function element(name: string, text: string): string {
  return `<dc:${name}>${escapeXml(text)}</dc:${name}>`;
}
