import { expect, test } from 'vitest';
import { BROKEN } from '../../../src/sources/records/record.ts';
import { birth, civilStatusFixture, COMMON, death, marriage, row } from '../fixtures/civil-status.ts';
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

test('maps birth, marriages in order, and death', async () => {
  const entries = birth(ID) + marriage(husband(SPOUSE), wife(ID)) + marriage('', wife(ID)) + death(ID);
  expect(await eventsOf(entries)).toEqual({
    state: 'found',
    asOf: '2026-11-20',
    isIntact: true,
    value: {
      personalId: ID,
      birth: {
        entryNo: '120',
        registeredOn: '1990-05-20',
        place: `Bệnh viện [${ID}]`,
        motherId: '001165900021',
        fatherId: '001060900031',
      },
      marriages: [
        { entryNo: '120', registeredOn: '1990-05-20', spouseId: SPOUSE, state: 'in-force' },
        { entryNo: '120', registeredOn: '1990-05-20', spouseId: null, state: 'in-force' },
      ],
      death: { entryNo: '120', registeredOn: '1990-05-20', date: '2024-02-01' },
    },
  });
});

test('no entries are no events, not an unknown person', async () => {
  expect((await eventsOf('')).value).toEqual({ personalId: ID, birth: null, marriages: [], death: null });
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
  ['1', 'in-force', true],
  ['2', 'divorced', true],
  ['3', 'ended-by-death', true],
  ['', BROKEN, false],
  ['0', BROKEN, false],
  ['4', BROKEN, false],
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
  ['the person twice', marriage(husband(SPOUSE), wife(ID) + wife(ID)), { marriages: [BROKEN] }],
];
test.each(MALFORMED)('value-level: %s', async (name, entries, expected) => {
  const { value, isIntact } = await eventsOf(entries);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(name === 'no mother, no father');
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
  ['an entry of a year', birth(ID, instead('ngayDangKy', '1975')), { birth: { registeredOn: '1975' } }],
])('%s is a value', async (_what, entry, expected) => {
  const { value, isIntact } = await eventsOf(entry);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});
