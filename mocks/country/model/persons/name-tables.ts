import { Weighted } from '../../random.ts';

/** `Name:weight` separated by blanks; a name without weight counts 1, an underscore stands for a blank. */
function weighted(text: string): Weighted<string> {
  return new Weighted(
    text
      .trim()
      .split(/\s+/)
      .map((entry) => {
        const [name = '', weight = '1'] = entry.split(':');
        return [name.replaceAll('_', ' '), Number(weight)] as const;
      }),
  );
}

/** Shares in per cent, published name statistics (hoten.org) and regional differences as remembered. */
export const SURNAMES_NORTH = weighted(`
  Nguyễn:32 Trần:10.6 Lê:8.6 Phạm:6.4 Hoàng:4.6 Huỳnh:0.05 Phan:1.6 Vũ:4.6 Võ:0.1 Đặng:1.95 Bùi:3.2
  Đỗ:2.9 Hồ:1.6 Ngô:1.6 Dương:1.3 Trương:1.8 Đinh:1.3 Lý:0.7 Đoàn:0.95 Trịnh:0.9 Mai:0.9 Đào:0.85 Hà:0.9
  Lương:0.9 Cao:0.9 Lưu:0.5 Lâm:0.7 Tạ:0.4 Phùng:0.4 Châu:0.35 Tô:0.35 Vương:0.4 Thái:0.45 Triệu:0.3
  Chu:0.4 Quách:0.2 Nông:0.35 Lò:0.35 Vi:0.25 Giàng:0.15 Thạch:0.2 Kim:0.2 Hứa:0.2 Tống:0.2 Kiều:0.15
`);

/** Nghệ An and its neighbours. */
export const SURNAMES_NORTH_CENTRE = weighted(`
  Nguyễn:32 Trần:9.2 Lê:7.6 Hoàng:4.5 Phạm:4.3 Hồ:4.2 Phan:3.9 Võ:2.2 Bùi:2.1 Đặng:2.1 Vi:2 Lương:1.9
  Ngô:1.8 Trương:1.8 Cao:1.6 Đinh:1.2 Thái:1.2 Đậu:1.1 Chu:0.71 Dương:0.71
`);

/** Đắk Lắk and its neighbours. */
export const SURNAMES_HIGHLANDS = weighted(`
  Nguyễn:29.64 Trần:10.14 Lê:8.37 Phạm:5.93 Hoàng:4.06 Phan:3.17 Bùi:2.68 Võ:2.57 Hồ:2.17 Vũ:1.99
  Đặng:1.9 Đỗ:1.77 Trương:1.68 Huỳnh:1.61 Ngô:1.58 Đinh:1.55 Dương:1.23 Trịnh:1.01 Nông:0.98 Mai:0.98
  Hà:0.96 Đoàn:0.93 Lương:0.89 Cao:0.86 Đào:0.76 Lưu:0.51 Lý:0.49 Triệu:0.49 Phùng:0.37 Đàm:0.36
`);

/** South of the pass of Hải Vân. */
export const SURNAMES_SOUTH = weighted(`
  Nguyễn:31.5 Trần:10.6 Lê:9.5 Phạm:6.4 Hoàng:1.2 Huỳnh:4.8 Phan:3.4 Vũ:0.8 Võ:4.3 Đặng:1.95 Bùi:2.3
  Đỗ:1.9 Hồ:1.6 Ngô:1.6 Dương:1.3 Trương:1.8 Đinh:1.3 Lý:0.7 Đoàn:0.95 Trịnh:0.9 Mai:0.9 Đào:0.85 Hà:0.9
  Lương:0.9 Cao:0.9 Lưu:0.5 Lâm:0.7 Tạ:0.4 Phùng:0.4 Châu:0.35 Tô:0.35 Vương:0.4 Thái:0.45 Triệu:0.3
  Chu:0.4 Quách:0.2 Nông:0.35 Lò:0.35 Vi:0.25 Giàng:0.15 Thạch:0.2 Kim:0.2 Hứa:0.2 Tống:0.2 Kiều:0.15
`);

/** Given names of women by the time of birth; the oldest cohort is remembered. */
export const WOMEN_BEFORE_1985 = weighted(`
  Hoa Lan Hương Hồng Nga Thủy Liên Mai Loan Tuyết Nguyệt Cúc Bích Hạnh Minh Thanh Xuân Lý Sen Huệ Vân
  Yến Phượng Hoà Bé Út
`);

/** Sample of those born 1991-2002. */
export const WOMEN_1985_2004 = weighted(`
  Trang:4.19 Thảo:3.52 Linh:3.02 Anh:2.46 Phương:2.2 Hằng:2.14 Huyền:2.11 Hà:2.07 Hiền:2.03 Hương:1.72
  Ngọc:1.72 Dung:1.7 Nhung:1.69 Thủy:1.65 Nhi:1.62 Duyên:1.55 Vân:1.5 Quỳnh:1.49 Nga:1.49 Yến:1.48
  Trinh:1.46 Thương:1.34 Uyên:1.34 Hạnh:1.3 Ngân:1.22 Oanh:1.19 Trâm:1.16 Ly:1.16 Mai:1.15 Phượng:1.09
  Thúy:1.08 Hoa:1.02 Vy:1.02 Hồng:0.99 Tâm:0.96 Thu:0.94
`);

/** Sample of those born 2007-2011. */
export const WOMEN_SINCE_2005 = weighted(`
  Anh:7.1 Vy:5.7 Ngọc:4.3 Nhi:4.2 Hân:4.1 Thư:4.1 Linh:3.5 Như:3.1 Ngân:3 Phương:2.1 Thảo:2.1 My:2.1
  Trân:1.8 Quỳnh:1.8 Nghi:1.7 Trang:1.7 Trâm:1.6 An:1.6 Thy:1.5 Châu:1.5 Trúc:1.5 Uyên:1.4 Yến:1.4 Ý:1.2
  Tiên:1.1 Mai:1.1 Hà:1 Vân:1 Nguyên:0.93 Hương:0.89 Quyên:0.78 Duyên:0.77 Kim:0.76 Trinh:0.75
  Thanh:0.75
`);

/** Given names of men by the time of birth; the oldest and youngest cohorts are remembered. */
export const MEN_BEFORE_1985 = weighted(`
  Hùng Dũng Sơn Hải Thành Bình Minh Long Tuấn Cường Thắng Hoà Tâm Thanh Phúc Đức Lộc Hai Ba Năm Chiến
  Quang Hồng Xuân Khánh An
`);

/** Sample of those born 1991-2002. */
export const MEN_1985_2004 = weighted(`
  Tuấn:2.71 Hoàng:2.46 Huy:2.23 Anh:2.05 Hiếu:1.99 Hùng:1.98 Nam:1.98 Sơn:1.9 Đức:1.88 Dũng:1.7
  Thành:1.62 Đạt:1.56 Cường:1.56 Long:1.55 Trung:1.55 Hải:1.42 Vũ:1.42 Nguyên:1.4 Thắng:1.4 Minh:1.31
  Duy:1.15 Tiến:1.14 Quang:1.11 Phúc:1.05 Trường:1.02 Tài:1.01 Toàn:0.98 Hưng:0.92 Phong:0.91 Tùng:0.89
  Linh:0.87 Khánh:0.86 Bảo:0.86 Quân:0.82 Dương:0.79 Nghĩa:0.78 Lâm:0.78 Vinh:0.77 Bình:0.76 Mạnh:0.75
`);

/** Given names of persons born 2007-2011. */
export const MEN_SINCE_2005 = weighted(`
  Huy:4.6 Khang:4 Bảo:3.8 Minh:3.6 Phúc:3.3 Anh:3.2 Khoa:3 Phát:2.6 Đạt:2.5 Khôi:2.2 Long:2.1 Nam:1.8
  Duy:1.8 Quân:1.7 Kiệt:1.7 Thịnh:1.6 Tuấn:1.6 Hưng:1.6 Hoàng:1.5 Hiếu:1.4 Nhân:1.4 Trí:1.3 Tài:1.3
  Phong:1.3 Nguyên:1.3
`);

/** Middle names other than Văn, whose share depends on the time of birth. */
export const MIDDLE_MEN = weighted(`
  Hữu:6 Đức:6 Minh:6 Quốc:5 Hoàng:5 Ngọc:4 Thanh:4 Xuân:4 Đình:4 Công:3 Anh:3 Gia:3 Tấn:3 Trung:3 Bá:2
  Duy:3 Quang:3 Tiến:2 Thành:2
`);

/** Middle names other than Thị. */
export const MIDDLE_WOMEN = weighted(`
  Ngọc:17.2 Thanh:7 Thu:6 Minh:5 Phương:6 Kim:5 Hồng:5 Bảo:4 Khánh:4 Thùy:4 Mỹ:4 Quỳnh:4 Như:4 Hoài:3
  Diệu:3 Tuyết:2 Bích:3 Mai:3 Lan:2 Xuân:2 Cẩm:2 Yến:2
`);
