/** A province's tile: column and row on the map from the north-west, and a name short enough for a tile. */
export interface ProvincePlace {
  readonly column: number;
  readonly row: number;
  readonly short: string;
}

/** The 34 provinces about where they lie. */
export const PROVINCE_PLACES: Readonly<Record<string, ProvincePlace>> = {
  '12': { column: 1, row: 1, short: 'Lai Châu' },
  '15': { column: 2, row: 1, short: 'Lào Cai' },
  '08': { column: 3, row: 1, short: 'Tuyên Quang' },
  '04': { column: 4, row: 1, short: 'Cao Bằng' },
  '11': { column: 1, row: 2, short: 'Điện Biên' },
  '14': { column: 2, row: 2, short: 'Sơn La' },
  '25': { column: 3, row: 2, short: 'Phú Thọ' },
  '19': { column: 4, row: 2, short: 'Thái Nguyên' },
  '20': { column: 5, row: 2, short: 'Lạng Sơn' },
  '01': { column: 3, row: 3, short: 'Hà Nội' },
  '24': { column: 4, row: 3, short: 'Bắc Ninh' },
  '22': { column: 5, row: 3, short: 'Quảng Ninh' },
  '37': { column: 3, row: 4, short: 'Ninh Bình' },
  '33': { column: 4, row: 4, short: 'Hưng Yên' },
  '31': { column: 5, row: 4, short: 'Hải Phòng' },
  '38': { column: 3, row: 5, short: 'Thanh Hoá' },
  '40': { column: 3, row: 6, short: 'Nghệ An' },
  '42': { column: 4, row: 6, short: 'Hà Tĩnh' },
  '44': { column: 4, row: 7, short: 'Quảng Trị' },
  '46': { column: 5, row: 7, short: 'Huế' },
  '48': { column: 5, row: 8, short: 'Đà Nẵng' },
  '51': { column: 6, row: 8, short: 'Quảng Ngãi' },
  '52': { column: 6, row: 9, short: 'Gia Lai' },
  '66': { column: 5, row: 9, short: 'Đắk Lắk' },
  '80': { column: 3, row: 10, short: 'Tây Ninh' },
  '75': { column: 4, row: 10, short: 'Đồng Nai' },
  '68': { column: 5, row: 10, short: 'Lâm Đồng' },
  '56': { column: 6, row: 10, short: 'Khánh Hoà' },
  '91': { column: 1, row: 11, short: 'An Giang' },
  '92': { column: 2, row: 11, short: 'Cần Thơ' },
  '82': { column: 3, row: 11, short: 'Đồng Tháp' },
  '79': { column: 4, row: 11, short: 'TP.HCM' },
  '96': { column: 2, row: 12, short: 'Cà Mau' },
  '86': { column: 3, row: 12, short: 'Vĩnh Long' },
};

/** Columns and rows of the map. */
export const MAP_SIZE = { columns: 6, rows: 12 } as const;
