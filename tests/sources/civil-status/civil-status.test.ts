import { expect, test } from 'vitest';
import { BROKEN } from '../../../src/sources/records/record.ts';
import {
  adoption,
  birth,
  change,
  civilStatusFixture,
  COMMON,
  death,
  divorce,
  guardianship,
  marriage,
  recognition,
  row,
} from '../fixtures/civil-status.ts';
import { fetchRows, itemOf, requestOf } from '../fixtures/register-fixture.ts';

const ID = '001190900011';
const SPOUSE = '001060900031';
const OTHER = '001060900041';

async function outcomeOf(wireRow: string) {
  const batch = await fetchRows(civilStatusFixture, civilStatusFixture.answer([wireRow]), [
    itemOf('civil-status.events', ID),
  ]);
  const outcome = batch.rows[0]?.outcome;
  if (outcome === undefined) throw new Error('no row');
  return outcome;
}

async function eventsOf(entries: string) {
  const outcome = await outcomeOf(row(ID, entries));
  if (outcome.state !== 'found') throw new Error(outcome.state);
  return outcome;
}

const husband = (id: string) => `<chongSoDDCN>${id}</chongSoDDCN>`;
const wife = (id: string) => `<voSoDDCN>${id}</voSoDDCN>`;

const REGISTRATION = {
  entryNo: '120',
  bookNo: '01/1990',
  registeredOn: '1990-05-20',
  office: 'Hà Nội',
};
const PAGE = { ...REGISTRATION, pageNo: '12', registrationKind: 'ON_TIME' };
const named = (name: string, personalId: string | null, more: object = {}) => ({
  name,
  birthDate: null,
  sex: null,
  ancestralHome: null,
  ethnicity: null,
  nationalities: null,
  residence: null,
  residenceKind: null,
  idDocument: null,
  personalId,
  ...more,
});
const NO_ENTRIES = {
  personalId: ID,
  birth: null,
  marriages: [],
  divorces: [],
  civilStatusChanges: [],
  guardianships: [],
  recognitions: [],
  adoptions: [],
  death: null,
};

test('maps birth, marriages in order, and death', async () => {
  const entries = birth(ID) + marriage(husband(SPOUSE), wife(ID)) + marriage('', wife(ID)) + death(ID);
  const both = { ...PAGE, wife: named('B', ID), state: 'IN_FORCE', endedOn: null };
  expect(await eventsOf(entries)).toEqual({
    state: 'found',
    asOf: '2026-11-20',
    isIntact: true,
    value: {
      ...NO_ENTRIES,
      birth: {
        ...PAGE,
        child: named('Nguyễn Thị Anh', ID, { birthDate: '1990-05-12' }),
        recordedMother: named('Trần Thị B', '001165900021'),
        recordedFather: named('Nguyễn Văn C', '001060900031'),
        place: `Bệnh viện [${ID}]`,
        placeUnitCode: null,
        birthKind: null,
        medicalCertificate: null,
        motherId: '001165900021',
        fatherId: '001060900031',
      },
      marriages: [
        { ...both, husband: named('A', SPOUSE), spouseId: SPOUSE },
        { ...both, husband: named('A', null), spouseId: null },
      ],
      death: {
        ...PAGE,
        deceased: named('Nguyễn Thị Anh', ID),
        date: '2024-02-01',
        time: null,
        place: 'Hà Nội',
        cause: 'Bệnh',
        notice: null,
      },
    },
  });
});

test('maps divorces, changes, guardianships, recognitions and adoptions', async () => {
  const entries =
    divorce(
      SPOUSE,
      ID,
      '<loaiLyHon>1</loaiLyHon><soBanAn>12/2020/QĐST-HNGĐ</soBanAn><ngayBanAn>01/02/2020</ngayBanAn><coQuanBanAn>Tòa án</coQuanBanAn><ngayHieuLuc>02/2020</ngayHieuLuc>',
    ) +
    change(
      ID,
      '<loaiThayDoi>4</loaiThayDoi><noiDungThayDoi>Dân tộc</noiDungThayDoi><giaTriCu>Kinh</giaTriCu><giaTriMoi>Tày</giaTriMoi><lyDo>Theo mẹ</lyDo>',
    ) +
    guardianship(OTHER, ID, '<lyDo>Mồ côi</lyDo><ngayChamDut>2008</ngayChamDut>') +
    recognition(OTHER, ID, '<loaiNhan>2</loaiNhan>') +
    adoption(ID, '', OTHER);
  const { value, isIntact } = await eventsOf(entries);
  expect(isIntact).toBe(true);
  expect(value).toEqual({
    ...NO_ENTRIES,
    divorces: [
      {
        ...REGISTRATION,
        kind: 'DIVORCE',
        formerSpouse: named('A', SPOUSE),
        decisionNo: '12/2020/QĐST-HNGĐ',
        decidedOn: '2020-02-01',
        decidedBy: 'Tòa án',
        effectiveOn: '2020-02',
      },
    ],
    civilStatusChanges: [
      {
        ...REGISTRATION,
        kind: 'ETHNICITY',
        changedItem: 'Dân tộc',
        oldValue: 'Kinh',
        newValue: 'Tày',
        reason: 'Theo mẹ',
      },
    ],
    guardianships: [
      {
        ...REGISTRATION,
        guardian: named('A', OTHER),
        ward: named('B', ID),
        reason: 'Mồ côi',
        endedOn: '2008',
      },
    ],
    recognitions: [
      {
        ...REGISTRATION,
        kind: 'CHILD_RECOGNISES_PARENT',
        parent: named('A', OTHER),
        child: named('B', ID),
      },
    ],
    adoptions: [
      {
        ...REGISTRATION,
        child: named('A', ID),
        adoptiveMother: null,
        adoptiveFather: { ...named('', OTHER), name: null },
        endedOn: null,
      },
    ],
  });
});

/** A person as an entry of birth has the mother: what stands in the entry, and what of it is mapped otherwise than to null. */
const MOTHERS: readonly (readonly [
  what: string,
  elements: string,
  wanted: object | null,
  isSound: boolean,
])[] = [
  ['nobody', '', null, true],
  ['a year of birth alone', '<meNgaySinh>1960</meNgaySinh>', null, true],
  ['a name alone', '<meHoTen>Trần Thị B</meHoTen>', { name: 'Trần Thị B' }, true],
  ['a year', '<meHoTen>B</meHoTen><meNgaySinh>1960</meNgaySinh>', { name: 'B', birthDate: '1960' }, true],
  ['an ethnic group', '<meHoTen>B</meHoTen><meDanToc>02</meDanToc>', { name: 'B', ethnicity: 'Tày' }, true],
  ['none known', '<meHoTen>B</meHoTen><meDanToc>99</meDanToc>', { name: 'B', ethnicity: BROKEN }, false],
  [
    'a nationality',
    '<meHoTen>B</meHoTen><meQuocTich>VNM</meQuocTich>',
    { name: 'B', nationalities: ['VN'] },
    true,
  ],
  [
    'no country',
    '<meHoTen>B</meHoTen><meQuocTich>vn</meQuocTich>',
    { name: 'B', nationalities: [BROKEN] },
    false,
  ],
  ['a sex', '<meHoTen>B</meHoTen><meGioiTinh>3</meGioiTinh>', { name: 'B', sex: 'UNDETERMINED' }, true],
  [
    'a residence',
    '<meHoTen>B</meHoTen><meNoiCuTru>Hà Nội</meNoiCuTru><meLoaiCuTru>2</meLoaiCuTru>',
    { name: 'B', residence: 'Hà Nội', residenceKind: 'TEMPORARY' },
    true,
  ],
  [
    'a document',
    '<meHoTen>B</meHoTen><meLoaiGiayToTuyThan>2</meLoaiGiayToTuyThan><meSoGiayToTuyThan>B1234567</meSoGiayToTuyThan>',
    { name: 'B', idDocument: { kind: 'PASSPORT', number: 'B1234567' } },
    true,
  ],
  [
    'an identity card of before in place of the id',
    '<meHoTen>B</meHoTen><meSoDDCN>012345678</meSoDDCN>',
    { name: 'B', idDocument: { kind: 'OLD_IDENTITY_CARD', number: '012345678' } },
    true,
  ],
  [
    'a passport in place of the id',
    '<meHoTen>B</meHoTen><meSoDDCN>B1234567</meSoDDCN>',
    { name: 'B', idDocument: { kind: 'PASSPORT', number: 'B1234567' } },
    true,
  ],
  [
    'the number of an identity card, which is the id',
    `<meHoTen>B</meHoTen><meLoaiGiayToTuyThan>4</meLoaiGiayToTuyThan><meSoGiayToTuyThan>${OTHER}</meSoGiayToTuyThan>`,
    { name: 'B', personalId: OTHER, idDocument: { kind: 'IDENTITY_CARD', number: OTHER } },
    true,
  ],
  [
    'another’s id as the document’s number',
    `<meSoDDCN>${SPOUSE}</meSoDDCN><meSoGiayToTuyThan>${OTHER}</meSoGiayToTuyThan>`,
    { personalId: SPOUSE, idDocument: { kind: null, number: BROKEN } },
    false,
  ],
  ['two names', '<meHoTen>A</meHoTen><meHoTen>B</meHoTen>', { name: BROKEN }, false],
];
test.each(MOTHERS)('a person in an entry: %s', async (_what, elements, wanted, isSound) => {
  const entry = birth(ID, (xml) => xml.replace(/<meHoTen>.*<\/meSoDDCN>/, elements));
  const { value, isIntact } = await eventsOf(entry);
  expect(Object(value['birth'])['recordedMother']).toEqual(
    wanted && { ...named('', null), name: null, ...wanted },
  );
  expect(isIntact).toBe(isSound);
});

test('no entries are no events, not an unknown person', async () => {
  expect((await eventsOf('')).value).toEqual(NO_ENTRIES);
});

test('the spouse is the other one, whichever side the person stands on', async () => {
  const asWife = await eventsOf(marriage(husband(SPOUSE), wife(ID)));
  const asHusband = await eventsOf(marriage(husband(ID), wife(SPOUSE)));
  expect([asWife.value['marriages'], asHusband.value['marriages']]).toMatchObject([
    [{ spouseId: SPOUSE }],
    [{ spouseId: SPOUSE }],
  ]);
});

test.each([
  ['1', 'IN_FORCE', true],
  ['2', 'DIVORCED', true],
  ['3', 'ENDED_BY_DEATH', true],
  ['', BROKEN, false],
  ['0', BROKEN, false],
  ['4', 'ANNULLED', true],
  ['5', BROKEN, false],
  ['01', BROKEN, false],
  ['constructor', BROKEN, false],
])('a marriage of state "%s"', async (code, state, isSound) => {
  const entry = marriage(husband(SPOUSE), wife(ID)).replace(
    '>1</tinhTrangKetHon>',
    `>${code}</tinhTrangKetHon>`,
  );
  const { value, isIntact } = await eventsOf(entry);
  expect(value['marriages']).toMatchObject([{ spouseId: SPOUSE, state }]);
  expect(isIntact).toBe(isSound);
});

const without = (element: string) => (xml: string) =>
  xml.replace(new RegExp(`<${element}>.*?</${element}>`), '');
const instead = (element: string, text: string) => (xml: string) =>
  xml.replace(new RegExp(`<${element}>.*?</${element}>`), `<${element}>${text}</${element}>`);

const withBehind = (element: string, more: string) => (xml: string) =>
  xml.replace(`</${element}>`, `</${element}>${more}`);

const MALFORMED: readonly (readonly [string, string, Record<string, unknown>])[] = [
  [
    'no mother, no father',
    birth(ID, (xml) => without('meSoDDCN')(without('chaSoDDCN')(xml))),
    { birth: { motherId: null, fatherId: null } },
  ],
  ['mother', birth(ID, instead('meSoDDCN', '12')), { birth: { motherId: BROKEN } }],
  ['birth of nobody', birth(ID, without('nksSoDDCN')), { birth: BROKEN }],
  [
    'date of entry',
    birth(ID, instead('ngayDangKy', '31/04/1990')),
    { birth: { registeredOn: BROKEN, entryNo: '120' } },
  ],
  [
    'date of entry in another form',
    birth(ID, instead('ngayDangKy', '1990-04-30')),
    { birth: { registeredOn: BROKEN } },
  ],
  ['no number', birth(ID, without('so')), { birth: { entryNo: BROKEN } }],
  ['no place', birth(ID, without('nksNoiSinh')), { birth: { place: BROKEN } }],
  ['two births', birth(ID) + birth(ID), { birth: BROKEN, death: null }],
  ['two deaths', death(ID) + death(ID), { birth: null, death: BROKEN }],
  ['death without a date', death(ID, without('nktNgayChet')), { death: { date: BROKEN } }],
  ['death on no day', death(ID, instead('nktNgayChet', '31/02/2024')), { death: { date: BROKEN } }],
  ['death of nobody', death(ID, without('nktSoDDCN')), { death: BROKEN }],
  ['marriage of two others', marriage(husband(SPOUSE), wife(OTHER)), { marriages: [BROKEN] }],
  ['marriage with oneself', marriage(husband(ID), wife(ID)), { marriages: [BROKEN] }],
  [
    'a marriage without its state',
    without('tinhTrangKetHon')(marriage(husband(SPOUSE), wife(ID))),
    { marriages: [{ spouseId: SPOUSE, state: BROKEN }] },
  ],
  ['marriage of nobody', marriage('', ''), { marriages: [BROKEN] }],
  [
    'one marriage of two',
    marriage(husband('x'), wife(ID)) + marriage(husband(SPOUSE), wife(ID)),
    { marriages: [{ spouseId: BROKEN }, { spouseId: SPOUSE }] },
  ],
  [
    'a husband twice',
    marriage(husband(SPOUSE) + husband(OTHER), wife(ID)),
    { marriages: [{ spouseId: BROKEN }] },
  ],
  [
    'a kind of registration that is none',
    birth(ID, instead('loaiDangKy', '0')),
    { birth: { registrationKind: null } },
  ],
  [
    'an unknown kind of registration',
    birth(ID, instead('loaiDangKy', '9')),
    { birth: { registrationKind: BROKEN } },
  ],
  [
    'a time that is none',
    death(ID, withBehind('nktNgayChet', '<nktGioPhutChet>24:00</nktGioPhutChet>')),
    { death: { time: BROKEN } },
  ],
  ['divorce of two others', divorce(SPOUSE, OTHER), { divorces: [BROKEN] }],
  ['guardianship of two others', guardianship(SPOUSE, OTHER), { guardianships: [BROKEN] }],
  ['a guardian of oneself', guardianship(ID, ID), { guardianships: [BROKEN] }],
  ['recognition of two others', recognition(SPOUSE, OTHER), { recognitions: [BROKEN] }],
  ['adoption of others', adoption(OTHER, SPOUSE, ''), { adoptions: [BROKEN] }],
  ['change of nobody', change(''), { civilStatusChanges: [BROKEN] }],
  ['the person twice', marriage(husband(SPOUSE), wife(ID) + wife(ID)), { marriages: [BROKEN] }],
];
/** What is left out is no fault. */
const INTACT = ['no mother, no father', 'a kind of registration that is none'];
test.each(MALFORMED)('value-level: %s', async (name, entries, expected) => {
  const { value, isIntact } = await eventsOf(entries);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(INTACT.includes(name));
});

const wrap = (data: unknown) => JSON.stringify({ soDinhDanh: ID, timThay: true, data });
test.each([
  ['no XML', wrap('<hotich><hoso>')],
  ['empty text', wrap('')],
  ['an object', wrap({})],
  ['null', wrap(null)],
  ['left out', wrap(undefined)],
  ['another root', wrap('<x></x>')],
  ['text at the root', wrap('<hotich>none</hotich>')],
  ['DOCTYPE', wrap('<!DOCTYPE hotich><hotich></hotich>')],
  [
    'an entry of an unknown module',
    row(
      ID,
      death(ID, (xml) => xml.replace('"KT"', '"K7"')),
    ),
  ],
  [
    'an entry named like a property',
    row(
      ID,
      death(ID, (xml) => xml.replace('"KT"', '"constructor"')),
    ),
  ],
  ['an entry without a module', row(ID, `<hoso>${COMMON}</hoso>`)],
  ['another element', row(ID, `<ghichu module="KS"></ghichu>`)],
  ['birth of another', row(ID, birth(OTHER))],
  ['a change of another', row(ID, change(OTHER))],
  ['death of another', row(ID, birth(ID) + death(OTHER))],
  ['timThay is text', row(ID, '').replace('true', '"true"')],
  ['not found, with data', row(ID, birth(ID)).replace('true', 'false')],
])('breaks the row: %s', async (_name, wireRow) => {
  expect(await outcomeOf(wireRow)).toEqual({ state: 'broken' });
});

test('XML malformed for one person leaves the others intact', async () => {
  const rows = [wrap('<hotich><hoso module="KS"></hotich>'), row(SPOUSE, birth(SPOUSE))];
  const batch = await fetchRows(civilStatusFixture, civilStatusFixture.answer(rows), [
    itemOf('civil-status.events', SPOUSE),
    itemOf('civil-status.events', ID),
  ]);
  expect(batch.rows.map(({ outcome }) => outcome.state)).toEqual(['found', 'broken']);
});

test('asks with key and askers', async () => {
  const request = await requestOf(civilStatusFixture, [itemOf('civil-status.events', ID)]);
  expect(request.path).toBe('/apiHoTichTuPhap/traCuuTheoLo');
  expect(JSON.parse(request.body ?? '')).toMatchObject({
    maDonVi: 'inspectorate',
    mucDich: 'inspection',
    dsMuc: [{ soDinhDanh: ID, nguoiHoi: [{ taiKhoan: 'officer.one', maHoSo: 'H26-261121-0001' }] }],
  });
});

test.each([
  ['a mother’s empty id', birth(ID, instead('meSoDDCN', '')), { birth: { motherId: null } }],
  ['a father’s passport', birth(ID, instead('chaSoDDCN', 'B1234567')), { birth: { fatherId: null } }],
  ['a father’s identity card', birth(ID, instead('chaSoDDCN', '012345678')), { birth: { fatherId: null } }],
  ['a death in a year', death(ID, instead('nktNgayChet', '2024')), { death: { date: '2024' } }],
  ['a death in a month', death(ID, instead('nktNgayChet', '03/2024')), { death: { date: '2024-03' } }],
  [
    'a place by its commune',
    birth(ID, withBehind('nksNoiSinh', '<nksNoiSinhDVHC>00070</nksNoiSinhDVHC>')),
    { birth: { placeUnitCode: '00070' } },
  ],
  [
    'a kind of birth',
    birth(ID, withBehind('nksNoiSinh', '<nksLoaiKhaiSinh>3</nksLoaiKhaiSinh>')),
    { birth: { birthKind: 'FATHER_UNKNOWN' } },
  ],
  [
    'a medical certificate',
    birth(ID, withBehind('nksNoiSinh', '<maGCS>01.0001</maGCS><ngayCapGCS>13/05/1990</ngayCapGCS>')),
    { birth: { medicalCertificate: { code: '01.0001', issuedOn: '1990-05-13' } } },
  ],
  [
    'a notice of death, and its time',
    death(
      ID,
      withBehind(
        'nktNgayChet',
        '<nktGioPhutChet>23:59</nktGioPhutChet><gbtLoai>7</gbtLoai><gbtSo>5</gbtSo><gbtNgay>02/02/2024</gbtNgay><gbtCoQuanCap>Xã</gbtCoQuanCap><maGBT>X.5</maGBT>',
      ),
    ),
    {
      death: {
        time: '23:59',
        notice: { kind: 'WITNESS', number: '5', issuedOn: '2024-02-02', issuedBy: 'Xã', code: 'X.5' },
      },
    },
  ],
  [
    'the end of a marriage',
    marriage(husband(SPOUSE), wife(ID)).replace('<tinhTrang', '<ngayChamDut>2020</ngayChamDut><tinhTrang'),
    { marriages: [{ endedOn: '2020' }] },
  ],
  ['an entry of a year', birth(ID, instead('ngayDangKy', '1975')), { birth: { registeredOn: '1975' } }],
])('%s is a value', async (_what, entry, expected) => {
  const { value, isIntact } = await eventsOf(entry);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});
