import { useEffect, useRef, useState } from 'preact/hooks';
import type { SubjectValue } from '../../log-format/entry-format.ts';
import type { MyAccess } from '../proof/check-access.ts';
import { saveFile } from '../shell/save-file.ts';
import { useSay, type Words } from '../shell/words.ts';
import {
  ADDRESSEES,
  draftComplaint,
  GROUNDS,
  NATIONAL_TITLE,
  textOfComplaint,
  type Addressee,
  type Ground,
} from './complaint-draft.ts';
import { saveProof } from './save-proof.ts';

const TEXT = {
  title: ['Soạn đơn về một lượt truy cập', 'Draft a letter about a look'],
  to: ['Gửi đến', 'To'],
  ground: ['Lý do', 'Reason'],
  letter: ['Nội dung đơn (bạn sửa được)', 'The letter (you can change it; it is in Vietnamese)'],
  hint: [
    'Điền các chỗ chấm, in ra và ký, hoặc lưu thành tệp. Trang này không gửi đơn thay bạn. Hãy gửi kèm tệp bằng chứng. Khi đổi nơi gửi hoặc lý do, đơn được soạn lại từ đầu.',
    'Fill in the dotted places, print and sign, or save it. This page does not send the letter. Enclose the saved proof. Another addressee or reason drafts the letter anew.',
  ],
  print: ['In đơn', 'Print'],
  save: ['Lưu đơn thành tệp', 'Save the letter'],
  saveProof: ['Tải bằng chứng về máy', 'Save the proof'],
  back: ['Quay lại danh sách', 'Back to the list'],
} as const satisfies Record<string, Words>;

/** A letter about one look: whom it goes to, why, and its text, which the reader may change before printing or saving it. */
export function ComplaintForm({ look, onBack }: { readonly look: MyAccess; readonly onBack: () => void }) {
  const say = useSay();
  const [to, setTo] = useState<Addressee>('agency');
  const [ground, setGround] = useState<Ground>('unknown-agency');
  const draftFor = (addressee: Addressee, reason: Ground) =>
    draftComplaint({
      look,
      to: addressee,
      ground: reason,
      personalId: personOf(look),
      now: Date.now(),
    });
  const [draft, setDraft] = useState(() => draftFor(to, ground));
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <>
      <form onSubmit={(event) => event.preventDefault()}>
        <h2 ref={head} tabIndex={-1}>
          {say(TEXT.title)}
        </h2>
        <fieldset>
          <legend>{say(TEXT.to)}</legend>
          {entriesOf(ADDRESSEES).map(([one, words]) => (
            <label key={one} class="choice">
              <input
                type="radio"
                name="to"
                checked={to === one}
                onChange={() => {
                  setTo(one);
                  setDraft(draftFor(one, ground));
                }}
              />{' '}
              {say(words)}
            </label>
          ))}
        </fieldset>
        <p>
          <label for="ground">{say(TEXT.ground)}</label>
          <br />
          <select
            id="ground"
            value={ground}
            onChange={(event) => {
              const reason = event.currentTarget.value as Ground;
              setGround(reason);
              setDraft(draftFor(to, reason));
            }}
          >
            {entriesOf(GROUNDS).map(([one, words]) => (
              <option key={one} value={one}>
                {say(words)}
              </option>
            ))}
          </select>
        </p>
        <label for="letter">{say(TEXT.letter)}</label>
        <textarea
          id="letter"
          lang="vi"
          class="letter-text"
          rows={22}
          value={draft.body}
          aria-describedby="letter-hint"
          onInput={(event) => setDraft({ ...draft, body: event.currentTarget.value })}
        />
        <p id="letter-hint" class="hint">
          {say(TEXT.hint)}
        </p>
        <div class="actions">
          <button type="button" onClick={() => print()}>
            {say(TEXT.print)}
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => saveFile('don.txt', 'text/plain', textOfComplaint(draft))}
          >
            {say(TEXT.save)}
          </button>
          <button type="button" class="quiet" onClick={() => saveProof(look)}>
            {say(TEXT.saveProof)}
          </button>
          <button type="button" class="quiet" onClick={onBack}>
            {say(TEXT.back)}
          </button>
        </div>
      </form>
      <article class="letter" lang="vi">
        <p class="national">
          {NATIONAL_TITLE.map((line) => (
            <strong key={line}>{line}</strong>
          ))}
        </p>
        <p class="national">
          <strong>{draft.title}</strong>
        </p>
        <p class="body">{draft.body}</p>
      </article>
    </>
  );
}

function entriesOf<Key extends string>(
  words: Readonly<Record<Key, Words>>,
): readonly (readonly [Key, Words])[] {
  return Object.entries(words) as unknown as readonly (readonly [Key, Words])[];
}

function personOf({ proof }: MyAccess): string | null {
  try {
    return (JSON.parse(proof?.subject ?? '') as SubjectValue).key;
  } catch {
    return null;
  }
}
