import { useState } from 'preact/hooks';
import type {
  AccessLogFilter,
  ConsoleOwnerEntriesQuery,
  ConsoleOwnerEntriesQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { dateTimeText, numberText } from '../shell/formats.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSay, type Words } from '../shell/words.ts';

const HEADS = {
  time: ['Thời điểm', 'Time'],
  receiver: ['Cung cấp cho', 'To'],
  agreement: ['Theo thỏa thuận', 'Under the agreement'],
  why: ['Mục đích, hồ sơ', 'Purpose, case'],
  fields: ['Trường dữ liệu', 'Fields'],
} as const satisfies Record<string, Words>;

const TEXT = {
  title: ['Các lượt cung cấp, mới nhất trước', 'Disclosures, newest first'],
  version: ['phiên bản', 'version'],
  none: ['không có dữ liệu', 'states that there is nothing'],
  unreadable: ['bản ghi không mở được trong khoảng này.', 'entries do not open in this time.'],
  newest: ['Trang đầu', 'First page'],
  older: ['Các lượt cũ hơn', 'Older ones'],
} as const satisfies Record<string, Words>;

type Page = NonNullable<ConsoleOwnerEntriesQuery['accessLog']>;
type OwnerEntry = NonNullable<NonNullable<Page['entries']>[number]>;

/** Disclosures one by one, with their agreement, and never with the person. */
export function DisclosedEntries({ filter }: { readonly filter: AccessLogFilter }) {
  const say = useSay();
  const [after, setAfter] = useState<string | null>(null);
  const variables = { filter, after };
  const asked = useAsked<ConsoleOwnerEntriesQuery, ConsoleOwnerEntriesQueryVariables>(
    'owner-entries',
    variables,
  );
  const page = asked?.data?.accessLog;
  const entries = (page?.entries ?? []).filter((entry) => entry !== null);
  const next = page?.next ?? null;
  return (
    <section>
      <h2>{say(TEXT.title)}</h2>
      {asked ? <Faults codes={asked.codes} /> : <Waiting />}
      {(page?.unreadableCount ?? 0) > 0 ? (
        <p class="note-box">
          {numberText(page?.unreadableCount ?? 0)} {say(TEXT.unreadable)}
        </p>
      ) : null}
      {entries.length > 0 ? <EntriesTable entries={entries} /> : null}
      <div class="actions">
        {after === null ? null : (
          <button type="button" class="quiet" onClick={() => setAfter(null)}>
            {say(TEXT.newest)}
          </button>
        )}
        {next === null ? null : (
          <button type="button" class="quiet" onClick={() => setAfter(next)}>
            {say(TEXT.older)}
          </button>
        )}
      </div>
    </section>
  );
}

function EntriesTable({ entries }: { readonly entries: readonly OwnerEntry[] }) {
  const say = useSay();
  return (
    <div class="wide print-wide" role="region" tabIndex={0} aria-label={say(TEXT.title)}>
      <table class="cards">
        <thead>
          <tr>
            {Object.entries(HEADS).map(([name, words]) => (
              <th key={name} scope="col">
                {say(words)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.id} ${entry.n}`}>
              <td data-label={say(HEADS.time)}>{dateTimeText(entry.time)}</td>
              <td data-label={say(HEADS.receiver)}>
                <span lang="vi">{entry.agency}</span>
                <br />
                <span class="id">
                  {entry.client}, {entry.officer}
                </span>
              </td>
              <td data-label={say(HEADS.agreement)}>
                <span class="id">{entry.agreement}</span>
                {entry.agreementVersion === null ? null : (
                  <>
                    , {say(TEXT.version)} {entry.agreementVersion}
                  </>
                )}
                <br />
                {entry.legalBasis}
              </td>
              <td data-label={say(HEADS.why)}>
                {entry.purpose}
                <br />
                <span class="id">{entry.case}</span>
              </td>
              <td data-label={say(HEADS.fields)}>
                {(entry.disclosed ?? []).map((part) => (
                  <div key={`${part?.register} ${part?.status}`} class="id">
                    {(part?.coordinates ?? []).join(', ')}
                    {part?.status === 'none' ? `: ${say(TEXT.none)}` : null}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
