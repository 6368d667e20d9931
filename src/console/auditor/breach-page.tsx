import { useState } from 'preact/hooks';
import type { ConsoleBreachQuery, ConsoleBreachQueryVariables } from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { boundsOfDay, vietNamDayOf } from '../shell/formats.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSession } from '../shell/session.ts';
import { useSay, type Words } from '../shell/words.ts';
import { BreachResult } from './breach-result.tsx';

const TEXT = {
  intro: [
    'Báo cáo này phục vụ thông báo trong 72 giờ khi dữ liệu bị lộ (Luật 91/2025/QH15, Điều 23): hệ thống, cán bộ hoặc khóa nào đã nhận dữ liệu của những ai.',
    'For the notice within 72 hours of a breach (Law 91/2025/QH15, article 23): whose data a system, an officer or a key was told.',
  ],
  step1: ['Bước 1. Ai bị nghi làm lộ?', 'Step 1. Who is suspected?'],
  step1Hint: ['Điền ít nhất một ô.', 'Fill in at least one.'],
  client: ['Hệ thống của cơ quan (mã)', 'Agency’s system (client id)'],
  officer: ['Tài khoản cán bộ', 'Officer account'],
  key: ['Mã khóa ký của thẻ truy cập (kid)', 'Key that signed the tokens (kid)'],
  step2: ['Bước 2. Trong thời gian nào?', 'Step 2. In which time?'],
  from: ['Từ ngày', 'From'],
  to: ['Đến hết ngày', 'To, inclusive'],
  step3: ['Bước 3. Lập báo cáo', 'Step 3. Make the report'],
  make: ['Lập báo cáo có chữ ký', 'Make the signed report'],
  missing: ['Hãy điền hệ thống, cán bộ hoặc khóa.', 'Name a system, an officer or a key.'],
  enterOrder: [
    'Hãy nhập số quyết định kiểm tra ở đầu trang.',
    'Enter the audit order at the top of the page.',
  ],
} as const satisfies Record<string, Words>;

const NAMES = ['client', 'officer', 'key'] as const;

/** A guided form that ends in the signed report on a breach. */
export default function BreachPage() {
  const say = useSay();
  const { session } = useSession();
  const today = vietNamDayOf(Date.now());
  const [given, setGiven] = useState({ client: '', officer: '', key: '', from: today, to: today });
  const [asked, setAsked] = useState<ConsoleBreachQueryVariables | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const change = (name: keyof typeof given, text: string): void => setGiven({ ...given, [name]: text });
  const submit = (event: Event): void => {
    event.preventDefault();
    const who = NAMES.flatMap((name) => (given[name].trim() === '' ? [] : [[name, given[name].trim()]]));
    setIsMissing(who.length === 0);
    if (who.length === 0) return;
    const { from } = boundsOfDay(given.from);
    const { to } = boundsOfDay(given.to);
    setAsked({ ...Object.fromEntries(who), from, to, first: 100, after: null });
  };
  return (
    <>
      <p>{say(TEXT.intro)}</p>
      <form onSubmit={submit}>
        <fieldset>
          <legend>{say(TEXT.step1)}</legend>
          <p class={isMissing ? 'fault' : 'hint'} id="who-hint" role="status">
            {say(isMissing ? TEXT.missing : TEXT.step1Hint)}
          </p>
          <div class="fields">
            {NAMES.map((name) => (
              <div key={name}>
                <label for={`breach-${name}`}>{say(TEXT[name])}</label>
                <input
                  id={`breach-${name}`}
                  autocomplete="off"
                  spellcheck={false}
                  aria-describedby="who-hint"
                  aria-invalid={isMissing}
                  value={given[name]}
                  onInput={(event) => change(name, event.currentTarget.value)}
                />
              </div>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{say(TEXT.step2)}</legend>
          <div class="fields">
            {(['from', 'to'] as const).map((name) => (
              <div key={name}>
                <label for={`breach-${name}`}>{say(TEXT[name])}</label>
                <input
                  id={`breach-${name}`}
                  type="date"
                  required
                  value={given[name]}
                  onInput={(event) => change(name, event.currentTarget.value)}
                />
              </div>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{say(TEXT.step3)}</legend>
          {session.order === null ? <p>{say(TEXT.enterOrder)}</p> : null}
          <button type="submit" disabled={session.order === null}>
            {say(TEXT.make)}
          </button>
        </fieldset>
      </form>
      {asked && session.order !== null ? <Report key={session.order} variables={asked} /> : null}
    </>
  );
}

function Report({ variables }: { readonly variables: ConsoleBreachQueryVariables }) {
  const asked = useAsked<ConsoleBreachQuery, ConsoleBreachQueryVariables>('breach', variables);
  if (!asked) return <Waiting />;
  return (
    <>
      <Faults codes={asked.codes} />
      {asked.data?.breachReport ? <BreachResult report={asked.data.breachReport} /> : null}
    </>
  );
}
