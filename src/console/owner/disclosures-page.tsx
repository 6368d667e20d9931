import { useState } from 'preact/hooks';
import type {
  AccessCountBy,
  AccessLogFilter,
  ConsoleCountsQuery,
  ConsoleCountsQueryVariables,
} from '../../generated/console-operations.ts';
import { CountsChart } from '../auditor/counts-chart.tsx';
import { accessLogFilterOf } from '../auditor/filter.ts';
import { useAsked } from '../shell/ask.ts';
import { vietNamDayOf } from '../shell/formats.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSay, type Words } from '../shell/words.ts';
import { DisclosedEntries } from './disclosed-entries.tsx';

const TEXT = {
  intro: [
    'Dữ liệu mà cơ sở dữ liệu của bạn đã cung cấp qua cổng: cho ai, theo thỏa thuận nào. Trang này không cho biết dữ liệu là về ai.',
    'What your register gave through the gateway: to whom, under which agreements. This page does not tell about whom.',
  ],
  from: ['Từ ngày', 'From'],
  to: ['Đến hết ngày', 'To, inclusive'],
  client: ['Hệ thống nhận (mã)', 'Receiving system (client id)'],
  coordinate: ['Trường dữ liệu', 'Field'],
  by: ['Đếm theo', 'Count by'],
  none: ['Chưa cung cấp gì trong khoảng này.', 'Nothing was disclosed in this time.'],
  suppressed: [
    'Con số dưới 10 được che, cùng với các số khác đủ để không suy ra được nó.',
    'Counts below 10 are hidden, with as many others as it takes that none can be worked out.',
  ],
} as const satisfies Record<string, Words>;

const BY: readonly (readonly [AccessCountBy, Words])[] = [
  ['CLIENT', ['Hệ thống nhận', 'Receiving system']],
  ['PURPOSE', ['Mục đích', 'Purpose']],
  ['DAY', ['Ngày', 'Day']],
  ['HOUR', ['Giờ trong ngày', 'Hour of the day']],
  ['PROVINCE', ['Tỉnh của cơ quan nhận', 'Province of the receiver']],
  ['UNIT', ['Xã, phường của cơ quan nhận', 'Commune of the receiver']],
];

const DAYS_SHOWN = 30;
const DAY_MS = 24 * 3_600_000;
const FIELDS = ['from', 'to', 'client', 'coordinate'] as const;
type Field = (typeof FIELDS)[number];

/** Disclosures of the owner's register: counts, and the entries without the people whom they are about. */
export default function DisclosuresPage() {
  const say = useSay();
  const [by, setBy] = useState<AccessCountBy>('CLIENT');
  const [texts, setTexts] = useState<Readonly<Record<Field, string>>>({
    from: vietNamDayOf(Date.now() - (DAYS_SHOWN - 1) * DAY_MS),
    to: vietNamDayOf(Date.now()),
    client: '',
    coordinate: '',
  });
  const filter = filterOf(texts);
  return (
    <>
      <p>{say(TEXT.intro)}</p>
      <form class="fields" onSubmit={(event) => event.preventDefault()}>
        {FIELDS.map((name) => (
          <div key={name}>
            <label for={name}>{say(TEXT[name])}</label>
            <FilterInput
              name={name}
              text={texts[name]}
              onText={(text) => setTexts({ ...texts, [name]: text.trim() })}
            />
          </div>
        ))}
        <div>
          <label for="by">{say(TEXT.by)}</label>
          <select
            id="by"
            value={by}
            onChange={(event) =>
              setBy(BY.find(([one]) => one === event.currentTarget.value)?.[0] ?? 'CLIENT')
            }
          >
            {BY.map(([one, words]) => (
              <option key={one} value={one}>
                {say(words)}
              </option>
            ))}
          </select>
        </div>
      </form>
      <Counted filter={filter} by={by} />
      <DisclosedEntries key={JSON.stringify(filter)} filter={filter} />
    </>
  );
}

function FilterInput({
  name,
  text,
  onText,
}: {
  readonly name: Field;
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  // A text is asked when it is whole, and not at each of its letters.
  const onChange = (event: { readonly currentTarget: HTMLInputElement }): void =>
    onText(event.currentTarget.value);
  return name === 'from' || name === 'to' ? (
    <input id={name} type="date" value={text} onChange={onChange} />
  ) : (
    <input id={name} autocomplete="off" spellcheck={false} value={text} onChange={onChange} />
  );
}

function filterOf(texts: Readonly<Record<Field, string>>): AccessLogFilter {
  const set = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
  return accessLogFilterOf(set, '');
}

function Counted({ filter, by }: { readonly filter: AccessLogFilter; readonly by: AccessCountBy }) {
  const say = useSay();
  const variables = { filter, by, after: null };
  const asked = useAsked<ConsoleCountsQuery, ConsoleCountsQueryVariables>('counts', variables);
  if (!asked) return <Waiting />;
  const counts = (asked.data?.accessLogCounts ?? []).filter((one) => one !== null);
  const title = BY.find(([one]) => one === by)?.[1];
  return (
    <>
      <Faults codes={asked.codes} />
      {counts.length > 0 && title ? <CountsChart by={by} title={title} counts={counts} /> : null}
      {asked.data && counts.length === 0 ? <p>{say(TEXT.none)}</p> : null}
      <p class="hint">{say(TEXT.suppressed)}</p>
    </>
  );
}
