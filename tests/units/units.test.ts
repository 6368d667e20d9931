import { describe, expect, it } from 'vitest';
import { COMMUNES, communesOf, findCommune } from '../../src/units/communes.ts';
import { findIdentifierPrefix, IDENTIFIER_PREFIXES } from '../../src/units/identifier-prefixes.ts';
import { findProvince, PROVINCES } from '../../src/units/provinces.ts';

describe('the table of administrative units', () => {
  it('has the 34 provinces, seven of them cities', () => {
    expect(PROVINCES).toHaveLength(34);
    expect(PROVINCES.filter((province) => province.kind === 'city').map((province) => province.code)).toEqual(
      ['01', '31', '46', '48', '75', '79', '92'],
    );
    expect(findProvince('02')).toBeUndefined();
  });

  it('has all 3,321 communes', () => {
    expect(communesOf('01')).toHaveLength(126);
    expect(communesOf('46')).toHaveLength(40);
    expect(COMMUNES).toHaveLength(3_321);
    expect(findCommune('00070')).toEqual({
      code: '00070',
      name: 'Phường Hoàn Kiếm',
      nameEn: 'Hoan Kiem Ward',
      kind: 'ward',
      provinceCode: '01',
      isNewWard: false,
    });
    expect(findCommune('99999')).toBeUndefined();
  });

  it('gives every commune one well-formed code and an existing province', () => {
    expect(new Set(COMMUNES.map((commune) => commune.code)).size).toBe(COMMUNES.length);
    const malformed = COMMUNES.filter(
      ({ code, name, provinceCode }) =>
        !/^\d{5}$/.test(code) ||
        !/^(Phường|Xã|Đặc khu) /.test(name) ||
        findProvince(provinceCode) === undefined,
    );
    expect(malformed).toEqual([]);
  });

  it('leads each of the 63 prefixes of personal ids to a province of today', () => {
    expect(IDENTIFIER_PREFIXES).toHaveLength(63);
    expect(
      IDENTIFIER_PREFIXES.filter(({ provinceCode }) => findProvince(provinceCode) === undefined),
    ).toEqual([]);
    expect(findIdentifierPrefix('002')?.provinceCode).toBe('08');
    expect(findIdentifierPrefix('003')).toBeUndefined();
  });
});
