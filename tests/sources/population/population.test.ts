import { describe, expect, test } from 'vitest';
import type { RecordKind } from '../../../src/sources/records/record.ts';
import { BROKEN } from '../../../src/sources/records/record.ts';
import {
  citizen,
  citizenRow,
  envelope,
  householdRow,
  populationFixture,
  RESIDENCE,
} from '../fixtures/population.ts';
import type { CitizenParts } from '../fixtures/population.ts';
import { CALL, codeOf, fetchRows, itemOf, requestOf } from '../fixtures/register-fixture.ts';

const ID = '001190900011';

async function outcomeOf(row: string, kind: RecordKind = 'population.person', key = ID) {
  const batch = await fetchRows(populationFixture, envelope(row), [itemOf(kind, key)]);
  const outcome = batch.rows[0]?.outcome;
  if (outcome === undefined) throw new Error('no row');
  return outcome;
}

async function personOf(parts: CitizenParts) {
  const outcome = await outcomeOf(citizenRow(ID, citizen(parts)));
  if (outcome.state !== 'found') throw new Error(outcome.state);
  return outcome;
}

function born(content: string): CitizenParts {
  return { birth: `<NgayThangNamSinh>${content}</NgayThangNamSinh>` };
}

function nationals(content: string): CitizenParts {
  return { nationality: content };
}

function named(content: string): CitizenParts {
  return { name: `<HoVaTen>${content}</HoVaTen>` };
}

test('maps a person', async () => {
  expect(await personOf({})).toEqual({
    state: 'found',
    asOf: '2026-11-20',
    isIntact: true,
    value: {
      personalId: ID,
      name: { full: 'Nguyễn Thị Anh', surname: 'Nguyễn', middle: 'Thị', given: 'Anh' },
      otherNames: [],
      birthDate: '1990-05-12',
      sex: 'FEMALE',
      placeOfBirth: null,
      birthRegistrationPlace: null,
      ancestralHome: null,
      nationalities: ['VN'],
      ethnicity: 'Kinh',
      religion: 'Không',
      bloodType: 'A',
      oldIdNumbers: [],
      idCards: [],
      relatives: [
        {
          relation: 'FATHER',
          name: 'NGUYỄN VĂN BA',
          oldIdNumber: null,
          nationalities: [],
          personalId: '001060900011',
        },
      ],
      permanentResidence: {
        full: '12 Tràng Tiền, Phường Hoàn Kiếm, Hà Nội',
        provinceCode: '01',
        districtCode: null,
        communeCode: '00070',
        country: 'VN',
        provinceName: 'Thành phố Hà Nội',
        communeName: 'Phường Hoàn Kiếm',
        currentCommuneCode: '00070',
        startedOn: null,
        expiresOn: null,
        deletedOn: null,
        deletionReason: null,
      },
      temporaryResidence: null,
      currentResidence: null,
      absenceDeclaration: null,
      residenceFileNo: 'HK0123',
      maritalStatus: 'MARRIED',
      relationToHead: null,
      deathDate: null,
      missingSince: null,
      contact: null,
      occupation: null,
      isProtected: false,
      fatherId: '001060900011',
      motherId: null,
      spouseId: null,
      guardianId: null,
      residenceUnit: { communeCode: '00070', provinceCode: '01', generation: 'current' },
    },
  });
});

test('what the register leaves out is null', async () => {
  const { value, isIntact } = await personOf({ codes: '', residence: '', fileNo: '' });
  expect(value).toMatchObject({
    ethnicity: null,
    religion: null,
    permanentResidence: null,
    residenceFileNo: null,
  });
  expect(isIntact).toBe(true);
});

const VALID: readonly (readonly [string, CitizenParts, Record<string, unknown>])[] = [
  [
    'the whole name in Ten',
    named('<Ten>NGUYỄN THỊ ANH</Ten>'),
    { name: { full: 'NGUYỄN THỊ ANH', surname: null, middle: null, given: null } },
  ],
  [
    'no middle name',
    named('<Ho>Lê</Ho><ChuDem/><Ten>Anh</Ten>'),
    { name: { full: 'Lê Anh', surname: 'Lê', middle: null, given: 'Anh' } },
  ],
  [
    'spaces',
    named('<Ho> Lê </Ho><ChuDem>Thị\n Mai</ChuDem><Ten>Anh</Ten>'),
    { name: { full: 'Lê Thị Mai Anh' } },
  ],
  ['decomposed', named(`<Ten>${'Nguyễn'.normalize('NFD')}</Ten>`), { name: { full: 'Nguyễn' } }],
  ['escaped', named('<Ho>O&apos;B &amp; C</Ho><Ten>&#x110;ỗ</Ten>'), { name: { full: "O'B & C Đỗ" } }],
  ['CDATA', named('<Ten><![CDATA[A < B & C]]></Ten>'), { name: { full: 'A < B & C' } }],
  ['year', born('<Nam>1954</Nam>'), { birthDate: '1954' }],
  ['year and month', born('<Nam>1954</Nam><Thang>07</Thang>'), { birthDate: '1954-07' }],
  ['leap day', born('<NgayThangNam>20000229</NgayThangNam>'), { birthDate: '2000-02-29' }],
  ['male', { sex: '<GioiTinh>1</GioiTinh>' }, { sex: 'MALE' }],
  [
    'two nationalities',
    nationals('<QuocTich>VNM</QuocTich><QuocTich>FR</QuocTich>'),
    { nationalities: ['VN', 'FR'] },
  ],
  ['last ethnic code', { codes: '<DanToc>54</DanToc>' }, { ethnicity: 'Rơ măm' }],
  ['religions', { codes: '<TonGiao>05</TonGiao>' }, { religion: 'Hòa Hảo' }],
  ['other religion', { codes: '<TonGiao>99</TonGiao>' }, { religion: 'Khác' }],
];
test.each(VALID)('reads %s', async (_name, parts, expected) => {
  const { value, isIntact } = await personOf(parts);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});

const MALFORMED: readonly (readonly [string, CitizenParts, Record<string, unknown>])[] = [
  ['no name', { name: '' }, { name: BROKEN }],
  ['two names', { name: '<HoVaTen><Ten>A</Ten></HoVaTen><HoVaTen><Ten>B</Ten></HoVaTen>' }, { name: BROKEN }],
  ['no given name', named('<Ho>Lê</Ho>'), { name: { full: BROKEN } }],
  ['empty given name', named('<Ho>Lê</Ho><Ten> </Ten>'), { name: { full: BROKEN } }],
  ['elements in a name', named('<Ten><b>A</b></Ten>'), { name: { full: BROKEN } }],
  ['two surnames', named('<Ho>A</Ho><Ho>B</Ho><Ten>C</Ten>'), { name: { full: BROKEN } }],
  ['no birth date', { birth: '' }, { birthDate: BROKEN }],
  ['empty birth date', born(''), { birthDate: BROKEN }],
  ['30 February', born('<NgayThangNam>19900230</NgayThangNam>'), { birthDate: BROKEN }],
  ['no leap year', born('<NgayThangNam>19000229</NgayThangNam>'), { birthDate: BROKEN }],
  ['another date form', born('<NgayThangNam>1990-05-12</NgayThangNam>'), { birthDate: BROKEN }],
  ['year 1017', born('<Nam>1017</Nam>'), { birthDate: BROKEN }],
  ['month 13', born('<Nam>1990</Nam><Thang>13</Thang>'), { birthDate: BROKEN }],
  ['month without year', born('<Thang>05</Thang>'), { birthDate: BROKEN }],
  ['date and year', born('<NgayThangNam>19900512</NgayThangNam><Nam>1990</Nam>'), { birthDate: BROKEN }],
  ['no sex', { sex: '' }, { sex: BROKEN }],
  ['sex 3', { sex: '<GioiTinh>3</GioiTinh>' }, { sex: BROKEN }],
  ['sex in words', { sex: '<GioiTinh>Nữ</GioiTinh>' }, { sex: BROKEN }],
  ['a nationality that is no code', nationals('<QuocTich>Việt Nam</QuocTich>'), { nationalities: [BROKEN] }],
  ['ethnic code 60', { codes: '<DanToc>60</DanToc>' }, { ethnicity: BROKEN, religion: null }],
  ['ethnic code 1', { codes: '<DanToc>1</DanToc>' }, { ethnicity: BROKEN }],
  ['religion 42', { codes: '<TonGiao>42</TonGiao>' }, { religion: BROKEN }],
  ['address as text', { residence: '<ThuongTru>Hà Nội</ThuongTru>' }, { permanentResidence: BROKEN }],
  ['two addresses', { residence: RESIDENCE + RESIDENCE }, { permanentResidence: BROKEN }],
  [
    'commune code',
    { residence: RESIDENCE.replace('00070', '70') },
    { permanentResidence: { communeCode: BROKEN, provinceCode: '01' } },
  ],
  [
    'no province',
    { residence: RESIDENCE.replace('<MaTinhThanh>01</MaTinhThanh>', '') },
    { permanentResidence: { provinceCode: BROKEN, communeCode: '00070' } },
  ],
  [
    'empty address text',
    { residence: RESIDENCE.replace(/<ChiTiet>.*<\/ChiTiet>/, '<ChiTiet/>') },
    { permanentResidence: { full: BROKEN } },
  ],
  ['file number with markup', { fileNo: '<SoSoHoKhau>&lt;1&gt;</SoSoHoKhau>' }, { residenceFileNo: BROKEN }],
];
test.each(MALFORMED)('is broken at its place: %s', async (_name, parts, expected) => {
  const { value, isIntact } = await personOf(parts);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(false);
  // What is right beside it stays.
  expect(value).toMatchObject({ personalId: ID });
});

const BROKEN_ROWS: readonly (readonly [string, string])[] = [
  ['found without a record', `<Dong><Loai>CONG_DAN</Loai><Khoa>${ID}</Khoa><TimThay>true</TimThay></Dong>`],
  ['not found with one', citizenRow(ID, citizen({})).replace('true', 'false')],
  ['found in other words', citizenRow(ID, citizen({})).replace('true', '1')],
  ['no inner id', citizenRow(ID, citizen({ id: '' }))],
  ['two records', citizenRow(ID, citizen({}) + citizen({}))],
  ['inner id twice', citizenRow(ID, citizen({ id: `<SoDinhDanh>${ID}</SoDinhDanh>`.repeat(2) }))],
  ['another kind', citizenRow(ID, citizen({})).replace('CONG_DAN', 'HO_GIA_DINH')],
];
test.each(BROKEN_ROWS)('breaks the row: %s', async (_name, row) => {
  expect((await outcomeOf(row)).state).toBe('broken');
});

describe('household', () => {
  const member = `<ThanhVien><SoDinhDanh>${ID}</SoDinhDanh><HoVaTen>NGUYỄN THỊ ANH</HoVaTen><QuanHe>Chủ hộ</QuanHe></ThanhVien>`;
  const read = (content: string) =>
    outcomeOf(householdRow('HK0123', content), 'population.household', 'HK0123');

  test('maps members in register order, a broken one at its place', async () => {
    const row =
      `<SoHoSoCuTru>HK0123</SoHoSoCuTru>${member}<ThanhVien>x</ThanhVien>` +
      '<ThanhVien><SoDinhDanh>12</SoDinhDanh><QuanHe>Con</QuanHe></ThanhVien><ThanhVien><SoDinhDanh>001060900031</SoDinhDanh></ThanhVien>';
    expect(await read(row)).toEqual({
      state: 'found',
      asOf: '2026-11-20',
      isIntact: false,
      value: {
        residenceFileNo: 'HK0123',
        headId: ID,
        members: [
          { name: 'NGUYỄN THỊ ANH', oldIdNumber: null, relationToHead: 'Chủ hộ', personalId: ID },
          BROKEN,
          { name: null, oldIdNumber: null, relationToHead: 'Con', personalId: BROKEN },
          { name: null, oldIdNumber: null, relationToHead: BROKEN, personalId: '001060900031' },
        ],
      },
    });
  });

  test.each([
    ['nobody, where no member is', '<QuanHe>Vợ</QuanHe>', null],
    ['somebody without a personal id', '<QuanHe>Chủ hộ</QuanHe>', null],
    ['not known where a relation cannot be read', '<QuanHe><b>Vợ</b></QuanHe>', BROKEN],
  ])('the head is %s', async (_name, relation, headId) => {
    const row = `<SoHoSoCuTru>HK0123</SoHoSoCuTru><ThanhVien><SoDinhDanh>012345678</SoDinhDanh><HoVaTen>A</HoVaTen>${relation}</ThanhVien>`;
    expect(await read(row)).toMatchObject({
      value: { headId, members: [{ name: 'A', oldIdNumber: '012345678', personalId: null }] },
    });
  });

  test('of another file number is broken', async () => {
    expect((await read(`<SoHoSoCuTru>HK9999</SoHoSoCuTru>${member}`)).state).toBe('broken');
  });
});

test('a person and a household with equal keys are two rows', async () => {
  const rows = citizenRow(ID, citizen({})) + householdRow(ID, `<SoHoSoCuTru>${ID}</SoHoSoCuTru>`);
  const items = [itemOf('population.household', ID), itemOf('population.person', ID)];
  const batch = await fetchRows(populationFixture, envelope(rows), items);
  expect(batch.rows.map(({ kind, outcome }) => [kind, outcome.state])).toEqual([
    ['population.household', 'found'],
    ['population.person', 'found'],
  ]);
});

test('signs path, user and time; names every asker', async () => {
  const request = await requestOf(populationFixture, [
    {
      kind: 'population.person',
      key: ID,
      askers: [
        { officer: 'a', dossier: 'H26-261121-0001' },
        { officer: 'b', dossier: 'H26-261121-0002' },
      ],
    },
  ]);
  expect(request.path).toBe('/dancuquocgia');
  expect(request.headers).toMatchObject({
    apikey: 'api-key',
    soapaction: '""',
    'x-road-client': 'VN/GOV/x',
  });
  const basic = Buffer.from(
    (request.headers['authorization'] ?? '').slice('Basic '.length),
    'base64',
  ).toString();
  const { createHash } = await import('node:crypto');
  const signed = `/dancuquocgiagateway${request.headers['timestamp']}s&cret`;
  expect(basic).toBe(`gateway:${createHash('sha256').update(signed).digest('hex')}`);
  expect(Math.abs(Number(request.headers['timestamp']) - Date.now())).toBeLessThan(60_000);
  expect(request.body).toContain(
    `<dc:MaYeuCau>${CALL.requestId}</dc:MaYeuCau><dc:MaDVC>inspection</dc:MaDVC><dc:MaTichHop>037</dc:MaTichHop><dc:MaDonVi>inspectorate</dc:MaDonVi>` +
      `<dc:Muc><dc:Loai>CONG_DAN</dc:Loai><dc:Khoa>${ID}</dc:Khoa><dc:NguoiHoi><dc:TaiKhoan>a</dc:TaiKhoan><dc:MaHoSo>H26-261121-0001</dc:MaHoSo></dc:NguoiHoi>` +
      '<dc:NguoiHoi><dc:TaiKhoan>b</dc:TaiKhoan><dc:MaHoSo>H26-261121-0002</dc:MaHoSo></dc:NguoiHoi></dc:Muc>',
  );
});

test('an answer that states no date of its data has none', async () => {
  const batch = await fetchRows(populationFixture, envelope(citizenRow(ID, citizen({})), ''), [
    itemOf('population.person', ID),
  ]);
  expect(batch.rows[0]?.outcome).toMatchObject({ state: 'found', asOf: null });
});

test('a fault beside an answer is an error', async () => {
  const body = envelope(citizenRow(ID, citizen({}))).replace(
    '<TraCuuTheoLoResponse',
    '<Fault><faultcode>005</faultcode></Fault><TraCuuTheoLoResponse',
  );
  expect(await codeOf(fetchRows(populationFixture, body))).toBe('SOURCE_UNAVAILABLE');
});
