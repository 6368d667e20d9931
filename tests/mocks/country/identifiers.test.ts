import { describe, expect, it } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import {
  decodeSerial,
  encodeNewSerial,
  encodeOldSerial,
  normaliseSerial,
  SERIES,
} from '../../../mocks/country/identifiers/certificate-serial.ts';
import {
  checkDigit,
  decodeEnterpriseCode,
  encodeEnterpriseCode,
  ENTERPRISES_PER_BLOCK,
} from '../../../mocks/country/identifiers/enterprise-code.ts';
import { decodeParcelId, encodeParcelId, geoHash } from '../../../mocks/country/identifiers/parcel-id.ts';
import { decodePersonalId, encodePersonalId } from '../../../mocks/country/identifiers/personal-id.ts';
import {
  decodeResidenceFileNo,
  encodeResidenceFileNo,
} from '../../../mocks/country/identifiers/residence-file-no.ts';

const SEED = 7;
const BLOCKS = [0, 1, 30, 62].flatMap((prefixIndex) =>
  [0, 1, 777, 24_999].map((index) => ({ prefixIndex, index })),
);
const POINT = { latitude: 21.0285, longitude: 105.8048 };

describe('identifiers lead back to their block, from the first of the country to the last of 100 million', () => {
  it.each(BLOCKS)('block $index of prefix $prefixIndex', (block) => {
    for (const [sex, year] of [
      [1, 1931],
      [2, 1999],
      [1, 2000],
      [2, 2026],
    ] as const) {
      for (const counter of [0, 3]) {
        const id = encodePersonalId(SEED, block, sex, year, counter);
        expect(id).toMatch(/^0\d{2}[0-3]\d{2}9\d{5}$/);
        expect(Number(id[3])).toBe((year < 2000 ? 0 : 2) + sex - 1);
        expect(Number(id.slice(4, 6))).toBe(year % 100);
        expect(decodePersonalId(SEED, id)).toEqual(block);
      }
    }
    for (const item of [0, 511]) {
      expect(decodeParcelId(SEED, encodeParcelId(SEED, block, item, POINT))).toEqual(block);
      expect(decodeResidenceFileNo(SEED, encodeResidenceFileNo(SEED, block, item))).toEqual(block);
      const serial = encodeNewSerial(SEED, block, item);
      expect(serial).toMatch(/^A[A-K] \d{8}$/);
      expect(decodeSerial(SEED, serial)).toEqual(block);
    }
    for (const series of SERIES.keys()) {
      const serial = encodeOldSerial(SEED, block, series, 15);
      expect(serial).toMatch(/^[A-D][A-Z] \d{6}$/);
      expect(decodeSerial(SEED, serial)).toEqual(block);
    }
  });

  it('gives no two items of a block the same enterprise code, and skips about one number in eleven', () => {
    const block = { prefixIndex: 0, index: 12 };
    const codes = Array.from({ length: ENTERPRISES_PER_BLOCK }, (_, item) =>
      encodeEnterpriseCode(SEED, block, item),
    ).filter((code) => code !== undefined);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(ENTERPRISES_PER_BLOCK * 0.86);
    expect(codes.length).toBeLessThan(ENTERPRISES_PER_BLOCK * 0.96);
    for (const code of codes) expect(decodeEnterpriseCode(SEED, code)).toEqual(block);
  });
});

describe('published rules', () => {
  // Codes of companies known to everybody.
  it.each(['0100109106', '0101248141', '0300588569'])('the check digit of %s', (code) => {
    expect(checkDigit(code.slice(0, 9))).toBe(Number(code[9]));
  });

  it('no number is issued where the rule gives ten', () => {
    const nines = Array.from({ length: 1100 }, (_, n) => String(n).padStart(9, '0'));
    const unissued = nines.filter((nine) => checkDigit(nine) === undefined);
    expect(unissued.length).toBe(100);
    for (const nine of unissued) {
      for (let last = 0; last < 10; last += 1)
        expect(decodeEnterpriseCode(SEED, `${nine}${last}`)).toBeUndefined();
    }
  });

  it.each([
    [{ latitude: 21.0285, longitude: 105.8048 }, 'w7epxshey'],
    [{ latitude: 10.7769, longitude: 106.7008 }, 'w3gvk1c5u'],
    [{ latitude: 57.64911, longitude: 10.40744 }, 'u4pruydqqvj8'],
  ])('the GeoHash of %o', (point, wanted) => {
    expect(geoHash(point, wanted.length)).toBe(wanted);
  });

  it.each([
    ['aa00000001', 'AA 00000001'],
    [' BX.123 456', 'BX 123456'],
    ['A 123456', undefined],
    ['AA 1234567', undefined],
  ])('the serial %j', (written, wanted) => {
    expect(normaliseSerial(written)).toBe(wanted);
  });
});

describe('keys that nobody has', () => {
  const country = buildCountry({ persons: 20_000 });
  const [someone] = country.people({ with: ['land', 'business'] });
  const personalId = someone?.personalId ?? '';

  it.each([
    ['empty', ''],
    ['13 digits', `${personalId}0`],
    ['11 digits', personalId.slice(0, 11)],
    ['a prefix of no province', `003${personalId.slice(3)}`],
    ['not synthetic', `${personalId.slice(0, 6)}0${personalId.slice(7)}`],
    ['letters', 'abcdefghijkl'],
    ['a year without births', `${personalId.slice(0, 3)}001${personalId.slice(6)}`],
  ])('%s is no person', (_, id) => {
    expect(country.person(id)).toBeUndefined();
    expect(country.civilStatus(id)).toBeUndefined();
    expect(country.truth(id)).toBeUndefined();
    expect(country.businessesOf(id)).toEqual([]);
    expect(country.parcelsOf(id)).toEqual([]);
    expect(country.certificatesOf(id)).toEqual([]);
  });

  it('most ids of the right form belong to nobody', () => {
    const known = Array.from({ length: 2000 }, (_, n) => `0011909${String(n * 50).padStart(5, '0')}`).filter(
      (id) => country.person(id) !== undefined,
    );
    expect(known.length).toBeLessThan(200);
  });

  it('a business code with a wrong check digit, never issued or not given is unknown', () => {
    for (let last = 0; last < 10; last += 1) expect(country.business(`010000000${last}`)).toBeUndefined();
    expect(country.business('0100109106-001')).toBeUndefined();
    expect(country.business('')).toBeUndefined();
  });

  it('a parcel id, serial or residence file that was not given is unknown', () => {
    const [parcelId = ''] = country.parcelsOf(personalId);
    expect(country.parcel(parcelId)?.parcelId).toBe(parcelId);
    expect(country.parcel(`w000${parcelId.slice(4)}`)).toBeUndefined();
    expect(country.parcel(parcelId.toUpperCase())).toBeUndefined();
    expect(country.certificate('ZZ 00000001')).toBeUndefined();
    expect(country.certificate('nonsense')).toBeUndefined();
    expect(country.household('HS9999999999')).toBeUndefined();
    expect(country.household('HS1')).toBeUndefined();
  });
});
