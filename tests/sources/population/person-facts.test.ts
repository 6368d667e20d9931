import { describe, expect, test } from 'vitest';
import { POPULATION_CACHE_LIMITS } from '../../../src/sources/population/register.ts';
import { readPersonFacts } from '../../../src/sources/population/person-facts.ts';
import type { PersonRecord } from '../../../src/sources/population/record.ts';
import { BROKEN } from '../../../src/sources/records/record.ts';
import {
  citizen,
  citizenRow,
  envelope,
  populationFixture,
  RESIDENCE,
  type CitizenParts,
} from '../fixtures/population.ts';
import { fetchRows, itemOf } from '../fixtures/register-fixture.ts';

const ID = '001190900011';
const FATHER = '001060900011';
const MOTHER = '001163900012';
const SPOUSE = '001088900013';

async function personOf(parts: CitizenParts, attributes?: string) {
  const body = envelope(citizenRow(ID, citizen(parts)), attributes);
  const batch = await fetchRows(populationFixture, body, [itemOf('population.person', ID)]);
  const outcome = batch.rows[0]?.outcome;
  if (outcome?.state !== 'found') throw new Error(outcome?.state);
  return outcome;
}

const named = (element: string, id: string): string =>
  `<${element}><SoDinhDanh>${id}</SoDinhDanh><HoVaTen>TÊN</HoVaTen></${element}>`;
const inDistrict = (district: string): string =>
  RESIDENCE.replace('<MaPhuongXa>', `<MaQuanHuyen>${district}</MaQuanHuyen><MaPhuongXa>`);
const HOME = { communeCode: '00070', provinceCode: '01' };

test('the facts of a person of whom the register holds little', async () => {
  const { value } = await personOf({ relatives: '', residence: '' });
  expect(readPersonFacts(value)).toEqual({
    personalId: ID,
    isProtected: false,
    deathDate: null,
    birthDate: '1990-05-12',
    residence: null,
    parents: [],
    spouse: null,
    guardians: [],
    household: 'HK0123',
    unreadable: [],
  });
});

test('the facts of a person of whom it holds all', async () => {
  const { value } = await personOf({
    relatives: named('Cha', FATHER) + named('Me', MOTHER) + named('VoChong', SPOUSE),
    state: '<NgayChet>20200301</NgayChet><CheDoBaoVe>1</CheDoBaoVe>',
    birth: '<NgayThangNamSinh><Nam>1990</Nam></NgayThangNamSinh>',
  });
  expect(readPersonFacts(value)).toEqual({
    personalId: ID,
    isProtected: true,
    deathDate: '2020-03-01',
    birthDate: '1990',
    residence: { ...HOME, generation: 'current' },
    parents: [FATHER, MOTHER],
    spouse: SPOUSE,
    guardians: [],
    household: 'HK0123',
    unreadable: [],
  });
});

type Mapped = readonly [string, CitizenParts, { readonly [Name in keyof PersonRecord]?: unknown }];
const MAPPED: readonly Mapped[] = [
  ['no protection', {}, { isProtected: false }],
  ['a protection', { state: '<CheDoBaoVe>1</CheDoBaoVe>' }, { isProtected: true }],
  ['a death', { state: '<NgayChet>20240229</NgayChet>' }, { deathDate: '2024-02-29' }],
  ['no relatives', { relatives: '' }, { fatherId: null, motherId: null, spouseId: null }],
  ['a father', { relatives: named('Cha', FATHER) }, { fatherId: FATHER, motherId: null }],
  ['a mother', { relatives: named('Me', MOTHER) }, { motherId: MOTHER, fatherId: null }],
  ['a spouse', { relatives: named('VoChong', SPOUSE) }, { spouseId: SPOUSE }],
  ['a relative by name', { relatives: '<Me><HoVaTen>TRẦN THỊ ĐÀO</HoVaTen></Me>' }, { motherId: null }],
  [
    'a relative by the old number',
    { relatives: '<Cha><SoCMND>012345678</SoCMND><HoVaTen>A</HoVaTen></Cha>' },
    { fatherId: null },
  ],
  ['no residence', { residence: '' }, { residenceUnit: null }],
  ['two levels', {}, { residenceUnit: { ...HOME, generation: 'current' } }],
  [
    'three levels',
    { residence: inDistrict('002') },
    // The schema's codes stay as the register has them.
    {
      residenceUnit: { ...HOME, generation: 'former' },
      permanentResidence: { full: '12 Tràng Tiền, Phường Hoàn Kiếm, Hà Nội', ...HOME },
    },
  ],
  [
    'a district without communes',
    { residence: inDistrict('755').replace(/<MaPhuongXa>.*<\/MaPhuongXa>/, '') },
    {
      residenceUnit: { communeCode: '755', provinceCode: '01', generation: 'former' },
      permanentResidence: {
        full: '12 Tràng Tiền, Phường Hoàn Kiếm, Hà Nội',
        provinceCode: '01',
        communeCode: null,
      },
    },
  ],
];
test.each(MAPPED)('reads %s', async (_name, parts, expected) => {
  const { value, isIntact } = await personOf(parts);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
  expect(readPersonFacts(value)).not.toBeNull();
});

const DATED: readonly (readonly [asOf: string | null, residence: string, generation: string])[] = [
  ['2026-11-20', RESIDENCE, 'current'],
  ['2025-07-01', RESIDENCE, 'current'],
  ['2025-06-30', RESIDENCE, 'undated'],
  [null, RESIDENCE, 'undated'],
  ['2026-11-20', inDistrict('002'), 'former'],
  ['2025-06-30', inDistrict('002'), 'former'],
  [null, inDistrict('002'), 'former'],
];
test.each(DATED)('data of %s: %s is %s', async (asOf, residence, generation) => {
  const attributes = asOf === null ? '' : ` ThoiDiemDuLieu="${asOf}"`;
  const { value } = await personOf({ residence }, attributes);
  expect(value).toMatchObject({ residenceUnit: { ...HOME, generation } });
});

const MALFORMED: readonly (readonly [string, CitizenParts, keyof PersonRecord])[] = [
  ['protection 0', { state: '<CheDoBaoVe>0</CheDoBaoVe>' }, 'isProtected'],
  ['protection 2', { state: '<CheDoBaoVe>2</CheDoBaoVe>' }, 'isProtected'],
  ['protection in words', { state: '<CheDoBaoVe>true</CheDoBaoVe>' }, 'isProtected'],
  ['two protections', { state: '<CheDoBaoVe>1</CheDoBaoVe>'.repeat(2) }, 'isProtected'],
  ['elements in a protection', { state: '<CheDoBaoVe><a>1</a></CheDoBaoVe>' }, 'isProtected'],
  ['no day of death', { state: '<NgayChet>20230229</NgayChet>' }, 'deathDate'],
  ['another date form', { state: '<NgayChet>2023-02-28</NgayChet>' }, 'deathDate'],
  ['two deaths', { state: '<NgayChet>20230228</NgayChet>'.repeat(2) }, 'deathDate'],
  ['a father’s id', { relatives: named('Cha', '12345') }, 'fatherId'],
  ['two fathers', { relatives: named('Cha', FATHER).repeat(2) }, 'fatherId'],
  ['a father as text', { relatives: `<Cha>${FATHER}</Cha>` }, 'fatherId'],
  [
    'a spouse of two ids',
    { relatives: `<VoChong>${`<SoDinhDanh>${SPOUSE}</SoDinhDanh>`.repeat(2)}</VoChong>` },
    'spouseId',
  ],
  ['two spouses', { relatives: named('VoChong', SPOUSE).repeat(2) }, 'spouseId'],
  ['a commune of four digits', { residence: RESIDENCE.replace('00070', '0070') }, 'residenceUnit'],
  ['no commune', { residence: RESIDENCE.replace(/<MaPhuongXa>.*<\/MaPhuongXa>/, '') }, 'residenceUnit'],
  [
    'a broken district without a commune',
    { residence: inDistrict('75').replace(/<MaPhuongXa>.*<\/MaPhuongXa>/, '') },
    'residenceUnit',
  ],
  ['no province', { residence: RESIDENCE.replace(/<MaTinhThanh>.*<\/MaTinhThanh>/, '') }, 'residenceUnit'],
  ['a residence as text', { residence: '<ThuongTru>Hà Nội</ThuongTru>' }, 'residenceUnit'],
  ['two residences', { residence: RESIDENCE.repeat(2) }, 'residenceUnit'],
  ['a district of two digits', { residence: inDistrict('02') }, 'residenceUnit'],
  ['two districts', { residence: inDistrict('002</MaQuanHuyen><MaQuanHuyen>003') }, 'residenceUnit'],
];
const FACT_OF = {
  isProtected: 'isProtected',
  deathDate: 'deathDate',
  birthDate: 'birthDate',
  residenceUnit: 'residence',
  fatherId: 'parents',
  motherId: 'parents',
  spouseId: 'spouse',
  guardianId: 'guardians',
  residenceFileNo: 'household',
} as const;
type Field = keyof typeof FACT_OF;

test.each(MALFORMED)('decides nobody’s row on a broken fact: %s', async (_name, parts, fact) => {
  const { value, isIntact } = await personOf(parts);
  expect(value[fact]).toBe(BROKEN);
  // Not cached: the next request asks anew.
  expect(isIntact).toBe(false);
  expect(readPersonFacts(value)?.unreadable).toEqual([FACT_OF[fact as Field]]);
  // A broken fact is no broken field of the schema.
  expect(value).toMatchObject({ personalId: ID, name: { full: 'Nguyễn Thị Anh' } });
});

describe('a record that lacks', () => {
  test.each(Object.entries(FACT_OF))('%s cannot be read in %s', async (field, fact) => {
    const { value } = await personOf({});
    const { [field]: _, ...rest } = value;
    expect(readPersonFacts(rest)?.unreadable).toEqual([fact]);
  });

  test('the personal id has no facts', async () => {
    const { value } = await personOf({});
    const { personalId: _, ...rest } = value;
    expect(readPersonFacts(rest)).toBeNull();
  });

  test.each(['ethnicity', 'religion', 'name', 'sex', 'permanentResidence'])(
    '%s has its facts',
    async (field) => {
      const { value } = await personOf({});
      expect(readPersonFacts({ ...value, [field]: BROKEN })).toEqual(readPersonFacts(value));
    },
  );
});

test('facts live a minute at most', () => {
  expect(POPULATION_CACHE_LIMITS['population.person'].value).toBeLessThanOrEqual(60_000);
});

test.each([
  ['an empty protection', { state: '<CheDoBaoVe/>' }, { isProtected: false }],
  ['an empty death', { state: '<NgayChet/>' }, { deathDate: null }],
  ['a nil death', { state: '<NgayChet xmlns:xsi="u" xsi:nil="true"/>' }, { deathDate: null }],
  ['a death in a year', { state: '<NgayChet>2024</NgayChet>' }, { deathDate: '2024' }],
  [
    'a death in a year, as a birth is written',
    { state: '<NgayChet><Nam>2024</Nam></NgayChet>' },
    { deathDate: '2024' },
  ],
  ['an empty mother', { relatives: '<Me/>' }, { motherId: null }],
  ['a mother’s empty id', { relatives: named('Me', '') }, { motherId: null }],
  ['a father with an identity card of before', { relatives: named('Cha', '012345678') }, { fatherId: null }],
  ['an empty district', { residence: inDistrict('') }, { residenceUnit: { ...HOME, generation: 'current' } }],
  [
    'an address of one code',
    {
      residence:
        '<ThuongTru><MaDonViHanhChinh>00070</MaDonViHanhChinh><ChiTiet>Hà Nội</ChiTiet><QuocGia>VN</QuocGia></ThuongTru>',
    },
    { residenceUnit: { ...HOME, generation: 'current' }, permanentResidence: HOME },
  ],
  [
    'codes beside their names',
    {
      codes:
        '<DanToc><MaDanToc>01</MaDanToc><TenGoiKhac/></DanToc><TonGiao><MaTonGiao>02</MaTonGiao></TonGiao>',
    },
    { ethnicity: 'Kinh', religion: 'Công giáo' },
  ],
  [
    'a birth in a year',
    { birth: '<NgayThangNamSinh><NgayThangNam>19750000</NgayThangNam></NgayThangNamSinh>' },
    { birthDate: '1975' },
  ],
])('%s is a value', async (_what, parts, expected) => {
  const { value, isIntact } = await personOf(parts, ' ThoiDiemDuLieu="2026-11-20T08:30:00+07:00"');
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});

test('an unknown code of protection is broken, and the operator is told', async () => {
  const outcome = await personOf({ state: '<CheDoBaoVe>7</CheDoBaoVe>' });
  expect(outcome).toMatchObject({ value: { isProtected: BROKEN }, hasUnknownProtection: true });
  expect(await personOf({ state: '<CheDoBaoVe>1</CheDoBaoVe>' })).not.toHaveProperty('hasUnknownProtection');
});
