import { Link } from '../shell/link.tsx';
import { dateTimeText } from '../shell/formats.ts';
import { useSay, type Words } from '../shell/words.ts';
import type { ListedEntry } from './asked-entries.ts';
import { OUTCOMES, registerWords, subjectWords } from './entry-words.ts';

const HEADS = {
  time: ['Thời điểm', 'Time'],
  who: ['Ai đã xem', 'Who'],
  subject: ['Về ai', 'Of whom'],
  what: ['Xem gì', 'What'],
  why: ['Vì sao', 'Why'],
  outcome: ['Kết quả', 'Outcome'],
} as const satisfies Record<string, Words>;

const TEXT = {
  caption: ['Các lượt truy cập, mới nhất trước', 'Accesses, newest first'],
  fields: ['trường', 'fields'],
  sealed: ['không nêu trong phạm vi quyết định này', 'not shown under this order'],
} as const satisfies Record<string, Words>;

/** Entries of the access log, one a row. Texts of clients are shown as text and never as markup. */
export function EntriesTable({ entries }: { readonly entries: readonly ListedEntry[] }) {
  const say = useSay();
  return (
    <div class="wide print-wide" role="region" tabIndex={0} aria-label={say(TEXT.caption)}>
      <table class="cards">
        <caption class="hint">{say(TEXT.caption)}</caption>
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
            <EntryRow key={`${entry.id} ${entry.n}`} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { readonly entry: ListedEntry }) {
  const say = useSay();
  const { subject, disclosed, outcome } = entry;
  const end = outcome ? OUTCOMES[outcome] : null;
  return (
    <tr>
      <td data-label={say(HEADS.time)}>
        <Link to={`/console/entry?id=${entry.id}&n=${entry.n}`}>{dateTimeText(entry.time)}</Link>
      </td>
      <td data-label={say(HEADS.who)}>
        {entry.agency}
        <br />
        <span class="id">{entry.officer}</span>
      </td>
      <td data-label={say(HEADS.subject)}>
        {subject?.kind ? say(subjectWords(subject.kind)) : say(TEXT.sealed)}
        {subject?.key ? (
          <>
            <br />
            <span class="id whole">{subject.key}</span>
          </>
        ) : null}
      </td>
      <td data-label={say(HEADS.what)}>
        {(disclosed ?? []).map((part) =>
          part?.register ? (
            <div key={part.register}>
              {say(registerWords(part.register))}: {part.coordinates?.length ?? 0} {say(TEXT.fields)}
            </div>
          ) : null,
        )}
      </td>
      <td data-label={say(HEADS.why)}>
        {entry.purpose}
        <br />
        <span class="id whole">{entry.case}</span>
      </td>
      <td data-label={say(HEADS.outcome)}>
        {end ? (
          <span class={`mark ${end.tone}`}>
            <span aria-hidden="true">{end.sign} </span>
            {say(end.words)}
          </span>
        ) : null}
        {entry.code ? <div class="id">{entry.code}</div> : null}
      </td>
    </tr>
  );
}
