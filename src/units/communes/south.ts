import type { ProvinceCommunes } from '../commune-table.ts';

/** A selection of the southern provinces' communes. */
// prettier-ignore
export const SOUTH: readonly ProvinceCommunes[] = [
  ['75', [
    ['25195', 'Phường Bình Phước'], ['25345', 'Xã Tân Hưng'], ['26089', 'Phường Bình Lộc'],
    ['26311', 'Xã Gia Kiệm'],
  ]],
  ['79', [
    ['25747', 'Phường Thủ Dầu Một'], ['25780', 'Xã Minh Thạnh'], ['25837', 'Phường Chánh Phú Hòa'],
    ['25864', 'Xã Phước Thành'], ['25909', 'Xã Thường Tân'], ['25951', 'Phường Đông Hòa'],
    ['26506', 'Phường Vũng Tàu'], ['26566', 'Phường Long Hương'], ['26608', 'Xã Kim Long'],
    ['26647', 'Xã Hòa Hiệp'], ['26704', 'Phường Phú Mỹ'], ['26732', 'Đặc khu Côn Đảo'],
    ['26737', 'Phường Tân Định'], ['26782', 'Phường Tân Thới Hiệp'], ['26824', 'Phường Thủ Đức'],
    ['26876', 'Phường An Nhơn'], ['26905', 'Phường Bình Lợi Trung'], ['26977', 'Phường Tân Sơn Hòa'],
    ['27019', 'Phường Tân Sơn Nhì'], ['27073', 'Phường Phú Nhuận'], ['27154', 'Phường Bàn Cờ'],
    ['27232', 'Phường Bình Thới'], ['27316', 'Phường An Đông'], ['27418', 'Phường Chánh Hưng'],
    ['27457', 'Phường Tân Tạo'], ['27496', 'Xã Tân An Hội'], ['27553', 'Xã Củ Chi'],
    ['27601', 'Xã Vĩnh Lộc'],
  ]],
  ['80', [
    ['25459', 'Phường Tân Ninh'], ['25654', 'Phường Gò Dầu'], ['27811', 'Xã Bình Hòa'],
    ['28015', 'Xã Bình Đức'],
  ]],
  ['82', [
    ['28249', 'Phường Đạo Thạnh'], ['28468', 'Xã Tân Phú'], ['28702', 'Xã Tân Hòa'],
    ['30034', 'Xã Phú Thọ'],
  ]],
  ['86', [
    ['28756', 'Phường Phú Khương'], ['29083', 'Xã Châu Hưng'], ['29365', 'Xã Tập Ngãi'],
    ['29590', 'Phường Thanh Đức'],
  ]],
  ['91', [
    ['30292', 'Phường Bình Đức'], ['30481', 'Xã Thạnh Mỹ Tây'], ['30691', 'Xã Tây Phú'],
    ['30904', 'Xã Giồng Riềng'],
  ]],
  ['92', [
    ['31120', 'Phường Cái Khế'], ['31153', 'Phường Ô Môn'], ['31183', 'Phường Long Tuyền'],
    ['31217', 'Phường Trung Nhứt'], ['31237', 'Xã Vĩnh Trinh'], ['31261', 'Xã Cờ Đỏ'],
    ['31294', 'Xã Trường Xuân'], ['31321', 'Phường Vị Thanh'], ['31348', 'Xã Trường Long Tây'],
    ['31393', 'Xã Hòa An'], ['31411', 'Phường Đại Thành'], ['31453', 'Xã Vĩnh Thuận Đông'],
    ['31480', 'Phường Long Phú 1'], ['31507', 'Phường Sóc Trăng'], ['31540', 'Xã Thới An Hội'],
    ['31570', 'Xã Hồ Đắc Kiện'], ['31594', 'Xã An Ninh'], ['31645', 'Xã Đại Ngãi'],
    ['31679', 'Xã Lịch Hội Thượng'], ['31708', 'Xã Nhu Gia'], ['31741', 'Xã Tân Long'],
    ['31783', 'Phường Vĩnh Châu'],
  ]],
  ['96', [
    ['31825', 'Phường Bạc Liêu'], ['31927', 'Xã Vĩnh Hậu'], ['32062', 'Xã Khánh Lâm'],
    ['32155', 'Xã Tạ An Khương'],
  ]],
];
