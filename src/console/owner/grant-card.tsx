import type { ConsoleGrantUsageQuery } from '../../generated/console-operations.ts';
import { dayText, numberText, vietNamDayOf } from '../shell/formats.ts';
import { saveFile } from '../shell/save-file.ts';
import { useSay, type Words } from '../shell/words.ts';

type Grant = NonNullable<NonNullable<ConsoleGrantUsageQuery['grantUsage']>[number]>;

const TEXT = {
  agreement: ['Thỏa thuận', 'Agreement'],
  version: ['phiên bản', 'version'],
  basis: ['Căn cứ pháp luật', 'Legal basis'],
  since: ['Đếm từ', 'Counted since'],
  answers: ['Số câu trả lời có dữ liệu', 'Answers that disclosed anything'],
  younger: [
    'Thỏa thuận có hiệu lực chưa lâu; hãy chờ đủ thời gian rồi mới thu hẹp.',
    'The agreement is younger than this time; wait until it is over before shrinking it.',
  ],
  idle: [
    'Không có câu trả lời nào theo thỏa thuận này trong khoảng đang xem. Hãy hỏi cơ quan nhận có còn cần không.',
    'Nothing was answered under this agreement in this time. Ask the receiver whether it is still needed.',
  ],
  unused: ['Đã cấp, chưa ai dùng', 'Granted, never used'],
  allUsed: ['Mọi trường đã cấp đều được dùng.', 'Every granted field was used.'],
  used: ['Đã dùng, nhiều nhất trước', 'Used, the most frequent first'],
  field: ['Trường dữ liệu', 'Field'],
  entries: ['Số lượt', 'Times'],
  smaller: ['Quyền thu hẹp vừa đủ (GraphQL)', 'The smaller grant that would do (GraphQL)'],
  save: ['Lưu quyền thu hẹp', 'Save the smaller grant'],
  next: [
    'Thay tệp quyền của thỏa thuận bằng tệp này, tăng phiên bản, ký lại.',
    'Put this file in the place of the agreement’s grant, raise its version, sign again.',
  ],
  unreadable: [
    'bản ghi không mở được và chưa được đếm; một trường có thể đã được dùng trong đó.',
    'entries do not open and are not counted; a field may have been used in them.',
  ],
} as const satisfies Record<string, Words>;

const DAY_MS = 24 * 3_600_000;

/** One agreement: who receives, what was used and how often, what never, and the smaller grant that would do. */
export function GrantCard({ grant, days }: { readonly grant: Grant; readonly days: number }) {
  const say = useSay();
  const { agreement, since, answers, smallerGrant } = grant;
  const used = (grant.used ?? []).filter((one) => one !== null);
  const neverUsed = (grant.neverUsed ?? []).filter((one) => one !== null);
  const missing = (grant.unreadable ?? []).reduce((sum, gap) => sum + (gap?.entries ?? 0), 0);
  const isYounger = since !== null && Date.parse(since) > Date.now() - (days - 1) * DAY_MS;
  return (
    <section class="card" aria-labelledby={`grant-${agreement}`}>
      <h2 id={`grant-${agreement}`}>
        <span lang="vi">{grant.receiver}</span> · {grant.purpose}
      </h2>
      <dl class="facts">
        <dt>{say(TEXT.agreement)}</dt>
        <dd>
          <span class="id">{agreement}</span>, {say(TEXT.version)} {grant.agreementVersion}
        </dd>
        <dt>{say(TEXT.basis)}</dt>
        <dd>{grant.legalBasis}</dd>
        <dt>{say(TEXT.since)}</dt>
        <dd>{since === null ? '' : dayText(vietNamDayOf(since))}</dd>
        <dt>{say(TEXT.answers)}</dt>
        <dd>{numberText(answers ?? 0)}</dd>
      </dl>
      {missing > 0 ? (
        <p class="fault-box">
          {numberText(missing)} {say(TEXT.unreadable)}
        </p>
      ) : null}
      {isYounger ? <p class="note-box">{say(TEXT.younger)}</p> : null}
      {answers === 0 ? <p class="note-box">{say(TEXT.idle)}</p> : null}
      <h3>
        {say(TEXT.unused)} ({numberText(neverUsed.length)})
      </h3>
      {neverUsed.length === 0 ? <p>{say(TEXT.allUsed)}</p> : null}
      <ul class="columns">
        {neverUsed.map(({ coordinate, name }) => (
          <li key={coordinate}>
            {name ? (
              <>
                <span lang="vi">{name}</span>{' '}
              </>
            ) : null}
            <span class="id">{coordinate}</span>
          </li>
        ))}
      </ul>
      {used.length > 0 ? <UsedFields used={used} /> : null}
      {smallerGrant === null || smallerGrant === undefined ? null : (
        <details>
          <summary>{say(TEXT.smaller)}</summary>
          <p>{say(TEXT.next)}</p>
          <pre class="code" tabIndex={0} role="region" aria-label={`${say(TEXT.smaller)}: ${agreement}`}>
            {smallerGrant}
          </pre>
          <div class="actions">
            <button
              type="button"
              class="quiet"
              onClick={() => saveFile(`${agreement}.graphql`, 'text/plain', `${smallerGrant}\n`)}
            >
              {say(TEXT.save)}
            </button>
          </div>
        </details>
      )}
    </section>
  );
}

type UsedField = NonNullable<NonNullable<Grant['used']>[number]>;

function UsedFields({ used }: { readonly used: readonly UsedField[] }) {
  const say = useSay();
  return (
    <details>
      <summary>
        {say(TEXT.used)} ({numberText(used.length)})
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(TEXT.field)}</th>
            <th scope="col" class="number">
              {say(TEXT.entries)}
            </th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ coordinate, name, entries }) => (
            <tr key={coordinate}>
              <td>
                {name ? <span lang="vi">{name} </span> : null}
                <span class="id">{coordinate}</span>
              </td>
              <td class="number">{numberText(entries ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
