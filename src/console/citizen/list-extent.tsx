import type { ConsoleMyAccessesQuery } from '../../generated/console-operations.ts';
import { dateTimeText, numberText } from '../shell/formats.ts';
import { useSay, type Words } from '../shell/words.ts';

const TEXT = {
  title: ['Danh sách này đầy đủ đến đâu', 'How complete this list is'],
  oldest: ['Lượt cũ nhất đang hiển thị:', 'Oldest look shown:'],
  whole: [
    'Danh sách có mọi lượt xem dữ liệu của bạn qua Cổng dữ liệu quốc gia còn trong thời hạn lưu. Lượt mới xuất hiện trong vòng một phút.',
    'The list holds every look at your data through the national data gateway within the time of keeping. A new look appears within a minute.',
  ],
  part: ['Còn các lượt cũ hơn chưa hiển thị.', 'Older ones are not shown yet.'],
  missing: [
    'bản ghi trong nhật ký không mở được; chúng có thể nói về bất kỳ ai, kể cả bạn.',
    'entries of the log do not open; they may be about anybody, you too.',
  ],
  span: ['trong khoảng', 'between'],
  elsewhere: [
    'Danh sách không gồm các lượt xem ở nơi khác, chẳng hạn xem trực tiếp tại cơ sở dữ liệu mà không qua cổng này.',
    'The list does not hold looks elsewhere, such as directly in a register without this gateway.',
  ],
  hidden: [
    'Theo luật, một số cơ quan (chẳng hạn khi điều tra tội phạm, bảo vệ quốc phòng, an ninh) có thể xem mà chưa báo cho người được xem. Các lượt như vậy chỉ hiện ra khi hết thời hạn giữ kín; chúng vẫn được ghi lại và kiểm tra.',
    'By law, some agencies (such as in criminal investigation, defence or security) may look without telling the person yet. Such looks appear when their time of secrecy ends; they are recorded and audited all the same.',
  ],
} as const satisfies Record<string, Words>;

type Page = NonNullable<ConsoleMyAccessesQuery['myAccesses']>;

/** Since when and how complete the list is, and who may be hidden by law, in general words. */
export function ListExtent({
  unreadable,
  unreadableCount,
  oldest,
  isWhole,
}: {
  readonly unreadable: NonNullable<Page['unreadable']>;
  readonly unreadableCount: number;
  readonly oldest: string | null;
  readonly isWhole: boolean;
}) {
  const say = useSay();
  return (
    <section>
      <h2>{say(TEXT.title)}</h2>
      <p>
        {say(isWhole ? TEXT.whole : TEXT.part)}{' '}
        {oldest === null ? null : `${say(TEXT.oldest)} ${dateTimeText(oldest)}.`}
      </p>
      {unreadableCount > 0 ? (
        <div class="note-box">
          <p>
            {numberText(unreadableCount)} {say(TEXT.missing)}
          </p>
          <ul>
            {unreadable.map((gap) => (
              <li key={`${gap?.since} ${gap?.until}`}>
                {numberText(gap?.entries ?? 0)} {say(TEXT.span)} {dateTimeText(gap?.since)} –{' '}
                {dateTimeText(gap?.until)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p>{say(TEXT.elsewhere)}</p>
      <p>{say(TEXT.hidden)}</p>
    </section>
  );
}
