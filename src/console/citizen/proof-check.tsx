import { useState } from 'preact/hooks';
import { checkAccess, type CheckedAccess, type MyAccess } from '../proof/check-access.ts';
import { numberText } from '../shell/formats.ts';
import { useSession } from '../shell/session.ts';
import { useSay, type Words } from '../shell/words.ts';
import { PROOF_FAULTS } from './citizen-words.ts';
import { saveProof } from './save-proof.ts';

const TEXT = {
  check: ['Kiểm tra bằng chứng', 'Check the proof'],
  save: ['Tải bằng chứng về máy', 'Save the proof'],
  good: ['Đúng: bản ghi này có thật và chưa bị sửa.', 'Genuine: the entry stands in the log, unchanged.'],
  bad: ['Chưa chứng minh được.', 'Not proven.'],
  place: ['Đứng thứ', 'Entry number'],
  of: ['trong nhật ký có', 'of a log of'],
  entries: ['bản ghi, được ký bởi', 'entries, signed by'],
  person: ['Bản ghi nói về người có số định danh', 'The entry is about the person with the id'],
  others: ['Số chữ ký của bên khác trên cùng nhật ký:', 'Signatures of others on the same log:'],
  how: [
    'Phép kiểm tra chạy ngay trong trình duyệt của bạn. Khóa công khai do chính cổng dữ liệu đưa ra; muốn kiểm tra độc lập, hãy tải bằng chứng về và dùng khóa đã công bố.',
    'The check runs in your own browser. The public key came from the gateway itself; to check independently, save the proof and use the published key.',
  ],
} as const satisfies Record<string, Words>;

/** Checks the proof of one look in the browser, and gives it to the reader to keep. */
export function ProofCheck({ access }: { readonly access: MyAccess }) {
  const say = useSay();
  const { logKeys } = useSession().session;
  const [checked, setChecked] = useState<CheckedAccess | null>(null);
  return (
    <>
      <div class="actions">
        <button type="button" class="quiet" onClick={() => setChecked(checkAccess(access, logKeys))}>
          {say(TEXT.check)}
        </button>
        <button type="button" class="quiet" onClick={() => saveProof(access)}>
          {say(TEXT.save)}
        </button>
      </div>
      <div role="status">{checked ? <Verdict checked={checked} /> : null}</div>
    </>
  );
}

function Verdict({ checked }: { readonly checked: CheckedAccess }) {
  const say = useSay();
  if (checked.fault !== null) {
    return (
      <div class="fault-box">
        <p class="mark bad">
          <span aria-hidden="true">✕ </span>
          {say(TEXT.bad)}
        </p>
        <p>{say(PROOF_FAULTS[checked.fault])}</p>
      </div>
    );
  }
  const { index, size, log, person, otherSignatures } = checked;
  return (
    <div class="note-box">
      <p class="mark good">
        <span aria-hidden="true">✓ </span>
        {say(TEXT.good)}
      </p>
      <p>
        {say(TEXT.place)} {numberText(index + 1)} {say(TEXT.of)} {numberText(size)} {say(TEXT.entries)}{' '}
        <span class="id">{log}</span>. {say(TEXT.person)} <span class="id">{person}</span>.
      </p>
      {otherSignatures > 0 ? (
        <p>
          {say(TEXT.others)} {otherSignatures}
        </p>
      ) : null}
      <p class="hint">{say(TEXT.how)}</p>
    </div>
  );
}
