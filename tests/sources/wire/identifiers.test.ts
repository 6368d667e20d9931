import { expect, test } from 'vitest';
import {
  isBusinessCode,
  isCertificateSerial,
  isParcelId,
  isPersonalId,
  isResidenceFileNo,
  normaliseCertificateSerial,
  readParcelId,
} from '../../../src/sources/wire/identifiers.ts';

test.each([
  ['001190900011', true],
  ['096206900011', true],
  ['001290900011', true], // 21st century, born 1990 by the record: real late registrations look so
  ['101190900011', true],
  // Law 26/2023/QH15 has no list of prefixes.
  ['003190900011', true],
  ['100190900011', true],
  ['000190900011', true],
  ['01190900011', false],
  ['0011909000111', false],
  ['001190900011\n', false],
  [' 01190900011', false],
  ['٠٠١١٩٠٩٠٠٠١١', false],
  ['', false],
])('personal id %j: %s', (id, isValid) => {
  expect(isPersonalId(id)).toBe(isValid);
});

/** Check digits worked out by hand from public codes: d10 = 10 - (31 d1 + 29 d2 + ... + 3 d9) mod 11. */
test.each([
  ['0101248141', true], // FPT: 29+19+34+52+56+5+12 = 207 = 18 x 11 + 9
  ['0100109106', true], // Viettel: 29+17+63+5 = 114 = 10 x 11 + 4
  ['0300588569', true], // Vinamilk: 87+85+104+56+25+18 = 375 = 34 x 11 + 1
  ['0100112437', true], // Vietcombank: 29+17+13+14+20+9 = 102 = 9 x 11 + 3
  ['0100684378', true], // VNPT: 29+102+104+28+15+21 = 299 = 27 x 11 + 2
  ['0101248142', false],
  ['0101248140', false],
  ['1101248141', false],
  ['0101248141-001', true],
  ['0101248141-999', true],
  ['0101248141-000', false],
  ['0101248141-01', false],
  ['0101248141001', false],
  ['0101248142-001', false],
  ['001190900011', true],
  ['003190900011', true],
  ['0101248141 ', false],
  ['', false],
])('business code %j: %s', (code, isValid) => {
  expect(isBusinessCode(code)).toBe(isValid);
});

test('nine digits whose sum leaves 0 have no check digit: all ten codes are refused', () => {
  // 000001003: 13 x 1 + 3 x 3 = 22, and 22 mod 11 = 0: 10 - 0 is no digit.
  const codes = Array.from({ length: 10 }, (_, digit) => `000001003${digit}`);
  expect(codes.filter(isBusinessCode)).toEqual([]);
});

test.each([
  ['w7epxsheyytd', true],
  ['w3gvk1c5uvxw', true],
  ['123456789012', true],
  ['07954.1.2', true],
  ['07954.12.345', true],
  ['w7epxsheyyt', false],
  ['w7epxsheyyta', false], // no a, i, l, o in base 32 of GeoHash
  ['W7EPXSHEYYTD', false],
  ['7954.1.2', false],
  ['07954.1', false],
  [`07954.1.${'2'.repeat(40)}`, false],
  ['', false],
])('parcel id %j: %s', (id, isValid) => {
  expect(isParcelId(id)).toBe(isValid);
});

test.each([
  ['W7EPXSHEYYTD', 'w7epxsheyytd'],
  ['w7EPxsheyytD', 'w7epxsheyytd'],
  ['w7epxsheyytd', 'w7epxsheyytd'],
  ['07954.1.2', '07954.1.2'],
  ['W7EPXSHEYYTA', undefined],
  [`07954.1.${'2'.repeat(40)}`, undefined],
])('parcel id %j is read as %j', (raw, id) => {
  expect(readParcelId(raw)).toBe(id);
});

test.each([
  ['AA 00000001', 'AA00000001', true],
  ['aa.00000001', 'AA00000001', true],
  ['BA 123456', 'BA123456', true],
  ['B 123456', 'B123456', true],
  ['đ 123456', 'Đ123456', true],
  ['\u00d0 123456', 'Đ123456', true],
  ['\u00f0 123456', 'Đ123456', true],
  ['AA\u200b 00000001', 'AA00000001', true],
  ['AA\u00a000000001', 'AA00000001', true],
  ['AA 0000001', 'AA0000001', false],
  ['AAA 00000001', 'AAA00000001', false],
  ['00000001', '00000001', false],
  ['AA-00000001', 'AA-00000001', false],
  ['', '', false],
])('serial %j is %j: %s', (printed, serial, isValid) => {
  expect(normaliseCertificateSerial(printed)).toBe(serial);
  expect(isCertificateSerial(serial)).toBe(isValid);
});

test.each([
  ['HK0123', true],
  ['01/HN-00070.5', true],
  ['Hồ sơ 12', true],
  ['', false],
  [' HK1', false],
  ['HK1 ', false],
  ['<HK1>', false],
  ['HK\u0000', false],
  ['9'.repeat(65), false],
])('residence file number %j: %s', (number, isValid) => {
  expect(isResidenceFileNo(number)).toBe(isValid);
});
