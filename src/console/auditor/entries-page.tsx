import { useState } from 'preact/hooks';
import type {
  ConsoleEntriesQuery,
  ConsoleEntriesQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { changeQuery, usePlace } from '../shell/router.ts';
import { useSession } from '../shell/session.ts';
import { useSay, type Words } from '../shell/words.ts';
import { EntriesTable } from './entries-table.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { FilterForm } from './filter-form.tsx';
import { accessLogFilterOf, filterTextsOf, type FilterTexts } from './filter.ts';
import { rememberedPerson, rememberPerson } from './remembered-person.ts';

const TEXT = {
  none: ['Không có lượt truy cập nào khớp điều kiện.', 'No access fits the conditions.'],
  newer: ['Trang đầu', 'First page'],
  older: ['Các lượt cũ hơn', 'Older accesses'],
  unreadable: ['Số bản ghi không mở được trong khoảng này:', 'Entries that do not open in this time:'],
  enterOrder: [
    'Hãy nhập số quyết định kiểm tra ở đầu trang. Mỗi lượt xem của bạn cũng được ghi vào nhật ký.',
    'Enter the audit order at the top of the page. Each of your looks is on record too.',
  ],
} as const satisfies Record<string, Words>;

/** Entries of one page. */
const PAGE = 50;

/** Who saw what of whom, when and why, newest first. */
export default function EntriesPage() {
  const say = useSay();
  const { session } = useSession();
  const { query } = usePlace();
  const [personalId, setPersonalId] = useState(rememberedPerson);
  const [after, setAfter] = useState<string | null>(null);
  const texts = filterTextsOf(query);
  const search = (next: FilterTexts, person: string): void => {
    rememberPerson(person);
    setPersonalId(person);
    setAfter(null);
    changeQuery(next);
  };
  return (
    <>
      <FilterForm key={query.toString()} texts={texts} personalId={personalId} onSearch={search} />
      {session.order === null ? (
        <p class="note-box">{say(TEXT.enterOrder)}</p>
      ) : (
        <EntriesFound
          // Another order is another part of the log.
          key={session.order}
          variables={{ filter: accessLogFilterOf(texts, personalId), first: PAGE, after }}
          onPage={setAfter}
        />
      )}
    </>
  );
}

function EntriesFound({
  variables,
  onPage,
}: {
  readonly variables: ConsoleEntriesQueryVariables;
  readonly onPage: (after: string | null) => void;
}) {
  const say = useSay();
  const asked = useAsked<ConsoleEntriesQuery, ConsoleEntriesQueryVariables>('entries', variables);
  if (!asked) return <Waiting />;
  const page = asked.data?.accessLog;
  const entries = (page?.entries ?? []).filter((entry) => entry !== null);
  const next = page?.next ?? null;
  return (
    <>
      <Faults codes={asked.codes} />
      {page && (page.unreadableCount ?? 0) > 0 ? (
        <p class="note-box">
          {say(TEXT.unreadable)} {page.unreadableCount}
        </p>
      ) : null}
      {entries.length > 0 ? (
        <>
          <ExportButtons filter={variables.filter ?? {}} />
          <EntriesTable entries={entries} />
        </>
      ) : null}
      {page && entries.length === 0 ? <p>{say(TEXT.none)}</p> : null}
      <div class="actions">
        {variables.after ? (
          <button type="button" class="quiet" onClick={() => onPage(null)}>
            {say(TEXT.newer)}
          </button>
        ) : null}
        {next === null ? null : (
          <button type="button" class="quiet" onClick={() => onPage(next)}>
            {say(TEXT.older)}
          </button>
        )}
      </div>
    </>
  );
}
