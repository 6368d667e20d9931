import type { Flag } from './flags.ts';

const numbers = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** A flag in Vietnamese, for somebody who reads it on a wall: what was measured, and what the limit is. */
export function flagText({ scope, reason, days, value, limit }: Flag): string {
  const [measured, most] = [numbers.format(value), numbers.format(limit)];
  switch (reason) {
    case 'SILENT':
      return scope === 'register'
        ? `Không trả lời được lần nào trong ${days} ngày, trong khi các nơi khác vẫn hoạt động`
        : `Không có yêu cầu nào trong ${days} ngày, trong khi các nơi khác vẫn hoạt động`;
    case 'SLOW':
      return `Chậm ${days} ngày: 99% lượt dưới ${measured} ms, ngưỡng ${most} ms`;
    case 'FAILING':
      return `Lỗi ${days} ngày: ${measured}% lượt gọi không thành công, ngưỡng ${most}%`;
    case 'REFUSED':
      return `Bị từ chối ${days} ngày: ${measured}% yêu cầu, ngưỡng ${most}%`;
    case 'ASKS_ANYWAY':
      return `Vẫn yêu cầu ${measured} giấy tờ mà dữ liệu đã thay thế, ${days} ngày liền`;
  }
}
