import { useState } from 'preact/hooks';
import type {
  AccessLogFilter,
  ConsoleBundleQuery,
  ConsoleBundleQueryVariables,
} from '../../generated/console-operations.ts';
import { checkBundle, type BundledEntry, type BundleFault } from '../proof/check-bundle.ts';
import { useAsk } from '../shell/ask.ts';
import { numberText } from '../shell/formats.ts';
import { Faults } from '../shell/notice.tsx';
import { saveFile } from '../shell/save-file.ts';
import { useSession } from '../shell/session.ts';
import { useSay, type Words } from '../shell/words.ts';
import { differsFromEntry } from './compare-entry.ts';
import type { ShownEntry } from './asked-entries.ts';

const TEXT = {
  title: ['Bằng chứng', 'Proof'],
  check: ['Kiểm tra bằng chứng trong trình duyệt', 'Check the proof in the browser'],
  save: ['Tải bộ bằng chứng', 'Download the proof bundle'],
  good: [
    'Đúng: bản ghi này đứng trong nhật ký đã ký, và những gì trang này hiện đúng như bản ghi.',
    'Genuine: the entry stands in the signed log, and this page shows what stands in it.',
  ],
  bad: ['Chưa chứng minh được.', 'Not proven.'],
  differs: ['Trang này hiện khác với bản ghi ở mục:', 'This page shows something else than the entry in:'],
  place: ['Vị trí', 'Place'],
  of: ['trong', 'of'],
  signedBy: ['bản ghi, ký bởi', 'entries, signed by'],
  others: ['Chữ ký khác trên cùng nhật ký (chưa kiểm tra ở đây):', 'Other signatures (not checked here):'],
  subject: ['Cam kết về chủ thể mở ra đúng:', 'The commitment to the subject opens to'],
  how: [
    'Khóa công khai do chính cổng dữ liệu đưa ra. Muốn kiểm tra độc lập: tải bộ bằng chứng và chạy `ndg log verify --bundle` với khóa đã công bố.',
    'The public key came from the gateway itself. To check independently, download the bundle and run `ndg log verify --bundle` with the published key.',
  ],
} as const satisfies Record<string, Words>;

const FAULTS: Readonly<Record<BundleFault | 'absent', Words>> = {
  malformed: ['Bộ bằng chứng viết sai dạng.', 'The bundle is malformed.'],
  'unknown-log': ['Không có khóa của nhật ký này.', 'There is no key of this log.'],
  'not-signed': ['Chữ ký của nhật ký không đúng.', 'The log’s signature is not valid.'],
  'not-in-log': ['Bản ghi không phải là bản đã ký.', 'The entry is not what the log signed there.'],
  'other-place': ['Bản ghi nêu vị trí khác.', 'The entry states another place.'],
  'other-subject': ['Chủ thể không khớp với cam kết.', 'The subject does not open the commitment.'],
  absent: ['Bộ bằng chứng không có bản ghi này.', 'The bundle does not hold this entry.'],
};

type Verdict =
  | { readonly fault: BundleFault | 'absent' }
  | { readonly fault: null; readonly proven: BundledEntry; readonly differs: string | null };

/** Fetches the entry's bytes with their proof, and checks them here and now. */
export function EntryProof({
  entry,
  filter,
}: {
  readonly entry: ShownEntry;
  readonly filter: AccessLogFilter;
}) {
  const say = useSay();
  const ask = useAsk();
  const { logKeys } = useSession().session;
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [verdict, setVerdict] = useState<Verdict | null>(null);

  const fetchBundle = async (): Promise<string | null> => {
    const variables = { filter, first: 100, after: null };
    const asked = await ask<ConsoleBundleQuery, ConsoleBundleQueryVariables>('bundle', variables);
    setCodes(asked.codes);
    return asked.data?.accessLogExport?.bundle ?? null;
  };
  const check = async (): Promise<void> => {
    const bundle = await fetchBundle();
    if (bundle === null) return;
    const checked = checkBundle(bundle, logKeys);
    const proven = checked.entries.find((one) => one.index === entry.index && one.entry.n === entry.n);
    if (checked.fault !== null) setVerdict({ fault: checked.fault });
    else if (proven) setVerdict({ fault: null, proven, differs: differsFromEntry(entry, proven) });
    else setVerdict({ fault: 'absent' });
  };
  const save = async (): Promise<void> => {
    const bundle = await fetchBundle();
    if (bundle !== null) saveFile(`bang-chung-${entry.id}.jsonl`, 'application/jsonl', bundle);
  };
  return (
    <section aria-labelledby="proof">
      <h2 id="proof">{say(TEXT.title)}</h2>
      <div class="actions">
        <button type="button" onClick={() => void check()}>
          {say(TEXT.check)}
        </button>
        <button type="button" class="quiet" onClick={() => void save()}>
          {say(TEXT.save)}
        </button>
      </div>
      <Faults codes={codes} />
      <div role="status">{verdict ? <ShownVerdict verdict={verdict} /> : null}</div>
      <p class="hint">{say(TEXT.how)}</p>
    </section>
  );
}

function ShownVerdict({ verdict }: { readonly verdict: Verdict }) {
  const say = useSay();
  if (verdict.fault !== null || verdict.differs !== null) {
    return (
      <div class="fault-box">
        <p class="mark bad">
          <span aria-hidden="true">✕ </span>
          {say(TEXT.bad)}
        </p>
        <p>
          {verdict.fault !== null ? say(FAULTS[verdict.fault]) : `${say(TEXT.differs)} ${verdict.differs}`}
        </p>
      </div>
    );
  }
  const { index, size, origin, otherSignatures, subject } = verdict.proven;
  return (
    <div class="note-box">
      <p class="mark good">
        <span aria-hidden="true">✓ </span>
        {say(TEXT.good)}
      </p>
      <p>
        {say(TEXT.place)} {numberText(index + 1)} {say(TEXT.of)} {numberText(size)} {say(TEXT.signedBy)}{' '}
        <span class="id">{origin}</span>.
      </p>
      {subject === null ? null : (
        <p>
          {say(TEXT.subject)} <span class="id">{subject}</span>
        </p>
      )}
      {otherSignatures > 0 ? (
        <p>
          {say(TEXT.others)} {otherSignatures}
        </p>
      ) : null}
    </div>
  );
}
