/** Reasons that explain an access, the strongest first; the first that holds counts. */
export const REASONS = ['own-data', 'party', 'reached-by-grant', 'repeated-in-case', 'office-work'] as const;
export type Reason = (typeof REASONS)[number];

/** Each reason in words: where it holds, and where it failed. */
export const REASON_WORDS: Readonly<Record<Reason, { readonly holds: string; readonly fails: string }>> = {
  'own-data': {
    holds: 'Người dân xem dữ liệu của chính mình',
    fails: 'Không phải người dân xem dữ liệu của chính mình',
  },
  party: {
    holds: 'Người được xem là đương sự của hồ sơ',
    fails: 'Người được xem không phải đương sự của hồ sơ',
  },
  'reached-by-grant': {
    holds: 'Thỏa thuận cho phép đi từ đương sự đến người này (hộ gia đình, cha mẹ, vợ chồng...)',
    fails: 'Không có quan hệ nào trong thỏa thuận dẫn từ đương sự đến người này',
  },
  'repeated-in-case': {
    holds: 'Người này đã được xem có lý do trong cùng hồ sơ',
    fails: 'Người này chưa từng được xem có lý do trong hồ sơ',
  },
  'office-work': {
    holds:
      'Việc thường làm của cơ quan: người này là đương sự của hồ sơ khác, hoặc mục đích này không cần hồ sơ',
    fails: 'Trong 28 ngày cơ quan không có hồ sơ nào của người này',
  },
};
