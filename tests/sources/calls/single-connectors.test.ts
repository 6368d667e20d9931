import { describe, expect, test } from 'vitest';
import { businessRegister } from '../../../src/sources/business/register.ts';
import { civilStatusRegister } from '../../../src/sources/civil-status/register.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';
import { landRegister } from '../../../src/sources/land/register.ts';
import { lookUpsOf } from '../../../src/sources/look-ups.ts';
import { populationRegister } from '../../../src/sources/population/register.ts';
import type { RegisterDescriptor } from '../../../src/sources/register-descriptor.ts';
import type { BatchItem, FetchedRow } from '../../../src/sources/calls/connector.ts';
import type { WireRequest } from '../../../src/sources/calls/transport.ts';
import { buildInProcessTransport } from '../../support/registers/in-process-transport.ts';
import { citizen, CREDENTIALS, envelope, populationFixture } from '../fixtures/population.ts';
import { CALL, codeOf, itemOf } from '../fixtures/register-fixture.ts';

/** Wire text written by hand from WIRE.md, for the operations that take one key a call. */
const ID = '001190900011';
const FACTOR = { fullName: 'Nguyễn Thị Anh', birthDate: '1990-05-12' };
const PERSON: BatchItem = { ...itemOf('population.person', ID), factor: FACTOR };
const BEARER = { secret: 'geheim' };

interface Exchange {
  readonly row: FetchedRow | undefined;
  readonly request: WireRequest;
}

async function exchange(
  register: RegisterDescriptor,
  item: BatchItem,
  body: string,
  status = 200,
): Promise<Exchange> {
  const requests: WireRequest[] = [];
  const transport = buildInProcessTransport((request) => {
    requests.push(request);
    return Promise.resolve({ status, body });
  });
  const credentials = register === populationRegister ? CREDENTIALS : BEARER;
  const connector = register.connect(transport, credentials, false);
  expect(connector.maxItems).toBe(1);
  const { rows, primed } = await connector.fetch([item], CALL);
  expect(primed).toEqual([]);
  const [request] = requests;
  if (request === undefined || requests.length !== 1) throw new Error('not one request');
  return { row: rows[0], request };
}

function soap(content: string): string {
  return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${content}</e:Body></e:Envelope>`;
}

function collection(content: string, count: string): string {
  return soap(
    `<TraCuuThongTinCongDanResponse xmlns="http://dancuquocgia.bca"><CongdanCollection xmlns="http://www.mic.gov.vn/dancu/1.0" SoCongDan="${count}" ThoiDiemDuLieu="2026-11-20" GhiChu="">${content}</CongdanCollection></TraCuuThongTinCongDanResponse>`,
  );
}

function fault(code: string): string {
  return soap(`<e:Fault><faultcode>${code}</faultcode><faultstring>x</faultstring></e:Fault>`);
}

describe('population', () => {
  test('asks with id, full name and birth date, in the order of the public operation', async () => {
    const { row, request } = await exchange(populationRegister, PERSON, collection(citizen({}), '1'));
    expect(row).toMatchObject({ key: ID, refused: [], outcome: { state: 'found', asOf: '2026-11-20' } });
    const names = [...(request.body ?? '').matchAll(/<dc:(\w+)>/g)].map(([, name]) => name);
    expect(names).toEqual([
      'TraCuuThongTinCongDan',
      'MaYeuCau',
      'MaDVC',
      'MaTichHop',
      'MaDonVi',
      'TaiKhoan',
      'SoDinhDanh',
      'HoVaTen',
      'NgayThangNamSinh',
      'NgayThangNam',
    ]);
    expect(request.body).toContain('<dc:NgayThangNam>19900512</dc:NgayThangNam>');
  });

  test.each(['1990', '1990-05'])('asks for the year where the day is not known: %s', async (birthDate) => {
    const item = { ...PERSON, factor: { ...FACTOR, birthDate } };
    const { request } = await exchange(populationRegister, item, collection('', '0'));
    expect(request.body).toContain('<dc:NgayThangNamSinh><dc:Nam>1990</dc:Nam></dc:NgayThangNamSinh>');
  });

  test.each([
    ['nobody fits', collection('', '0'), 200, { outcome: { state: 'absent' }, refused: [] }],
    [
      'somebody else',
      collection(citizen({ id: '<SoDinhDanh>001190900012</SoDinhDanh>' }), '1'),
      200,
      { outcome: { state: 'broken' }, refused: [] },
    ],
    ['two persons', collection(citizen({}) + citizen({}), '2'), 200, { outcome: { state: 'broken' } }],
    ['procedure not licensed', fault('004'), 500, { refused: ['officer.one'] }],
    ['officer without right', fault('005'), 500, { refused: ['officer.one'] }],
    ['officer without right, with HTTP 200', fault('005'), 200, { refused: ['officer.one'] }],
  ])('%s', async (_name, body, status, wanted) => {
    expect((await exchange(populationRegister, PERSON, body, status)).row).toMatchObject(wanted);
  });

  test.each([
    ['another fault', fault('soap:Server'), 500, 'SOURCE_UNAVAILABLE'],
    ['a page', '<html/>', 502, 'SOURCE_UNAVAILABLE'],
    ['a count without a person', collection('', '1'), 200, 'SOURCE_CONTRACT_BROKEN'],
    ['the answer of another operation', envelope(''), 200, 'SOURCE_CONTRACT_BROKEN'],
  ])('%s', async (_name, body, status, code) => {
    expect(await codeOf(exchange(populationRegister, PERSON, body, status))).toBe(code);
  });
});

describe('population, a fault about a whole batch', () => {
  const item = (officer: string): BatchItem => itemOf('population.person', ID, officer);
  const fetchAll = (code: string, items: readonly BatchItem[]) =>
    populationFixture
      .build(buildInProcessTransport(() => Promise.resolve({ status: 500, body: fault(code) })))
      .fetch(items, CALL);

  test('004 refuses everybody: the procedure is theirs in common', async () => {
    const { rows } = await fetchAll('004', [item('officer.one'), item('officer.two')]);
    expect(rows.map(({ refused }) => refused)).toEqual([['officer.one'], ['officer.two']]);
  });

  test('005 refuses the one who asks, and nobody where several do', async () => {
    const { rows } = await fetchAll('005', [item('officer.one')]);
    expect(rows).toMatchObject([{ refused: ['officer.one'], outcome: { state: 'broken' } }]);
    const shared = fetchAll('005', [item('officer.one'), item('officer.two')]);
    expect(await codeOf(shared)).toBe('SOURCE_UNAVAILABLE');
  });
});

describe('business', () => {
  const CODE = '0199999977';
  const item = itemOf('business.business', CODE);
  const enterprise = { MainInformation: { ENTERPRISE_GDT_CODE: CODE, NAME: 'Công ty A' } };
  const answer = (parts: object): string =>
    JSON.stringify({ Data: enterprise, DataCount: 1, Status: '1', Message: '', ...parts });

  test('asks by the code, and names no officer', async () => {
    const { row, request } = await exchange(businessRegister, item, answer({}));
    expect(request).toMatchObject({
      method: 'GET',
      path: `/apiCSDLDKDN/1.0/chiTietDoanhNghiep?msdn=${CODE}`,
      headers: { 'x-request-id': CALL.requestId },
    });
    expect(row).toMatchObject({
      outcome: { state: 'found', asOf: null, value: { code: CODE } },
      refused: [],
    });
  });

  test('Status 0 with HTTP 200: an unknown business by its message, and otherwise an error', async () => {
    const unknown = answer({ Status: '0', Message: 'Không tìm thấy doanh nghiệp', Data: [] });
    expect((await exchange(businessRegister, item, unknown)).row?.outcome.state).toBe('absent');
    const failed = answer({ Status: '0', Message: 'Hệ thống đang bảo trì', Data: [] });
    expect(await codeOf(exchange(businessRegister, item, failed))).toBe('SOURCE_UNAVAILABLE');
  });

  test('another business than the one asked is broken', async () => {
    const other = answer({ Data: { MainInformation: { ENTERPRISE_GDT_CODE: '0100109106' } } });
    expect((await exchange(businessRegister, item, other)).row?.outcome.state).toBe('broken');
  });
});

describe('land', () => {
  const parcel = itemOf('land.parcel', 'w7epxsheyytd');
  const certificate = itemOf('land.certificate', 'AA00000001');
  const NOT_FOUND = '{"MALOI":"404","THONGBAO":"Không tìm thấy"}';

  test('asks for a parcel and for a certificate, by what stands in the path', async () => {
    const body = '{"THUADAT":{"THUADATID":"w7epxsheyytd"},"THOIDIEM":"2026-11-20"}';
    const first = await exchange(landRegister, parcel, body);
    expect(first.request.path).toBe('/land/1.0/thuaDat/w7epxsheyytd');
    expect(first.row).toMatchObject({ outcome: { state: 'found', asOf: '2026-11-20' } });
    const second = await exchange(landRegister, certificate, NOT_FOUND, 404);
    expect(second.request.path).toBe('/land/1.0/giayChungNhan/AA%2000000001');
    expect(second.row?.outcome.state).toBe('absent');
  });

  test('HTTP 404 of anybody but the register is no absence', async () => {
    for (const body of ['<html>404</html>', '{"MALOI":"404","THONGBAO":"Không có dịch vụ"}', '']) {
      expect(await codeOf(exchange(landRegister, parcel, body, 404))).toBe('SOURCE_UNAVAILABLE');
    }
  });
});

test('civil status has no operation for the entries of a person', async () => {
  const call = exchange(civilStatusRegister, itemOf('civil-status.events', ID), '');
  expect(await codeOf(call)).toBe('LOOKUP_UNSUPPORTED');
});

test('what is found by key, by factors, or not at all', () => {
  const batches = lookUpsOf(DEFAULT_REGISTERS, true);
  const single = lookUpsOf(DEFAULT_REGISTERS, false);
  const kinds = DEFAULT_REGISTERS.flatMap(({ recordKinds }) => Object.keys(recordKinds) as 'a.b'[]);
  expect(kinds.map(batches)).toEqual(kinds.map(() => 'key'));
  expect(Object.fromEntries(kinds.map((kind) => [kind, single(kind)]))).toEqual({
    'population.person': 'factors',
    'population.household': null,
    'civil-status.events': null,
    'business.business': 'key',
    'business.interests': null,
    'land.parcel': 'key',
    'land.certificate': 'key',
    'land.holdings': null,
  });
});
