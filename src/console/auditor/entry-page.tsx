import type {
  AccessLogFilter,
  ConsoleEntryQuery,
  ConsoleEntryQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { Link } from '../shell/link.tsx';
import { Faults, Waiting } from '../shell/notice.tsx';
import { usePlace } from '../shell/router.ts';
import { useSession } from '../shell/session.ts';
import { useSay, type Words } from '../shell/words.ts';
import { EntryFacts } from './entry-facts.tsx';
import { EntryProof } from './entry-proof.tsx';
import { EntryReplay } from './entry-replay.tsx';
import { rememberedPerson } from './remembered-person.ts';

const TEXT = {
  back: ['Về danh sách', 'Back to the list'],
  none: [
    'Không có lượt truy cập này, hoặc quyết định kiểm tra không mở được nó.',
    'There is no such access, or the order does not open it.',
  ],
  enterOrder: [
    'Hãy nhập số quyết định kiểm tra ở đầu trang.',
    'Enter the audit order at the top of the page.',
  ],
  others: ['Cùng một câu trả lời còn nói về:', 'The same answer was also about:'],
  entry: ['lượt thứ', 'entry'],
} as const satisfies Record<string, Words>;

/** One entry: what happened in plain words, its decision decided again, and its proof. */
export default function EntryPage() {
  const say = useSay();
  const { session } = useSession();
  const { query } = usePlace();
  const id = query.get('id') ?? '';
  const n = Number(query.get('n') ?? '0');
  const personalId = rememberedPerson();
  const filter: AccessLogFilter = {
    entry: id,
    ...(personalId === '' ? {} : { subject: { kind: 'PERSON', key: personalId } }),
  };
  return (
    <>
      <p class="actions">
        <Link to="/console/entries">{say(TEXT.back)}</Link>
      </p>
      {session.order === null ? (
        <p class="note-box">{say(TEXT.enterOrder)}</p>
      ) : (
        <EntryFound key={`${session.order} ${id} ${n}`} filter={filter} id={id} n={n} />
      )}
    </>
  );
}

function EntryFound({
  filter,
  id,
  n,
}: {
  readonly filter: AccessLogFilter;
  readonly id: string;
  readonly n: number;
}) {
  const say = useSay();
  const asked = useAsked<ConsoleEntryQuery, ConsoleEntryQueryVariables>('entry', { filter });
  if (!asked) return <Waiting />;
  const entries = (asked.data?.accessLog?.entries ?? []).filter((one) => one !== null);
  const entry = entries.find((one) => one.n === n);
  const others = entries.filter((one) => one !== entry);
  return (
    <>
      <Faults codes={asked.codes} />
      {entry ? (
        <>
          <EntryFacts entry={entry} />
          <EntryReplay id={id} n={n} isDecided={entry.agreement !== null} />
          <EntryProof entry={entry} filter={filter} />
        </>
      ) : null}
      {!entry && asked.codes.length === 0 ? <p>{say(TEXT.none)}</p> : null}
      {others.length > 0 ? (
        <>
          <h2>{say(TEXT.others)}</h2>
          <ul>
            {others.map((one) => (
              <li key={one.n}>
                <Link to={`/console/entry?id=${id}&n=${one.n}`}>
                  {say(TEXT.entry)} {(one.n ?? 0) + 1}
                </Link>
                {one.subject?.key ? <span class="id"> {one.subject.key}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
