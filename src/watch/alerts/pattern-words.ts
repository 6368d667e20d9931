import type { PatternName } from '../suspicion/pattern.ts';

/** A pattern in words: its name, what is counted, and the one fact that would explain an alert of it. */
export interface PatternWords {
  readonly name: string;
  readonly unit: string;
  readonly wouldExplain: string;
}

export const PATTERN_WORDS: Readonly<Record<PatternName, PatternWords>> = {
  'walking-identifiers': {
    name: 'Dò số định danh liền nhau',
    unit: 'số liền nhau',
    wouldExplain: 'Danh sách xử lý theo lô đã đăng ký trước, ví dụ trẻ mới sinh cùng ngày',
  },
  'ever-new-strangers': {
    name: 'Một hồ sơ, liên tục xem người mới',
    unit: 'người của một hồ sơ',
    wouldExplain: 'Văn bản bổ sung đương sự vào hồ sơ',
  },
  'drain-by-batches': {
    name: 'Lấy dữ liệu hàng loạt',
    unit: 'người trong ngày',
    wouldExplain: 'Đợt công tác đã thông báo, có quyết định kèm danh sách',
  },
  'slow-drip': {
    name: 'Rò rỉ chậm qua nhiều ngày',
    unit: 'người lạ trong giai đoạn',
    wouldExplain: 'Nhiệm vụ theo mùa mà đồng nghiệp cùng làm',
  },
  'own-circle': {
    name: 'Xem người thân, hàng xóm, người cùng họ',
    unit: 'lượt xem',
    wouldExplain: 'Đã khai báo quan hệ và chuyển hồ sơ cho cán bộ khác',
  },
  'same-person': {
    name: 'Xem đi xem lại một người',
    unit: 'lượt trong ngày',
    wouldExplain: 'Một lần giải quyết cần nhiều lượt xem, có phiếu hẹn',
  },
  'hidden-person': {
    name: 'Hỏi nhiều lần về người được bảo vệ',
    unit: 'lần bị từ chối',
    wouldExplain: 'Quyết định mới cho phép tiếp cận người này',
  },
  guessing: {
    name: 'Đoán yếu tố đối chiếu hoặc số hồ sơ',
    unit: 'lần sai',
    wouldExplain: 'Lỗi gõ đã sửa ngay, hoặc giấy tờ ghi sai',
  },
  'nights-and-holidays': {
    name: 'Làm việc đêm hoặc ngày nghỉ',
    unit: 'lượt ngoài giờ',
    wouldExplain: 'Lịch trực có tên cán bộ',
  },
  'unlike-peers': {
    name: 'Mục đích hoặc trường dữ liệu khác đồng nghiệp',
    unit: 'lượt xem',
    wouldExplain: 'Phiên bản mới của thủ tục, hoặc nhiệm vụ được giao riêng',
  },
  'dormant-account': {
    name: 'Tài khoản ngủ lâu bỗng hoạt động',
    unit: 'ngày im lặng',
    wouldExplain: 'Nghỉ phép dài ngày có ghi nhận',
  },
  'two-places': {
    name: 'Một cán bộ ở hai nơi cùng lúc',
    unit: 'lần đổi nơi trong 90 phút',
    wouldExplain: 'Quyết định biệt phái, hoặc được giao hồ sơ của hai nơi',
  },
  'under-limits': {
    name: 'Ngày nào cũng ngay dưới ngưỡng',
    unit: 'người trong ngày',
    wouldExplain: 'Khối lượng này là việc thường của mọi đồng nghiệp',
  },
  'beyond-order': {
    name: 'Kiểm tra viên vượt phạm vi lệnh',
    unit: 'lượt vượt phạm vi',
    wouldExplain: 'Lệnh kiểm tra đã được mở rộng',
  },
};
