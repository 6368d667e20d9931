import { describe, expect, test } from 'vitest';
import { resolveCommune, resolveProvince } from '../../src/units/resolve-commune.ts';
import type { UnitReference } from '../../src/units/unit-reference.ts';

type Case = readonly [what: string, province: string, commune: string, wanted: string];

function resolved(
  generation: UnitReference['generation'],
  provinceCode: string,
  communeCode: string,
): string {
  const commune = resolveCommune({ communeCode, provinceCode, generation });
  return typeof commune === 'string' ? commune : commune.code;
}

describe('a commune of before 1 July 2025', () => {
  // As the resolutions have it; names in brackets are those of before.
  const CASES: readonly Case[] = [
    ['keeps its code, not its name and area (Trúc Bạch)', '01', '00004', '00004'],
    ['went whole into another (Phúc Xá)', '01', '00001', '00097'],
    ['was split in two, one of them its default (Cống Vị)', '01', '00007', 'ambiguous'],
    ['was split in five (Đại Mỗ)', '01', '00634', 'ambiguous'],
    ['went into Hoàn Kiếm: Hàng Mã', '01', '00043', '00070'],
    ['went into Hoàn Kiếm: Hàng Buồm', '01', '00046', '00070'],
    ['went into Hoàn Kiếm: Hàng Đào', '01', '00049', '00070'],
    ['went into Hoàn Kiếm: Hàng Bồ', '01', '00052', '00070'],
    ['went into Hoàn Kiếm: Lý Thái Tổ', '01', '00058', '00070'],
    ['went into Hoàn Kiếm: Hàng Bạc', '01', '00061', '00070'],
    ['went into Hoàn Kiếm: Hàng Gai', '01', '00064', '00070'],
    ['went into Hoàn Kiếm for the smaller part', '01', '00019', 'ambiguous'],
    ['went into Hoàn Kiếm for the greater part', '01', '00040', 'ambiguous'],
    ['had Hoàn Kiếm’s code, and went there in part', '01', '00070', 'ambiguous'],
    ['was split beside Hoàn Kiếm', '01', '00073', 'ambiguous'],
    ['gave Ba Đình land without people (Thụy Khuê)', '01', '00112', '00103'],
    ['gave two others land without people (Bồ Đề)', '01', '00139', '00118'],
    ['kept its people and lost land (Long Biên)', '01', '00145', '00145'],
    ['of Hà Giang, now Tuyên Quang', '02', '00692', '00691'],
    ['of Hà Giang, in another district', '02', '00934', '00691'],
    ['of Hà Giang, beside the codes of today’s province', '08', '00692', '00691'],
    ['of Quảng Trị, now with Quảng Bình’s code', '45', '19504', '19501'],
    ['of Ho Chi Minh City (Tân Định)', '79', '26734', '26737'],
    ['whose code is Tân Định’s today (Đa Kao)', '79', '26737', 'ambiguous'],
    ['was an island district (Côn Đảo)', '77', '755', '26732'],
    ['was another island district (Bạch Long Vĩ)', '31', '318', '11948'],
    ['is a city without its communes (Thủ Đức)', '79', '769', 'unknown'],
    ['was split between people, and gave land to a third', '42', '18796', 'ambiguous'],
    ['was split in another province', '22', '06868', 'ambiguous'],
    ['had ended before, by way of Trúc Bạch', '01', '00010', '00004'],
    ['had ended before, and no list tells into what', '01', '00223', 'unknown'],
    ['lies in another province', '02', '00043', 'contradictory'],
    ['was split, in another province', '02', '00007', 'contradictory'],
    ['lies in a province that there never was', '03', '00043', 'contradictory'],
    ['names no province', '', '00043', 'contradictory'],
    ['never was', '01', '99999', 'unknown'],
    ['is no code', '01', 'toString', 'unknown'],
    ['is empty', '01', '', 'unknown'],
  ];
  test.each(CASES)('%s', (_what, province, commune, wanted) => {
    expect(resolved('former', province, commune)).toBe(wanted);
  });
});

describe('a commune of today', () => {
  const CASES: readonly Case[] = [
    ['is itself', '01', '00070', '00070'],
    ['has a code that was another area’s', '01', '00004', '00004'],
    ['has a code that was split', '79', '26737', '26737'],
    ['is a former code alone', '01', '00043', 'unknown'],
    ['lies in another province', '46', '00070', 'contradictory'],
    ['lies in its former province', '02', '00691', 'contradictory'],
    ['lies in its province of today', '08', '00691', '00691'],
    ['is nowhere', '01', '99999', 'unknown'],
  ];
  test.each(CASES)('%s', (_what, province, commune, wanted) => {
    expect(resolved('current', province, commune)).toBe(wanted);
  });
});

test('a code without its time is none, even where both times agree', () => {
  expect(resolved('former', '01', '00004')).toBe(resolved('current', '01', '00004'));
  expect(resolved('undated', '01', '00004')).toBe('undated');
  expect(resolved('undated', '01', '99999')).toBe('undated');
});

describe('the province of a residence', () => {
  type Residence = readonly [
    what: string,
    generation: UnitReference['generation'],
    province: string,
    commune: string,
    wanted: string | null,
  ];
  const RESIDENCES: readonly Residence[] = [
    ['a commune of today', 'current', '01', '00070', '01'],
    ['one that is nowhere', 'current', '01', '99999', '01'],
    ['in a province that is no more', 'current', '02', '99999', null],
    ['that lies in another', 'current', '79', '00070', null],
    ['a former commune', 'former', '02', '00692', '08'],
    ['one that was split', 'former', '01', '00007', '01'],
    ['one that was nowhere', 'former', '77', '99999', '79'],
    ['in a province that there never was', 'former', '03', '99999', null],
    ['that lay in another', 'former', '02', '00043', null],
    ['undated, in a province that kept its code', 'undated', '01', '00070', '01'],
    ['undated, in one that is no more', 'undated', '02', '00692', '08'],
    ['undated, in another province both then and now', 'undated', '79', '00004', null],
    ['undated, where only its reading of then fits', 'undated', '45', '19504', '44'],
    ['undated, in no province', 'undated', '', '', null],
  ];
  test.each(RESIDENCES)('%s (%s)', (_what, generation, provinceCode, communeCode, wanted) => {
    expect(resolveProvince({ generation, provinceCode, communeCode })).toBe(wanted);
  });
});
