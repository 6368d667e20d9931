import type { ConsoleBreachQuery } from '../../generated/console-operations.ts';
import { dateTimeText, numberText, vietNamDayOf } from '../shell/formats.ts';
import { saveFile } from '../shell/save-file.ts';
import { useSay, type Words } from '../shell/words.ts';
import { subjectWords } from './entry-words.ts';

const TEXT = {
  title: ['Kết quả', 'Result'],
  answers: ['Câu trả lời đã cung cấp dữ liệu', 'Answers that disclosed anything'],
  subjects: ['Số chủ thể cần thông báo', 'Subjects to be notified'],
  first: ['Lượt đầu', 'First access'],
  last: ['Lượt cuối', 'Last access'],
  categories: ['Loại dữ liệu', 'Categories of data'],
  category: ['Loại', 'Category'],
  fields: ['Trường', 'Fields'],
  times: ['Số lần', 'Disclosures'],
  named: ['Những người cần thông báo', 'Those to be notified'],
  more: [
    'Danh sách còn nữa: lấy đủ bằng `breachReport` qua GraphQL.',
    'There are more: `breachReport` by GraphQL gives all pages.',
  ],
  save: ['Tải báo cáo có chữ ký', 'Download the signed report'],
} as const satisfies Record<string, Words>;

const CATEGORIES: Readonly<Record<string, Words>> = {
  BASIC: ['Dữ liệu cá nhân cơ bản', 'Basic personal data'],
  SENSITIVE: ['Dữ liệu cá nhân nhạy cảm', 'Sensitive personal data'],
  NON_PERSONAL: ['Không phải dữ liệu cá nhân', 'No personal data'],
};

/** The report: how much, what kinds, who is to be told; the signed bytes to keep. */
export function BreachResult({
  report,
}: {
  readonly report: NonNullable<ConsoleBreachQuery['breachReport']>;
}) {
  const say = useSay();
  const subjects = (report.subjects ?? []).filter((one) => one !== null);
  const save = (): void =>
    saveFile(
      `bao-cao-lo-du-lieu-${vietNamDayOf(Date.now())}.json`,
      'application/json',
      JSON.stringify({ statement: report.statement, signature: report.signature }),
    );
  return (
    <section aria-labelledby="result">
      <h2 id="result">{say(TEXT.title)}</h2>
      <ul class="tiles">
        <li>
          <strong>{numberText(report.subjectCount ?? 0)}</strong>
          {say(TEXT.subjects)}
        </li>
        <li>
          <strong>{numberText(report.answers ?? 0)}</strong>
          {say(TEXT.answers)}
        </li>
        <li>
          {say(TEXT.first)}: {dateTimeText(report.firstAccess)}
          <br />
          {say(TEXT.last)}: {dateTimeText(report.lastAccess)}
        </li>
      </ul>
      <div class="actions">
        <button type="button" onClick={save}>
          {say(TEXT.save)}
        </button>
      </div>
      <h3>{say(TEXT.categories)}</h3>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{say(TEXT.category)}</th>
            <th scope="col">{say(TEXT.fields)}</th>
            <th scope="col" class="number">
              {say(TEXT.times)}
            </th>
          </tr>
        </thead>
        <tbody>
          {(report.categories ?? []).map((one) =>
            one ? (
              <tr key={one.category}>
                <td data-label={say(TEXT.category)}>
                  {say(CATEGORIES[one.category ?? ''] ?? ['Khác', 'Other'])}
                </td>
                <td data-label={say(TEXT.fields)} class="id">
                  {(one.coordinates ?? []).join(', ')}
                </td>
                <td data-label={say(TEXT.times)} class="number">
                  {numberText(one.disclosures ?? 0)}
                </td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
      {subjects.length > 0 ? (
        <>
          <h3>{say(TEXT.named)}</h3>
          <ul>
            {subjects.map(({ kind, key }) => (
              <li key={`${kind} ${key}`}>
                {kind ? say(subjectWords(kind)) : ''} <span class="id">{key}</span>
              </li>
            ))}
          </ul>
          {report.next === null ? null : <p class="hint">{say(TEXT.more)}</p>}
        </>
      ) : null}
    </section>
  );
}
