import { dateTimeText, numberText } from '../shell/formats.ts';
import { useSay, type Words } from '../shell/words.ts';
import { overviewOf, type Visit } from './visits.ts';

const TEXT = {
  title: ['Tóm tắt', 'Overview'],
  whole: ['Tính trên toàn bộ danh sách.', 'Over the whole list.'],
  part: [
    'Tính trên các lượt đang hiển thị; còn các lượt cũ hơn ở cuối trang.',
    'Over what is shown so far; there are older ones at the end of the page.',
  ],
  visits: ['lần làm việc có tra cứu về bạn', 'visits with a look-up about you'],
  given: ['lần có xem dữ liệu của bạn', 'of them saw your data'],
  agencies: ['cơ quan', 'agencies'],
  looks: ['lượt tra cứu trong hệ thống', 'technical looks'],
  caption: ['Theo cơ quan', 'By agency'],
  agency: ['Cơ quan', 'Agency'],
  times: ['Số lần', 'Visits'],
  last: ['Lần gần nhất', 'Last'],
} as const satisfies Record<string, Words>;

/** What the list comes to, before the list itself. */
export function AccessesOverview({
  visits,
  isWhole,
}: {
  readonly visits: readonly Visit[];
  readonly isWhole: boolean;
}) {
  const say = useSay();
  const overview = overviewOf(visits);
  const tiles = [
    [overview.visits, TEXT.visits],
    [overview.visitsGiven, TEXT.given],
    [overview.byAgency.length, TEXT.agencies],
    [overview.looks, TEXT.looks],
  ] as const;
  return (
    <section aria-label={say(TEXT.title)}>
      <h2>{say(TEXT.title)}</h2>
      <ul class="tiles">
        {tiles.map(([count, words]) => (
          <li key={words[1]}>
            <strong>{numberText(count)}</strong> {say(words)}
          </li>
        ))}
      </ul>
      <table>
        <caption class="hint">{say(TEXT.caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(TEXT.agency)}</th>
            <th scope="col" class="number">
              {say(TEXT.times)}
            </th>
            <th scope="col">{say(TEXT.last)}</th>
          </tr>
        </thead>
        <tbody>
          {overview.byAgency.map(({ agency, visits: count, last }) => (
            <tr key={agency}>
              <td lang="vi">{agency}</td>
              <td class="number">{numberText(count)}</td>
              <td>{dateTimeText(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{say(isWhole ? TEXT.whole : TEXT.part)}</p>
    </section>
  );
}
