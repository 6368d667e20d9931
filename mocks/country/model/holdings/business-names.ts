import type { Random } from '../../random.ts';
import type { Person } from '../block.ts';
import { fullName } from '../persons/naming.ts';

export interface Activity {
  /** Four digits of the national list of economic activities (as remembered; the 2025 list may differ). */
  readonly code: string;
  readonly name: string;
  /** The activity as it stands in the name of a business. */
  readonly word: string;
}

export const ACTIVITIES: readonly Activity[] = [
  { code: '4711', name: 'Bán lẻ tổng hợp trong các cửa hàng', word: 'Thương mại' },
  { code: '4641', name: 'Bán buôn vải, hàng may mặc, giày dép', word: 'May mặc' },
  {
    code: '4663',
    name: 'Bán buôn vật liệu, thiết bị lắp đặt khác trong xây dựng',
    word: 'Vật liệu xây dựng',
  },
  { code: '4101', name: 'Xây dựng nhà để ở', word: 'Xây dựng' },
  { code: '4933', name: 'Vận tải hàng hóa bằng đường bộ', word: 'Vận tải' },
  { code: '5610', name: 'Nhà hàng và các dịch vụ ăn uống phục vụ lưu động', word: 'Ẩm thực' },
  { code: '5510', name: 'Dịch vụ lưu trú ngắn ngày', word: 'Khách sạn' },
  { code: '6201', name: 'Lập trình máy vi tính', word: 'Công nghệ' },
  { code: '1410', name: 'May trang phục', word: 'Dệt may' },
  { code: '3100', name: 'Sản xuất giường, tủ, bàn, ghế', word: 'Nội thất' },
  { code: '1061', name: 'Xay xát và sản xuất bột thô', word: 'Nông sản' },
  { code: '0322', name: 'Nuôi trồng thủy sản nội địa', word: 'Thủy sản' },
  { code: '4520', name: 'Bảo dưỡng, sửa chữa ô tô và xe có động cơ khác', word: 'Ô tô' },
  { code: '8559', name: 'Giáo dục khác chưa được phân vào đâu', word: 'Giáo dục' },
  { code: '6810', name: 'Kinh doanh bất động sản', word: 'Bất động sản' },
  { code: '9631', name: 'Cắt tóc, làm đầu, gội đầu', word: 'Làm đẹp' },
];

const FORM_WORDS: Readonly<Record<string, string>> = {
  '1': 'Doanh nghiệp tư nhân',
  '2': 'Công ty TNHH một thành viên',
  '3': 'Công ty TNHH',
  '4': 'Công ty cổ phần',
};
const WORDS = [
  'An',
  'Phát',
  'Thịnh',
  'Hưng',
  'Phú',
  'Gia',
  'Minh',
  'Tân',
  'Đại',
  'Việt',
  'Nam',
  'Long',
  'Bảo',
  'Tín',
];

/** `Công ty TNHH Xây dựng Minh Phát`; a household business is called for its owner. */
export function drawBusinessName(
  random: Random,
  legalFormCode: string,
  owner: Person,
  activity: Activity,
): { full: string; short: string | undefined } {
  const form = FORM_WORDS[legalFormCode];
  if (form === undefined) return { full: `Hộ kinh doanh ${fullName(owner.name)}`, short: undefined };
  const first = random.pick(WORDS);
  const rest = WORDS.filter((word) => word !== first);
  const own = `${first} ${random.pick(rest)}`;
  return {
    full: `${form} ${activity.word} ${own}`,
    short: random.chance(0.4) ? `${activity.word.toUpperCase()} ${own.toUpperCase()}` : undefined,
  };
}
