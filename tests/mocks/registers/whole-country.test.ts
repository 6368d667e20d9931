import { beforeAll, describe, expect, test } from 'vitest';

import { buildMocks } from '../../../mocks/build-mocks.ts';
import { buildCountry } from '../../../mocks/country/country.ts';
import { encodePersonalId } from '../../../mocks/country/identifiers/personal-id.ts';
import { DEFAULT_SEED } from '../../../mocks/country/reference.ts';
import { businessBatch, civilStatusBatch, landBatch, parseXml, populationBatch } from '../register-calls.ts';

/** Every person of a few neighbourhoods: what leaves a register, read independently, is what the country holds. */
const country = buildCountry();
const { population, business, 'civil-status': civilStatus, land } = buildMocks(country).registers;
const ids: string[] = [];

beforeAll(() => {
  for (const prefixIndex of [0, 20, 49]) {
    for (let year = 1925; year <= 2026; year += 1) {
      for (const sex of [1, 2] as const) {
        for (let counter = 0; counter < 4; counter += 1) {
          const id = encodePersonalId(DEFAULT_SEED, { prefixIndex, index: 0 }, sex, year, counter);
          if (country.person(id) !== undefined) ids.push(id);
        }
      }
    }
  }
});

function inHundreds<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / 100) }, (_, index) =>
    items.slice(index * 100, index * 100 + 100),
  );
}

type Tree = { readonly [name: string]: string | undefined | Tree };

function slashed(date: string): string {
  return date.split('-').toReversed().join('/');
}

test('there is somebody to ask about', () => {
  expect(ids.length).toBeGreaterThan(100);
});

describe('population', () => {
  test('citizens', async () => {
    for (const keys of inHundreds(ids)) {
      const { body } = await population.handle(
        populationBatch(keys.map((key) => ({ kind: 'CONG_DAN', key }))),
      );
      const rows = soapRows(body);
      expect(rows.map(({ Khoa }) => Khoa)).toEqual(keys);
      for (const row of rows) {
        const person = country.person(String(row['Khoa']));
        const wire = row['CongDan'] as Tree;
        const name = wire['HoVaTen'] as Tree;
        const home = wire['ThuongTru'] as Tree;
        const [year, month, day] = person?.birthDate.split('-') ?? [];
        const full = [name['Ho'], name['ChuDem'], name['Ten']].filter((part) => part !== undefined).join(' ');
        expect({
          id: wire['SoDinhDanh'],
          name: full.toUpperCase(),
          sex: wire['GioiTinh'],
          birth: birthIn(wire['NgayThangNamSinh'] as Tree),
          commune: home['MaPhuongXa'] ?? home['MaDonViHanhChinh'],
          mother: personIn(wire['Me'], 'SoDinhDanh'),
          spouse: personIn(wire['VoChong'], 'HoVaTen'),
          guardian: personIn(wire['NguoiDaiDien'], 'SoDinhDanh'),
          fileNo: textOf(wire['SoSoHoKhau']),
          died: textOf(wire['NgayChet']),
          isProtected: ['1', '9'].includes(textOf(wire['CheDoBaoVe']) ?? ''),
        }).toEqual({
          id: person?.personalId,
          name: [person?.surname, person?.middle, person?.given].filter(Boolean).join(' ').toUpperCase(),
          sex: String(person?.sex),
          birth: [year, month, day].filter(Boolean).join('-'),
          commune: person?.permanentResidence.communeCode,
          mother: person?.mother?.personalId ?? person?.mother?.documentNo,
          spouse: person?.spouse?.fullName,
          guardian: person?.guardian?.personalId,
          fileNo: person?.residenceFileNo,
          died: person?.deathDate?.replaceAll('-', ''),
          isProtected: person?.isProtected,
        });
      }
    }
  });

  test('households', async () => {
    const files = new Set(ids.flatMap((id) => country.person(id)?.residenceFileNo ?? []));
    for (const keys of inHundreds([...files])) {
      const { body } = await population.handle(
        populationBatch(keys.map((key) => ({ kind: 'HO_GIA_DINH', key }))),
      );
      const seen = soapRows(body).map((row) =>
        (row['HoGiaDinh'] as unknown as Household).ThanhVien.map((one) => ({
          ...one,
          SoDinhDanh: textOf(one['SoDinhDanh']),
        })),
      );
      expect(seen).toEqual(
        keys.map((key) =>
          country
            .household(key)
            ?.members.map(({ personalId, documentNo, fullName, oldIdNumber, relationToHead }) => ({
              SoDinhDanh: personalId ?? documentNo,
              HoVaTen: fullName,
              QuanHe: relationToHead,
              ...(oldIdNumber === undefined ? {} : { SoCMND: oldIdNumber }),
            })),
        ),
      );
    }
  });
});

interface Household {
  readonly ThanhVien: readonly Tree[];
}

function soapRows(body: string): readonly Tree[] {
  const answer = parseXml(body) as {
    Envelope: { Body: { TraCuuTheoLoResponse: { CongdanCollection: { Dong: readonly Tree[] } } } };
  };
  return answer.Envelope.Body.TraCuuTheoLoResponse.CongdanCollection.Dong;
}

/** The element that holds the id of an entry's second person, or a death's day. */
const SECOND_PARTIES = ['meSoDDCN', 'nktNgayChet', 'voSoDDCN', 'ntdSoDDCN', 'ndghSoDDCN', 'conSoDDCN'];

test('civil status', async () => {
  for (const keys of inHundreds(ids)) {
    const { body } = await civilStatus.handle(civilStatusBatch(keys.map((key) => ({ key }))));
    const { dsKetQua } = JSON.parse(body) as { dsKetQua: { soDinhDanh: string; data: string }[] };
    expect(dsKetQua.map(({ soDinhDanh }) => soDinhDanh)).toEqual(keys);
    for (const { soDinhDanh, data } of dsKetQua) {
      const record = country.civilStatus(soDinhDanh);
      const { hotich } = parseXml(data) as { hotich: { hoso?: readonly Tree[] } | '' };
      const entries = hotich === '' ? [] : (hotich.hoso ?? []);
      const seen = entries.map((entry) => [
        entry['@module'],
        entry['so'],
        entry['ngayDangKy'],
        textOf(SECOND_PARTIES.map((name) => entry[name]).find((one) => one !== undefined)),
      ]);
      const { birth, marriages = [], death } = record ?? {};
      const {
        divorces = [],
        changes = [],
        guardianships = [],
        recognitions = [],
        adoptions = [],
      } = record ?? {};
      const wanted = [
        ...(birth
          ? [
              [
                'KS',
                birth.entryNo,
                slashed(birth.registeredOn),
                birth.mother?.personalId ?? birth.mother?.documentNo,
              ],
            ]
          : []),
        ...marriages.map((one) => ['KH', one.entryNo, slashed(one.registeredOn), one.wife.personalId]),
        ...divorces.map((one) => ['LH', one.entryNo, slashed(one.registeredOn), one.wife.personalId]),
        ...changes.map((one) => ['TDCC', one.entryNo, slashed(one.registeredOn), one.person.personalId]),
        ...guardianships.map((one) => ['GH', one.entryNo, slashed(one.registeredOn), one.ward.personalId]),
        ...recognitions.map((one) => ['CMC', one.entryNo, slashed(one.registeredOn), one.child.personalId]),
        ...adoptions.map((one) => ['NCN', one.entryNo, slashed(one.registeredOn), one.child.personalId]),
        ...(death ? [['KT', death.entryNo, slashed(death.registeredOn), slashed(death.date)]] : []),
      ];
      expect(seen).toEqual(wanted);
    }
  }
});

/** What stands in a leaf; undefined where it is left out, in whatever way. */
function textOf(leaf: Tree[string]): string | undefined {
  return typeof leaf === 'string' && leaf !== '' ? leaf : undefined;
}

/** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`; zeros stand for what is not known. */
function birthIn(element: Tree): string {
  const { NgayThangNam, Nam = '', Thang = '' } = element as Readonly<Record<string, string | undefined>>;
  const whole = NgayThangNam ?? `${Nam}${Thang}`;
  const parts = [whole.slice(0, 4), whole.slice(4, 6), whole.slice(6)];
  return parts.filter((part) => part !== '' && part !== '00').join('-');
}

function personIn(element: Tree[string], name: string): string | undefined {
  return typeof element === 'object' ? textOf(element[name]) : undefined;
}

/** A list, where one element may stand without it and null for an empty one. */
function listOf<T>(value: readonly T[] | T | null): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : value === null ? [] : [value as T];
}

test('business', async () => {
  for (const keys of inHundreds(ids)) {
    const { body } = await business.handle(businessBatch(keys.map((key) => ({ kind: 'PERSON', key }))));
    const { Data } = JSON.parse(body) as { Data: { Key: string; Enterprises: readonly Enterprise[] }[] };
    const seen = Data.map(({ Key, Enterprises }) => [
      Key,
      listOf(Enterprises).map(({ MainInformation, Representatives }) => [
        MainInformation.ENTERPRISE_GDT_CODE,
        MainInformation.NAME,
        MainInformation.ENTERPRISE_STATUS,
        MainInformation.FOUNDING_DATE,
        listOf(Representatives).map(({ PERSON_ID }) => PERSON_ID || undefined),
      ]),
    ]);
    const wanted = keys.map((key) => [
      key,
      country.businessesOf(key).map((code) => {
        const record = country.business(code);
        return [
          code,
          record?.name,
          String(record?.statusCode),
          slashed(record?.foundedOn ?? ''),
          record?.representatives.map(({ personalId, documentNo }) => personalId ?? documentNo),
        ];
      }),
    ]);
    expect(seen).toEqual(wanted);
  }
});

interface Enterprise {
  readonly MainInformation: Readonly<Record<string, unknown>>;
  readonly Representatives: readonly { readonly PERSON_ID: string }[];
}

test('land', async () => {
  for (const keys of inHundreds(ids)) {
    const { body } = await land.handle(landBatch(keys.map((key) => ({ kind: 'CHU_SU_DUNG', key }))));
    const { KETQUA } = JSON.parse(body) as { KETQUA: readonly Holdings[] };
    const seen = KETQUA.map(({ KHOA, DANHSACHTHUA, DANHSACHGCN }) => [
      KHOA,
      listOf(DANHSACHTHUA).map(({ THUADATID, SOTHUTUTHUA, DIENTICH }) => [THUADATID, SOTHUTUTHUA, DIENTICH]),
      listOf(DANHSACHGCN).map(({ SOPHATHANH, NGAYCAP }) => [SOPHATHANH, NGAYCAP]),
    ]);
    const wanted = keys.map((key) => [
      key,
      country.parcelsOf(key).map((id) => [id, country.parcel(id)?.parcelNo, country.parcel(id)?.area]),
      country
        .certificatesOf(key)
        .map((serial) => [country.certificate(serial)?.serial, country.certificate(serial)?.issuedOn]),
    ]);
    expect(seen).toEqual(wanted);
  }
});

interface Holdings {
  readonly KHOA: string;
  readonly DANHSACHTHUA: readonly Readonly<Record<string, unknown>>[];
  readonly DANHSACHGCN: readonly Readonly<Record<string, unknown>>[];
}
