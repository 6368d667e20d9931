import type { MyAccess } from '../proof/check-access.ts';
import { vietNamDayOf } from '../shell/formats.ts';
import type { Words } from '../shell/words.ts';

/** The agency answers first, then the authority. */
export const ADDRESSEES = {
  agency: ['Bước 1: hỏi cơ quan đã xem', 'Step 1: ask the agency that looked'],
  authority: [
    'Bước 2: khiếu nại tới cơ quan chuyên trách bảo vệ dữ liệu cá nhân',
    'Step 2: complain to the data protection authority',
  ],
} as const satisfies Record<string, Words>;

export type Addressee = keyof typeof ADDRESSEES;

/** Reasons to choose from, in the words of the letter. */
export const GROUNDS = {
  'unknown-agency': [
    'Tôi không làm việc với cơ quan này và không rõ vì sao dữ liệu của tôi được xem.',
    'I have no business with this agency and do not know why it looked.',
  ],
  'unknown-case': ['Tôi không có hồ sơ nêu trên.', 'I have no such dossier.'],
  'too-much': [
    'Dữ liệu đã xem nhiều hơn mức cần cho mục đích đã nêu.',
    'More was seen than the purpose needs.',
  ],
  other: ['Lý do khác (viết vào đơn).', 'Another reason (write it into the letter).'],
} as const satisfies Record<string, Words>;

export type Ground = keyof typeof GROUNDS;

/** A letter in the form of a complaint (Decree 124/2020/ND-CP, form 01); it is Vietnamese in either language of the page. */
export interface ComplaintDraft {
  readonly title: string;
  readonly body: string;
}

export const NATIONAL_TITLE = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'] as const;

const AUTHORITY = 'Cơ quan chuyên trách bảo vệ dữ liệu cá nhân - Bộ Công an';
const BLANK = '........................................';

export interface ComplaintParts {
  readonly look: MyAccess;
  readonly to: Addressee;
  readonly ground: Ground;
  /** The person's number as the entry's opening states it. */
  readonly personalId: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Drafts a letter about one look from what its entry says. */
export function draftComplaint({ look, to, ground, personalId, now }: ComplaintParts): ComplaintDraft {
  const agency = look.agency ?? BLANK;
  const isFirst = to === 'agency';
  const title = isFirst ? 'ĐƠN ĐỀ NGHỊ GIẢI TRÌNH' : 'ĐƠN KHIẾU NẠI';
  const wish = isFirst
    ? `Đề nghị ${agency} giải trình bằng văn bản: ai đã xem, vì việc gì, theo căn cứ nào, dữ liệu được dùng và lưu ở đâu.`
    : `Đề nghị Quý cơ quan xem xét việc truy cập nêu trên. ${agency} đã được hỏi ngày ${BLANK} và trả lời: ${BLANK}`;
  const { proof } = look;
  const body = [
    dateLine(now),
    '',
    `Kính gửi: ${isFirst ? agency : AUTHORITY}`,
    '',
    `Họ và tên: ${BLANK}`,
    `Số định danh cá nhân: ${personalId ?? BLANK}`,
    `Địa chỉ: ${BLANK}`,
    '',
    `Về việc: ${agency} truy cập dữ liệu cá nhân của tôi qua Cổng dữ liệu quốc gia.`,
    '',
    `Nội dung: Cổng dữ liệu quốc gia cho tôi biết: “${look.text ?? ''}”`,
    ground === 'other' ? BLANK : GROUNDS[ground][0],
    wish,
    '',
    'Kèm theo đơn này: bằng chứng điện tử của bản ghi trong nhật ký truy cập' +
      (proof?.leaf ? ` (bản ghi số ${(proof.index ?? 0) + 1}, mã băm ${proof.leaf}).` : '.'),
    '',
    'Tôi cam đoan nội dung trên là đúng sự thật.',
    '',
    'NGƯỜI VIẾT ĐƠN',
    '(Ký, ghi rõ họ tên)',
  ].join('\n');
  return { title, body };
}

/** The whole letter as one text, for a file. */
export function textOfComplaint({ title, body }: ComplaintDraft): string {
  return `${[...NATIONAL_TITLE, '', title, '', body].join('\n')}\n`;
}

/** Decree 30/2020: days under 10 and months 1 and 2 take a leading zero. */
function dateLine(now: number): string {
  const [year, month = '', day] = vietNamDayOf(now).split('-');
  return `${BLANK}, ngày ${day} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`;
}
