import { dateTimeText, timeSpanText } from '../shell/formats.ts';
import type { MyAccess } from '../proof/check-access.ts';
import { useSay, type Words } from '../shell/words.ts';
import { registerWords } from '../auditor/entry-words.ts';
import { LOOK_ENDS, ROLES } from './citizen-words.ts';
import { ProofCheck } from './proof-check.tsx';
import type { Visit } from './visits.ts';

const TEXT = {
  unknownAgency: ['Không rõ cơ quan', 'Agency unknown'],
  given: ['Đã xem dữ liệu', 'Saw data'],
  notGiven: ['Không nhận được dữ liệu', 'Was given nothing'],
  looks: ['Chi tiết', 'Details'],
  look: ['lượt', 'look(s)'],
  time: ['Thời điểm', 'Time'],
  role: ['Người xem', 'Who'],
  what: ['Xem gì', 'What'],
  why: ['Để làm gì', 'Purpose'],
  case: ['Mã hồ sơ', 'Case number'],
  result: ['Kết quả', 'Result'],
  readOnly: ['chỉ xem, không sửa', 'read only, nothing changed'],
  ask: ['Hỏi lại hoặc khiếu nại về lượt này', 'Question this or complain'],
  noPurpose: ['Không nêu mục đích', 'No purpose was named'],
} as const satisfies Record<string, Words>;

/** One visit to one office as a line that opens; the technical looks are inside. */
export function VisitItem({
  visit,
  onComplain,
}: {
  readonly visit: Visit;
  readonly onComplain: (look: MyAccess) => void;
}) {
  const say = useSay();
  const { agency, purposeText, given, isGiven, looks, from, to } = visit;
  return (
    <li>
      <h3 lang="vi">{agency ?? say(TEXT.unknownAgency)}</h3>
      <p>
        <span>{timeSpanText(from, to)}</span>
        {' · '}
        <span class={`mark ${isGiven ? 'good' : 'none'}`}>
          <span aria-hidden="true">{isGiven ? '● ' : '○ '}</span>
          {say(isGiven ? TEXT.given : TEXT.notGiven)}
        </span>
      </p>
      <dl class="facts">
        <dt>{say(TEXT.why)}</dt>
        <dd lang="vi">{purposeText ?? say(TEXT.noPurpose)}</dd>
        {visit.case === null ? null : (
          <>
            <dt>{say(TEXT.case)}</dt>
            <dd class="id">{visit.case}</dd>
          </>
        )}
        {given.length === 0 ? null : (
          <>
            <dt>{say(TEXT.what)}</dt>
            <dd>
              {given.map(({ register, fields }) => (
                <div key={register}>
                  {say(registerWords(register))}
                  {fields.length === 0 ? null : (
                    <>
                      {': '}
                      <span lang="vi">{fields.join(', ')}</span>
                    </>
                  )}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
      <details>
        <summary>
          {say(TEXT.looks)} ({looks.length} {say(TEXT.look)})
        </summary>
        {looks.map((look) => (
          <Look key={look.proof?.leaf ?? look.time} look={look} onComplain={() => onComplain(look)} />
        ))}
      </details>
    </li>
  );
}

function Look({ look, onComplain }: { readonly look: MyAccess; readonly onComplain: () => void }) {
  const say = useSay();
  const { outcome } = look;
  const role = roleOf(look);
  return (
    <section class="look">
      <p lang="vi">{look.text}</p>
      <dl class="facts">
        <dt>{say(TEXT.time)}</dt>
        <dd>{dateTimeText(look.time)}</dd>
        {role ? (
          <>
            <dt>{say(TEXT.role)}</dt>
            <dd>{say(role)}</dd>
          </>
        ) : null}
        <dt>{say(TEXT.result)}</dt>
        <dd>
          {outcome ? say(LOOK_ENDS[outcome]) : ''} ({say(TEXT.readOnly)})
        </dd>
      </dl>
      <ProofCheck access={look} />
      <div class="actions">
        <button type="button" class="quiet" onClick={onComplain}>
          {say(TEXT.ask)}
        </button>
      </div>
    </section>
  );
}

/** The kind of caller stands in the entry itself. */
function roleOf({ proof }: MyAccess): Words | null {
  try {
    const entry: unknown = JSON.parse(proof?.entry ?? 'null');
    const { answer } = entry as { readonly answer: { readonly caller: { readonly kind: string } } };
    return ROLES[answer.caller.kind] ?? null;
  } catch {
    return null;
  }
}
