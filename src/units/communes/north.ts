import type { ProvinceCommunes } from '../commune-table.ts';

/** A selection of the northern provinces' communes. */
// prettier-ignore
export const NORTH: readonly ProvinceCommunes[] = [
  ['04', [
    ['01273', 'Phường Thục Phán'], ['01354', 'Xã Huy Giáp'], ['01501', 'Xã Đàm Thủy'],
    ['01708', 'Xã Bạch Đằng'],
  ]],
  ['08', [
    ['00691', 'Phường Hà Giang 2'], ['00928', 'Xã Thanh Thủy'], ['01180', 'Xã Bằng Hành'],
    ['02365', 'Xã Yên Nguyên'],
  ]],
  ['11', [
    ['03127', 'Phường Điện Biên Phủ'], ['03176', 'Xã Nà Bủng'], ['03226', 'Xã Sín Chải'],
    ['03316', 'Xã Nà Tấu'],
  ]],
  ['12', [
    ['03388', 'Phường Đoàn Kết'], ['03439', 'Xã Thu Lũm'], ['03503', 'Xã Pa Tần'], ['03571', 'Xã Dào San'],
  ]],
  ['14', [
    ['03646', 'Phường Tô Hiệu'], ['03808', 'Xã Mường La'], ['03979', 'Phường Mộc Sơn'],
    ['04117', 'Xã Mường Chanh'],
  ]],
  ['15', [
    ['02647', 'Phường Lào Cai'], ['02686', 'Xã A Mú Sung'], ['02728', 'Xã Mường Hum'],
    ['02788', 'Xã Bản Lầu'], ['02848', 'Xã Lùng Phình'], ['02905', 'Xã Bảo Thắng'],
    ['02953', 'Xã Nghĩa Đô'], ['03004', 'Xã Ngũ Chỉ Sơn'], ['03046', 'Xã Bản Hồ'],
    ['03091', 'Xã Chiềng Ken'], ['04273', 'Phường Nam Cường'], ['04336', 'Xã Tân Lĩnh'],
    ['04381', 'Xã Lâm Giang'], ['04429', 'Xã Tân Hợp'], ['04465', 'Xã Khao Mang'], ['04531', 'Xã Quy Mông'],
    ['04585', 'Xã Hạnh Phúc'], ['04636', 'Xã Gia Hội'], ['04681', 'Phường Cầu Thia'],
    ['04714', 'Xã Yên Bình'],
  ]],
  ['19', [
    ['01840', 'Phường Đức Xuân'], ['02044', 'Xã Yên Thịnh'], ['05533', 'Phường Bá Xuyên'],
    ['05725', 'Xã Thần Sa'],
  ]],
  ['20', [
    ['05977', 'Phường Đông Kinh'], ['06112', 'Xã Bình Gia'], ['06313', 'Xã Tri Lễ'],
    ['06463', 'Xã Chi Lăng'],
  ]],
  ['22', [
    ['06652', 'Phường Hà Tu'], ['06757', 'Xã Vĩnh Thực'], ['06877', 'Xã Đông Ngũ'],
    ['07054', 'Xã Quảng La'],
  ]],
  ['24', [
    ['07210', 'Phường Bắc Giang'], ['07519', 'Xã Cẩm Lý'], ['07738', 'Phường Cảnh Thụy'],
    ['09319', 'Xã Tiên Du'],
  ]],
  ['25', [
    ['04792', 'Phường Tân Hòa'], ['05323', 'Xã Quyết Thắng'], ['08275', 'Xã Bình Phú'],
    ['08686', 'Xã Tu Vũ'],
  ]],
  ['31', [
    ['10507', 'Phường Thành Đông'], ['10813', 'Xã Thanh Hà'], ['11218', 'Xã Hồng Châu'],
    ['11617', 'Phường An Hải'],
  ]],
  ['33', [
    ['11953', 'Phường Phố Hiến'], ['12247', 'Xã Châu Ninh'], ['12595', 'Xã Ngự Thiên'],
    ['12943', 'Xã Đông Thái Ninh'],
  ]],
  ['37', [
    ['13285', 'Phường Phủ Lý'], ['13627', 'Xã Nam Lý'], ['14026', 'Xã Cổ Lễ'], ['14401', 'Xã Gia Tường'],
  ]],
];
