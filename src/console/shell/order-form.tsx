import { useState } from 'preact/hooks';
import { useSession } from './session.ts';
import { useSay, type Words } from './words.ts';

const TEXT = {
  label: ['Số quyết định kiểm tra hoặc đơn khiếu nại', 'Number of the audit order or complaint'],
  hint: ['Ví dụ: KT-261121-0001', 'For example KT-261121-0001'],
  use: ['Làm việc theo số này', 'Work under this number'],
  inForce: ['Đang làm việc theo', 'Working under'],
  change: ['Đổi số khác', 'Change'],
  malformed: [
    'Số viết chưa đúng dạng. Dạng đúng: KT-261121-0001 hoặc KN-261121-0001.',
    'The number is not in its form, such as KT-261121-0001 or KN-261121-0001.',
  ],
} as const satisfies Record<string, Words>;

/** The order under which the auditor works; every request of the session names it. */
export function OrderForm() {
  const say = useSay();
  const { session, setOrder } = useSession();
  const [isOpen, setIsOpen] = useState(session.order === null);
  const [text, setText] = useState(session.order ?? '');
  const [isMalformed, setIsMalformed] = useState(false);
  if (!isOpen && session.order !== null) {
    return (
      <p class="order">
        {say(TEXT.inForce)} <strong>{session.order}</strong>{' '}
        <button type="button" class="quiet" onClick={() => setIsOpen(true)}>
          {say(TEXT.change)}
        </button>
      </p>
    );
  }
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isTaken = await setOrder(text.trim());
    setIsMalformed(!isTaken);
    setIsOpen(!isTaken);
  };
  return (
    <form class="order" onSubmit={(event) => void submit(event)}>
      <label for="order">{say(TEXT.label)}</label>
      <input
        id="order"
        name="order"
        required
        autocomplete="off"
        spellcheck={false}
        value={text}
        aria-describedby="order-hint"
        aria-invalid={isMalformed}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit">{say(TEXT.use)}</button>
      <span id="order-hint" class={isMalformed ? 'fault' : 'hint'} role="status">
        {say(isMalformed ? TEXT.malformed : TEXT.hint)}
      </span>
    </form>
  );
}
