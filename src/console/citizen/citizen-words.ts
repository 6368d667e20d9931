import type { AccessOutcome } from '../../generated/console-operations.ts';
import type { AccessFault } from '../proof/check-access.ts';
import type { Words } from '../shell/words.ts';

/** How a look ended, said to the person whom it was about. */
export const LOOK_ENDS: Readonly<Record<AccessOutcome, Words>> = {
  DISCLOSED: ['Đã xem dữ liệu của bạn', 'Saw your data'],
  NOT_FOUND: ['Đã hỏi, không có dữ liệu nào được đưa ra', 'Asked; nothing was given'],
  DENIED: ['Đã hỏi và bị từ chối, không nhận được dữ liệu', 'Asked and was denied; nothing was given'],
  FAILED: ['Đã hỏi nhưng cơ sở dữ liệu không trả lời', 'Asked, but the register did not answer'],
  REFUSED: ['Yêu cầu bị từ chối, không nhận được dữ liệu', 'The request was refused; nothing was given'],
  NOTHING: ['Không nhận được dữ liệu nào', 'Nothing was given'],
};

/** The reader's words for each kind of caller that an entry may state. */
export const ROLES: Readonly<Record<string, Words>> = {
  agency: ['Cán bộ của cơ quan, khi giải quyết công việc', 'An officer of the agency, at work'],
  citizen: ['Một công dân, bằng tài khoản của người đó', 'A citizen, by that person’s account'],
  auditor: ['Kiểm tra viên, theo quyết định kiểm tra', 'An auditor, under an audit order'],
  owner: ['Cơ quan chủ quản cơ sở dữ liệu', 'The register’s owner'],
  centre: ['Trung tâm điều hành', 'The command centre'],
  gateway: ['Cổng dữ liệu', 'The gateway'],
};

/** Meaning of a failed check, and the next step. */
export const PROOF_FAULTS: Readonly<Record<AccessFault, Words>> = {
  'no-proof': [
    'Chưa có bằng chứng cho lượt này. Hãy tải lại trang sau một phút.',
    'There is no proof of this look yet. Load the page again in a minute.',
  ],
  'unknown-log': [
    'Lượt này nằm trong nhật ký của một máy chủ khác, mà trang này không có khóa. Hãy tải bằng chứng về và kiểm tra bằng khóa công bố.',
    'This look stands in the log of another server, whose key this page does not have. Save the proof and check it with the published key.',
  ],
  'not-signed': [
    'Chữ ký của nhật ký không đúng. Hãy tải bằng chứng về, giữ lại và báo cho cơ quan quản lý cổng dữ liệu.',
    'The log’s signature is wrong. Save the proof, keep it and tell the authority that runs the gateway.',
  ],
  'not-in-log': [
    'Lượt này không nằm trong nhật ký đã ký. Hãy tải bằng chứng về, giữ lại và báo cho cơ quan quản lý cổng dữ liệu.',
    'This look is not in the signed log. Save the proof, keep it and tell the authority that runs the gateway.',
  ],
  changed: [
    'Bản ghi đã bị sửa. Hãy tải bằng chứng về, giữ lại và báo cho cơ quan quản lý cổng dữ liệu.',
    'The entry was changed. Save the proof, keep it and tell the authority that runs the gateway.',
  ],
  'told-otherwise': [
    'Điều hiển thị khác với bản ghi. Hãy tải bằng chứng về, giữ lại và báo cho cơ quan quản lý cổng dữ liệu.',
    'What is shown differs from the entry. Save the proof, keep it and tell the authority that runs the gateway.',
  ],
  'other-person': [
    'Bản ghi này không nói về bạn. Hãy tải bằng chứng về, giữ lại và báo cho cơ quan quản lý cổng dữ liệu.',
    'The entry is not about you. Save the proof, keep it and tell the authority that runs the gateway.',
  ],
};
