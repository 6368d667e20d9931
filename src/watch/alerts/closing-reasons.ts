/** Why an alert is closed: all reasons there are. A wrong rule changes the rule, wrong data do not. */
export const CLOSING_REASONS = {
  'true-misuse': 'Vi phạm thật',
  'rule-too-wide': 'Việc được phép, quy tắc quá rộng',
  'wrong-data': 'Dữ liệu trong bản ghi sai',
  duplicate: 'Trùng với cảnh báo khác',
  'automatic-job': 'Kiểm thử hoặc tác vụ tự động',
  undecided: 'Chưa kết luận được, chuyển cấp trên',
} as const;
export type ClosingReason = keyof typeof CLOSING_REASONS;

export function isClosingReason(text: unknown): text is ClosingReason {
  return typeof text === 'string' && Object.hasOwn(CLOSING_REASONS, text);
}

/** Reasons that say that the work of that day was usual: its figures go into the baselines. */
export const USUAL_WORK: ReadonlySet<ClosingReason> = new Set(['rule-too-wide', 'automatic-job']);
