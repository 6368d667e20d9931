import type { ComponentChildren } from 'preact';
import { dateTimeText } from '../shell/formats.ts';
import { useSay, type Words } from '../shell/words.ts';
import { CALLER_WORDS, OUTCOMES, RULE_WORDS, registerWords, subjectWords } from './entry-words.ts';
import type { ShownEntry } from './asked-entries.ts';

const TEXT = {
  happened: ['Chuyện gì đã xảy ra', 'What happened'],
  when: ['Thời điểm', 'When'],
  who: ['Ai', 'Who'],
  officer: ['tài khoản', 'account'],
  subject: ['Về ai', 'Of whom'],
  why: ['Mục đích', 'Purpose'],
  basis: ['Căn cứ pháp lý', 'Legal basis'],
  case: ['Hồ sơ', 'Case'],
  agreement: ['Thỏa thuận', 'Agreement'],
  version: ['phiên bản', 'version'],
  outcome: ['Kết quả', 'Outcome'],
  rule: ['Quy tắc đã ngăn', 'Rule that denied'],
  denied: ['Phần bị cắt vì không được cấp', 'What the grant cut'],
  what: ['Dữ liệu đã cung cấp', 'What was given'],
  nothing: ['Không có dữ liệu nào được cung cấp.', 'Nothing was given.'],
  isNone: ['cơ sở dữ liệu xác nhận là không có', 'the register states that there is nothing'],
  cached: ['từ bản ghi đã lưu', 'from a kept record'],
  technical: ['Chi tiết kỹ thuật', 'Technical details'],
  operation: ['Câu hỏi', 'Operation'],
  detail: ['Việc cổng dữ liệu đã làm', 'What the gateway did'],
  read: ['Chỉ đọc: cổng dữ liệu không sửa dữ liệu nào.', 'Read only: the gateway changes nothing.'],
} as const satisfies Record<string, Words>;

/** What happened, in plain words first. Every text of a client is shown as text. */
export function EntryFacts({ entry }: { readonly entry: ShownEntry }) {
  const say = useSay();
  const end = entry.outcome ? OUTCOMES[entry.outcome] : null;
  const kind = CALLER_WORDS[entry.callerKind ?? ''];
  const cases = [entry.case, ...(entry.cases ?? [])].filter((one) => one !== null && one !== '');
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{say(TEXT.happened)}</h2>
      <dl class="facts">
        <Fact name={TEXT.when}>{dateTimeText(entry.time)}</Fact>
        <Fact name={TEXT.who}>
          {entry.agency} {kind ? `(${say(kind)})` : ''}, {say(TEXT.officer)}{' '}
          <span class="id">{entry.officer}</span>
        </Fact>
        <Fact name={TEXT.subject}>
          {entry.subject?.kind ? say(subjectWords(entry.subject.kind)) : ''}{' '}
          <span class="id">{entry.subject?.key}</span>
        </Fact>
        <Fact name={TEXT.why}>{entry.purpose}</Fact>
        <Fact name={TEXT.basis}>{entry.legalBasis}</Fact>
        <Fact name={TEXT.case}>
          <span class="id">{[...new Set(cases)].join(', ')}</span>
        </Fact>
        {entry.agreement ? (
          <Fact name={TEXT.agreement}>
            {entry.agreement}, {say(TEXT.version)} {entry.agreementVersion}
          </Fact>
        ) : null}
        <Fact name={TEXT.outcome}>
          {end ? (
            <span class={`mark ${end.tone}`}>
              <span aria-hidden="true">{end.sign} </span>
              {say(end.words)}
            </span>
          ) : null}{' '}
          <span class="id">{[entry.code, entry.reason].filter(Boolean).join(' · ')}</span>
        </Fact>
        {entry.rule ? (
          <Fact name={TEXT.rule}>{say(RULE_WORDS[entry.rule] ?? [entry.rule, entry.rule])}</Fact>
        ) : null}
      </dl>
      <h3>{say(TEXT.what)}</h3>
      <Disclosed entry={entry} />
      {(entry.denied ?? []).length > 0 ? (
        <>
          <h3>{say(TEXT.denied)}</h3>
          <ul>
            {(entry.denied ?? []).map((one) => (
              <li key={one} class="id">
                {one}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <details>
        <summary>{say(TEXT.technical)}</summary>
        <dl class="facts">
          <Fact name={TEXT.operation}>
            <span class="id">{[entry.operationName, entry.operationHash].filter(Boolean).join(' · ')}</span>
          </Fact>
          <Fact name={['Bản ghi', 'Entry']}>
            <span class="id">
              {entry.id} / {entry.n} · {entry.log} #{entry.index}
            </span>
          </Fact>
          <Fact name={['Mã yêu cầu', 'Request']}>
            <span class="id">
              {entry.requestId} · {entry.traceId}
            </span>
          </Fact>
          {entry.detail ? (
            <Fact name={TEXT.detail}>
              <span class="id">{entry.detail}</span>
            </Fact>
          ) : null}
        </dl>
      </details>
    </section>
  );
}

function Disclosed({ entry }: { readonly entry: ShownEntry }) {
  const say = useSay();
  const parts = (entry.disclosed ?? []).filter((part) => part !== null);
  if (parts.length === 0) return <p>{say(TEXT.nothing)}</p>;
  return (
    <>
      <ul>
        {parts.map((part) => (
          <li key={`${part.register} ${part.status} ${part.upstream?.join()}`}>
            <strong>{say(registerWords(part.register ?? ''))}</strong>
            {part.status === 'none' ? ` (${say(TEXT.isNone)})` : ''}
            {part.cached ? ` (${say(TEXT.cached)}, ${part.age})` : ''}:{' '}
            <span class="id">{(part.coordinates ?? []).join(', ')}</span>
          </li>
        ))}
      </ul>
      <p class="hint">{say(TEXT.read)}</p>
    </>
  );
}

function Fact({ name, children }: { readonly name: Words; readonly children: ComponentChildren }) {
  const say = useSay();
  return (
    <>
      <dt>{say(name)}</dt>
      <dd>{children}</dd>
    </>
  );
}
