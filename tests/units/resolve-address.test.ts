import { describe, expect, test } from 'vitest';
import { findUnitOn } from '../../src/units/administrative-unit.ts';
import { resolveAddress, type AddressQuestion } from '../../src/units/resolve-address.ts';

function resolved(question: Omit<AddressQuestion, 'use'>, use: AddressQuestion['use'] = 'residence'): string {
  const { status, commune, candidates } = resolveAddress({ ...question, use });
  if (status === 'resolved') return commune?.code ?? '';
  const codes = candidates.map((one) => one.commune.code).sort();
  return [status, ...codes].join(' ');
}

describe('a written address', () => {
  test.each([
    ['Số 5, Phường Hoàn Kiếm, Thành phố Hà Nội', '00070'],
    ['P. Hoàn Kiếm, TP. Hà Nội', '00070'],
    ['Hoàn Kiếm, Hà Nội', '00070'],
    ['phường hoàn kiếm, hà nội', '00070'],
    ['Phường Cống Vị, Quận Ba Đình, Hà Nội', 'ambiguous 00008 00025'],
    ['P.Cống Vị; Q.Ba Đình; Hà Nội', 'ambiguous 00008 00025'],
    ['Phường 01, Quận 3, TP. Hồ Chí Minh', '27154'],
    ['P1, Q3, TPHCM', 'unknown'],
    ['P1, Q3, TP HCM', '27154'],
    ['Phường 1, Quận 03, Thành phố Hồ Chí Minh', '27154'],
    ['Xã Hoà Liên, Huyện Hòa Vang, Đà Nẵng', 'ambiguous 20194 20197'],
    ['Xã Hòa Liên, Huyện Hoà Vang, Đà Nẵng', 'ambiguous 20194 20197'],
    ['Phường Nguyễn Trung Trực, Quận Ba Đình, Hà Nội', '00004'],
    ['Huyện Côn Đảo, Tỉnh Bà Rịa - Vũng Tàu', '26732'],
    ['Huyện Côn Đảo, Bà Rịa-Vũng Tàu', '26732'],
    ['Phường Hoàn Kiếm', 'unknown'],
    ['Phường Hoàn Kiếm, Atlantis', 'unknown'],
    ['Phường Không Có, Hà Nội', 'unknown'],
    ['Phường Không Có, Quận Ba Đình, Hà Nội', 'unknown'],
    ['Phuong Hoan Kiem, Ha Noi', 'unknown'],
    ['Hà Nội', 'unknown'],
    ['', 'unknown'],
    [' , ,', 'unknown'],
  ])('%s: %s', (text, wanted) => {
    expect(resolved({ text })).toBe(wanted);
  });

  test.each([['TP Thủ Đức, TP. Hồ Chí Minh'], ['Số 1 Võ Văn Ngân, Thành phố Thủ Đức, Hồ Chí Minh']])(
    '%s: a district without its commune may be any of its communes',
    (text) => {
      const { status, candidates, provinceCode } = resolveAddress({ text, use: 'residence' });
      expect([status, candidates.length, provinceCode]).toEqual(['ambiguous', 12, '79']);
    },
  );
});

describe('an address by codes', () => {
  test.each<[string, Omit<AddressQuestion, 'use'>, string]>([
    ['of today', { communeCode: '00070', on: '2026-01-01' }, '00070'],
    ['of before', { communeCode: '00070', on: '2025-06-30' }, 'ambiguous 00070 00082'],
    ['of a district that dates it', { communeCode: '00007', districtCode: '001' }, 'ambiguous 00008 00025'],
    ['of another district', { communeCode: '00007', districtCode: '002' }, 'contradictory'],
    ['of another province', { communeCode: '00070', provinceCode: '79' }, 'contradictory'],
    ['of no province', { communeCode: '00070', provinceCode: '99' }, 'contradictory'],
    ['undated, where both times agree', { communeCode: '00004' }, '00004'],
    ['undated, where they do not', { communeCode: '00070' }, 'ambiguous 00070 00082'],
    ['ended, before its end', { communeCode: '00010', on: '2020-01-01' }, '00004'],
    ['ended, on a day after its end', { communeCode: '00010', on: '2025-03-01' }, 'unknown'],
    ['ended, undated', { communeCode: '00010' }, '00004'],
    ['an island district', { districtCode: '318', provinceCode: '31' }, '11948'],
    ['a province alone', { provinceCode: '01' }, 'unknown'],
    ['no code', { communeCode: 'toString' }, 'unknown'],
  ])('%s', (_what, question, wanted) => {
    expect(resolved(question)).toBe(wanted);
  });

  test('a residence is in no piece of land without people', () => {
    const question = { communeCode: '00112', on: '2025-06-30' };
    expect(resolved(question)).toBe('00103');
    expect(resolved(question, 'land')).toBe('ambiguous 00004 00103');
  });
});

describe('the unit that had a code', () => {
  test.each([
    ['00004', '2025-06-30', 'Phường Trúc Bạch', null, '2025-06-30'],
    ['00004', '2025-07-01', 'Phường Ba Đình', '2025-07-01', null],
    ['24', '2025-06-30', 'Tỉnh Bắc Giang', null, '2025-06-30'],
    ['24', '2025-07-01', 'Tỉnh Bắc Ninh', '2025-07-01', null],
    ['01', '2026-01-01', 'Thành phố Hà Nội', null, null],
    ['75', '2026-04-29', 'Tỉnh Đồng Nai', '2025-07-01', '2026-04-29'],
    ['75', '2026-04-30', 'Thành phố Đồng Nai', '2026-04-30', null],
    ['25270', '2026-04-29', 'Xã Lộc Ninh', '2025-07-01', '2026-04-29'],
    ['001', '2025-06-30', 'Quận Ba Đình', null, '2025-06-30'],
    ['318', '2025-06-30', 'Huyện Bạch Long Vĩ', null, '2025-06-30'],
    ['00010', '2024-12-31', 'Phường Nguyễn Trung Trực', null, '2024-12-31'],
  ])('%s on %s', (code, on, name, validFrom, validTo) => {
    expect(findUnitOn(code, on)).toMatchObject({ name, validFrom, validTo });
  });

  test.each([
    ['001', '2025-07-01'],
    ['00010', '2025-01-01'],
    ['00001', '2025-07-01'],
    ['99', '2026-01-01'],
    ['', '2026-01-01'],
  ])('there was none: %s on %s', (code, on) => {
    expect(findUnitOn(code, on)).toBeNull();
  });

  test('cites resolution and clause', () => {
    expect(findUnitOn('00007', '2025-06-30')?.successors).toMatchObject([
      {
        code: '00008',
        portion: 'part',
        isDefault: true,
        instrument: 'Nghị quyết 1656/NQ-UBTVQH15, Điều 1 khoản 4',
      },
      {
        code: '00025',
        portion: 'rest',
        isDefault: false,
        instrument: 'Nghị quyết 1656/NQ-UBTVQH15, Điều 1 khoản 5',
      },
    ]);
  });
});
