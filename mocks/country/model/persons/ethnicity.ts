import type { Region } from '../../prefixes.ts';
import { Weighted } from '../../random.ts';

/** Surnames that an ethnic group has of its own, by ethnic code; others have those of their region. */
// prettier-ignore
const SURNAMES: Readonly<Record<string, readonly string[]>> = {
  '02': ['Hoàng', 'Nông', 'Lương', 'Hà', 'Bế', 'Ma', 'Đàm', 'Triệu'],
  '07': ['Nông', 'Hoàng', 'Lý', 'Vi', 'Lương', 'Hứa'],
  '03': ['Lò', 'Quàng', 'Cà', 'Lường', 'Hà', 'Vi', 'Lô', 'Lương'],
  '06': ['Bùi', 'Đinh', 'Quách', 'Bạch', 'Hà'],
  '08': ['Giàng', 'Vàng', 'Sùng', 'Thào', 'Mùa', 'Lầu', 'Lý', 'Hạng', 'Vừ'],
  '09': ['Triệu', 'Bàn', 'Đặng', 'Lý', 'Phàn', 'Chảo'],
  '05': ['Thạch', 'Sơn', 'Kim', 'Kiên', 'Danh', 'Lâm', 'Châu', 'Trà'],
  '04': ['Trần', 'Lý', 'Lâm', 'Vương', 'Huỳnh', 'Quách', 'Lưu', 'Tăng'],
  '10': ['Rơ Châm', 'Siu', 'Kpă', 'Ksor', 'Nay', 'Rmah'],
  '12': ['Niê', 'Mlô', 'Ayun', 'Êban', 'Byă', 'Kbuôr'],
  '17': ['Thành', 'Đàng', 'Não', 'Từ', 'Bá', 'Kiều', 'Quảng'],
};

/** Groups in whose names Văn and Thị have no place. */
const OWN_NAMING = new Set(['08', '10', '12', '17']);

/** Strongly regional (census of 2019 as remembered): drawn by region, never nationally. */
const BY_REGION: Readonly<Record<Region, Weighted<string>>> = {
  north: new Weighted([
    ['01', 975],
    ['06', 10],
    ['02', 8],
    ['04', 4],
    ['09', 3],
  ]),
  mountains: new Weighted([
    ['01', 46],
    ['02', 15],
    ['03', 11],
    ['06', 8],
    ['08', 10],
    ['07', 5],
    ['09', 5],
  ]),
  'north-centre': new Weighted([
    ['01', 90],
    ['03', 6],
    ['06', 3],
    ['08', 1],
  ]),
  'south-centre': new Weighted([
    ['01', 94],
    ['17', 4],
    ['12', 1],
    ['04', 1],
  ]),
  highlands: new Weighted([
    ['01', 66],
    ['10', 11],
    ['12', 9],
    ['02', 4],
    ['07', 5],
    ['08', 2],
    ['03', 3],
  ]),
  'south-east': new Weighted([
    ['01', 930],
    ['04', 40],
    ['05', 20],
    ['02', 5],
    ['07', 5],
  ]),
  delta: new Weighted([
    ['01', 92],
    ['05', 6],
    ['04', 2],
  ]),
};

/** Codes on the wire: only 00 (none or unknown) and 99 (other) are published, those between are modelled. */
const NONE = ['00', 860] as const;
const RELIGIONS: Readonly<Record<'north' | 'south' | 'delta', Weighted<string>>> = {
  north: new Weighted([NONE, ['02', 70], ['01', 40], ['03', 5]]),
  south: new Weighted([NONE, ['02', 75], ['01', 60], ['03', 15], ['04', 10], ['99', 2]]),
  delta: new Weighted([NONE, ['02', 40], ['01', 60], ['05', 60], ['04', 20], ['99', 2]]),
};

/** `01` Kinh to `54`. */
export function ethnicCodes(region: Region): Weighted<string> {
  return BY_REGION[region];
}

export function religionCodes(region: Region): Weighted<string> {
  if (region === 'delta') return RELIGIONS.delta;
  return region === 'north' || region === 'mountains' || region === 'north-centre'
    ? RELIGIONS.north
    : RELIGIONS.south;
}

export function ethnicSurnames(ethnicCode: string): readonly string[] | undefined {
  return SURNAMES[ethnicCode];
}

export function hasOwnNaming(ethnicCode: string): boolean {
  return OWN_NAMING.has(ethnicCode);
}
