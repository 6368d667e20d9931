import type { ProvinceCommunes } from '../commune-table.ts';

/** Central provinces: all communes of Huế (Resolution 1675/NQ-UBTVQH15), a selection of the others. */
// prettier-ignore
export const CENTRE: readonly ProvinceCommunes[] = [
  ['38', [
    ['14758', 'Phường Hàm Rồng'], ['15058', 'Xã Đồng Lương'], ['15610', 'Xã Yên Nhân'],
    ['16171', 'Xã Ba Đình'],
  ]],
  ['40', [
    ['16681', 'Phường Thành Vinh'], ['16738', 'Xã Quế Phong'], ['16792', 'Xã Châu Tiến'],
    ['16822', 'Xã Keng Đu'], ['16855', 'Xã Chiêu Lưu'], ['16903', 'Xã Nga My'],
    ['16939', 'Phường Thái Hòa'], ['17011', 'Phường Tây Hiếu'], ['17056', 'Xã Châu Lộc'],
    ['17125', 'Phường Quỳnh Mai'], ['17179', 'Xã Quỳnh Lưu'], ['17248', 'Xã Châu Khê'],
    ['17278', 'Xã Giai Xuân'], ['17335', 'Xã Thành Bình Thọ'], ['17416', 'Xã Đức Châu'],
    ['17488', 'Xã Tân Châu'], ['17560', 'Xã Vân Du'], ['17662', 'Xã Đô Lương'], ['17728', 'Xã Cát Ngạn'],
    ['17818', 'Xã Bích Hào'], ['17866', 'Xã Trung Lộc'], ['17971', 'Xã Kim Liên'],
  ]],
  ['42', [
    ['18073', 'Phường Thành Sen'], ['18304', 'Xã Đức Đồng'], ['18523', 'Xã Hương Bình'],
    ['18676', 'Xã Thiên Cầm'],
  ]],
  ['44', [
    ['18859', 'Phường Đồng Thuận'], ['19057', 'Xã Quảng Trạch'], ['19309', 'Xã Trường Phú'],
    ['19501', 'Xã Bến Hải'],
  ]],
  ['46', [
    ['19753', 'Phường Phú Xuân'], ['19774', 'Phường Kim Long'], ['19777', 'Phường Vỹ Dạ'],
    ['19789', 'Phường Thuận Hóa'], ['19804', 'Phường Hương An'], ['19813', 'Phường Thủy Xuân'],
    ['19815', 'Phường An Cựu'], ['19819', 'Phường Phong Điền'], ['19828', 'Phường Phong Phú'],
    ['19831', 'Phường Phong Dinh'], ['19858', 'Phường Phong Thái'], ['19867', 'Xã Quảng Điền'],
    ['19873', 'Phường Phong Quảng'], ['19885', 'Xã Đan Điền'], ['19900', 'Phường Thuận An'],
    ['19909', 'Phường Dương Nỗ'], ['19918', 'Xã Phú Hồ'], ['19930', 'Phường Mỹ Thượng'],
    ['19942', 'Xã Phú Vang'], ['19945', 'Xã Phú Vinh'], ['19960', 'Phường Phú Bài'],
    ['19969', 'Phường Thanh Thủy'], ['19975', 'Phường Hương Thủy'], ['19996', 'Phường Hương Trà'],
    ['20014', 'Phường Hóa Châu'], ['20017', 'Phường Kim Trà'], ['20035', 'Xã Bình Điền'],
    ['20044', 'Xã A Lưới 2'], ['20050', 'Xã A Lưới 5'], ['20056', 'Xã A Lưới 1'], ['20071', 'Xã A Lưới 3'],
    ['20101', 'Xã A Lưới 4'], ['20107', 'Xã Phú Lộc'], ['20122', 'Xã Vinh Lộc'], ['20131', 'Xã Hưng Lộc'],
    ['20137', 'Xã Chân Mây - Lăng Cô'], ['20140', 'Xã Lộc An'], ['20161', 'Xã Khe Tre'],
    ['20179', 'Xã Nam Đông'], ['20182', 'Xã Long Quảng'],
  ]],
  ['48', [
    ['20194', 'Phường Hải Vân'], ['20242', 'Phường Hải Châu'], ['20275', 'Phường An Hải'],
    ['20314', 'Phường Hòa Xuân'], ['20333', 'Đặc khu Hoàng Sa'], ['20341', 'Phường Tam Kỳ'],
    ['20380', 'Xã Tây Hồ'], ['20413', 'Phường Hội An Đông'], ['20458', 'Xã Avương'],
    ['20500', 'Xã Đại Lộc'], ['20542', 'Xã Phú Thuận'], ['20575', 'Phường An Thắng'],
    ['20623', 'Xã Duy Xuyên'], ['20656', 'Xã Nông Sơn'], ['20698', 'Xã La Êê'], ['20716', 'Xã Đắc Pring'],
    ['20752', 'Xã Phước Thành'], ['20791', 'Xã Thăng Bình'], ['20836', 'Xã Thăng Trường'],
    ['20875', 'Xã Lãnh Ngọc'], ['20923', 'Xã Trà Tân'], ['20944', 'Xã Nam Trà My'],
  ]],
  ['51', [
    ['21025', 'Phường Cẩm Thành'], ['21289', 'Xã Sơn Hà'], ['21490', 'Xã Ba Vinh'], ['23416', 'Xã Đăk Sao'],
  ]],
  ['52', [
    ['21553', 'Phường Quy Nhơn Bắc'], ['21808', 'Xã Tây Sơn'], ['23629', 'Xã Cửu An'],
    ['23869', 'Xã Ia Dơk'],
  ]],
  ['56', [
    ['22333', 'Phường Bắc Nha Trang'], ['22525', 'Xã Vạn Hưng'], ['22660', 'Xã Diên Lâm'],
    ['22810', 'Xã Ninh Sơn'],
  ]],
  ['66', [
    ['22015', 'Phường Tuy Hòa'], ['22075', 'Xã Xuân Thọ'], ['22111', 'Xã Xuân Phước'],
    ['22153', 'Xã Tuy An Nam'], ['22207', 'Xã Sông Hinh'], ['22250', 'Xã Sơn Thành'],
    ['22285', 'Xã Hòa Mỹ'], ['24133', 'Phường Buôn Ma Thuột'], ['24181', 'Xã Ea Drăng'],
    ['24211', 'Xã Ea Súp'], ['24241', 'Xã Ea Wer'], ['24280', "Xã Cư M'gar"], ['24313', 'Xã Cư Pơng'],
    ['24346', 'Xã Dliê Ya'], ['24400', 'Xã Ea Păl'], ['24433', 'Xã Ea Riêng'], ['24454', 'Xã Dang Kang'],
    ['24496', 'Xã Ea Kly'], ['24538', 'Xã Krông Ana'], ['24568', 'Xã Dur Kmăl'],
  ]],
  ['68', [
    ['22918', 'Phường Mũi Né'], ['23158', 'Xã Nghị Đức'], ['24712', 'Xã Quảng Phú'],
    ['24931', 'Xã Đơn Dương'],
  ]],
];
