import { useState } from 'preact/hooks';
import type {
  AccessCountBy,
  ConsoleCountsQuery,
  ConsoleCountsQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { vietNamDayOf } from '../shell/formats.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSession } from '../shell/session.ts';
import { useSay, type Words } from '../shell/words.ts';
import { CountsChart } from './counts-chart.tsx';
import { accessLogFilterOf } from './filter.ts';

const BY: readonly (readonly [AccessCountBy, Words])[] = [
  ['DAY', ['Theo ngày', 'By day']],
  ['HOUR', ['Theo giờ trong ngày', 'By hour of the day']],
  ['REGISTER', ['Theo cơ sở dữ liệu', 'By register']],
  ['PROVINCE', ['Theo tỉnh của cơ quan', 'By province of the office']],
  ['UNIT', ['Theo xã, phường của cơ quan', 'By commune of the office']],
  ['CLIENT', ['Theo hệ thống của cơ quan', 'By agency’s system']],
  ['OFFICER', ['Theo cán bộ', 'By officer']],
  ['PURPOSE', ['Theo mục đích', 'By purpose']],
  ['OUTCOME', ['Theo kết quả', 'By outcome']],
];

const TEXT = {
  from: ['Từ ngày', 'From'],
  to: ['Đến hết ngày', 'To, inclusive'],
  by: ['Đếm theo', 'Count by'],
  client: ['Cơ quan (mã hệ thống)', 'Agency (client id)'],
  enterOrder: [
    'Hãy nhập số quyết định kiểm tra ở đầu trang.',
    'Enter the audit order at the top of the page.',
  ],
  none: ['Không có lượt nào trong khoảng này.', 'Nothing in this time.'],
  suppressed: [
    'Con số dưới 10 được che (ghi “ít hơn 10 hoặc được che”) để không lộ về một người.',
    'Counts below 10 are hidden, with as many others as it takes that none can be worked out.',
  ],
  procedure: [
    'Chưa đếm được theo thủ tục: bản ghi chỉ giữ mã hồ sơ, không giữ mã thủ tục.',
    'No counts by procedure: an entry holds the dossier’s number and not its procedure.',
  ],
} as const satisfies Record<string, Words>;

const DAYS_SHOWN = 30;
const DAY_MS = 24 * 3_600_000;

/** Answers counted for charts, on whole days of Viet Nam. */
export default function CountsPage() {
  const say = useSay();
  const { session } = useSession();
  const [by, setBy] = useState<AccessCountBy>('DAY');
  const [from, setFrom] = useState(vietNamDayOf(Date.now() - (DAYS_SHOWN - 1) * DAY_MS));
  const [to, setTo] = useState(vietNamDayOf(Date.now()));
  const [client, setClient] = useState('');
  const filter = accessLogFilterOf(
    { from, to, ...(client.trim() === '' ? {} : { client: client.trim() }) },
    '',
  );
  return (
    <>
      <form class="fields" onSubmit={(event) => event.preventDefault()}>
        <div>
          <label for="by">{say(TEXT.by)}</label>
          <select
            id="by"
            value={by}
            onChange={(event) => {
              const chosen = BY.find(([value]) => value === event.currentTarget.value);
              if (chosen) setBy(chosen[0]);
            }}
          >
            {BY.map(([value, words]) => (
              <option key={value} value={value}>
                {say(words)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="from">{say(TEXT.from)}</label>
          <input
            id="from"
            type="date"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        </div>
        <div>
          <label for="to">{say(TEXT.to)}</label>
          <input id="to" type="date" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        </div>
        <div>
          <label for="client">{say(TEXT.client)}</label>
          <input
            id="client"
            autocomplete="off"
            value={client}
            onChange={(event) => setClient(event.currentTarget.value)}
          />
        </div>
      </form>
      {session.order === null ? (
        <p class="note-box">{say(TEXT.enterOrder)}</p>
      ) : (
        <Counted key={session.order} variables={{ filter, by, after: null }} />
      )}
      <p class="hint">{say(TEXT.suppressed)}</p>
      <p class="hint">{say(TEXT.procedure)}</p>
    </>
  );
}

function Counted({ variables }: { readonly variables: ConsoleCountsQueryVariables }) {
  const say = useSay();
  const asked = useAsked<ConsoleCountsQuery, ConsoleCountsQueryVariables>('counts', variables);
  if (!asked) return <Waiting />;
  const counts = (asked.data?.accessLogCounts ?? []).filter((one) => one !== null);
  const title = BY.find(([value]) => value === variables.by)?.[1] ?? BY[0]?.[1];
  return (
    <>
      <Faults codes={asked.codes} />
      {counts.length > 0 && title ? <CountsChart by={variables.by} title={title} counts={counts} /> : null}
      {asked.data && counts.length === 0 ? <p>{say(TEXT.none)}</p> : null}
    </>
  );
}
