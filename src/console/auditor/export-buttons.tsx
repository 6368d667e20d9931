import { useState } from 'preact/hooks';
import type {
  AccessLogFilter,
  ConsoleBundleQuery,
  ConsoleBundleQueryVariables,
  ConsoleEntriesQuery,
  ConsoleEntriesQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsk, type Ask } from '../shell/ask.ts';
import { numberText, vietNamDayOf } from '../shell/formats.ts';
import { Faults } from '../shell/notice.tsx';
import { saveFile } from '../shell/save-file.ts';
import { useSay, type Words } from '../shell/words.ts';
import { csvOf } from './csv.ts';
import type { ListedEntry } from './asked-entries.ts';

/** Entries of one file: past it the search is narrowed, rather than the log emptied into a spreadsheet. */
const MOST_ENTRIES = 10_000;
const PAGE = 100;

const TEXT = {
  csv: ['Tải bảng CSV', 'Download CSV'],
  bundle: ['Tải bộ bằng chứng', 'Download proof bundle'],
  going: ['Đang tải:', 'Downloading:'],
  done: ['Đã tải xong:', 'Downloaded:'],
  entries: ['lượt', 'entries'],
  cut: [
    'Tệp chỉ có 10.000 lượt mới nhất. Hãy thu hẹp điều kiện để lấy phần còn lại.',
    'The file has the newest 10,000 entries. Narrow the search for the rest.',
  ],
  onRecord: ['Mỗi lần tải cũng được ghi vào nhật ký.', 'Each download is on record too.'],
} as const satisfies Record<string, Words>;

interface Progress {
  readonly count: number;
  readonly isDone: boolean;
  readonly isCut: boolean;
  readonly codes: readonly string[];
}

/** Downloads what the search found, all pages of it: as a table, or as bytes with their proofs for `verify-log`. */
export function ExportButtons({ filter }: { readonly filter: AccessLogFilter }) {
  const say = useSay();
  const ask = useAsk();
  const [progress, setProgress] = useState<Progress | null>(null);
  const download = async (kind: 'csv' | 'bundle'): Promise<void> => {
    const day = vietNamDayOf(Date.now());
    const read = kind === 'csv' ? readEntries : readBundle;
    const { parts, ...end } = await gather(ask, read, filter, setProgress);
    if (end.codes.length === 0 && kind === 'csv') {
      saveFile(`truy-cap-${day}.csv`, 'text/csv', csvOf(parts.flatMap((part) => part as ListedEntry[])));
    } else if (end.codes.length === 0) {
      saveFile(`bang-chung-${day}.jsonl`, 'application/jsonl', parts.join(''));
    }
  };
  const isBusy = progress !== null && !progress.isDone;
  return (
    <div class="actions">
      <button type="button" class="quiet" disabled={isBusy} onClick={() => void download('csv')}>
        {say(TEXT.csv)}
      </button>
      <button type="button" class="quiet" disabled={isBusy} onClick={() => void download('bundle')}>
        {say(TEXT.bundle)}
      </button>
      <span class="hint" role="status">
        {progress
          ? `${say(progress.isDone ? TEXT.done : TEXT.going)} ${numberText(progress.count)} ${say(TEXT.entries)}. ${progress.isCut ? say(TEXT.cut) : ''}`
          : say(TEXT.onRecord)}
      </span>
      <Faults codes={progress?.codes ?? []} />
    </div>
  );
}

interface Part {
  readonly content: string | readonly ListedEntry[];
  readonly count: number;
  readonly next: string | null;
  readonly codes: readonly string[];
}

type ReadPart = (ask: Ask, filter: AccessLogFilter, after: string | null) => Promise<Part>;

async function gather(
  ask: Ask,
  read: ReadPart,
  filter: AccessLogFilter,
  tell: (progress: Progress) => void,
): Promise<Progress & { readonly parts: readonly Part['content'][] }> {
  const parts: Part['content'][] = [];
  let [count, after] = [0, null as string | null];
  let codes: readonly string[] = [];
  do {
    const part = await read(ask, filter, after).catch((): Part => ({
      content: '',
      count: 0,
      next: null,
      codes: ['UNREACHABLE'],
    }));
    codes = part.codes;
    parts.push(part.content);
    count += part.count;
    after = part.next;
    tell({ count, isDone: false, isCut: false, codes });
  } while (codes.length === 0 && after !== null && count < MOST_ENTRIES);
  const end = { count, isDone: true, isCut: after !== null && codes.length === 0, codes };
  tell(end);
  return { ...end, parts };
}

async function readEntries(ask: Ask, filter: AccessLogFilter, after: string | null): Promise<Part> {
  const variables = { filter, first: PAGE, after };
  const { data, codes } = await ask<ConsoleEntriesQuery, ConsoleEntriesQueryVariables>('entries', variables);
  const content = (data?.accessLog?.entries ?? []).filter((entry) => entry !== null);
  return { content, count: content.length, next: data?.accessLog?.next ?? null, codes };
}

async function readBundle(ask: Ask, filter: AccessLogFilter, after: string | null): Promise<Part> {
  const variables = { filter, first: PAGE, after };
  const { data, codes } = await ask<ConsoleBundleQuery, ConsoleBundleQueryVariables>('bundle', variables);
  const content = data?.accessLogExport?.bundle ?? '';
  // Each entry has a line of its own; a line with a checkpoint opens each log's part.
  const count = content.split('\n').filter((line) => line.startsWith('{"leaf":')).length;
  return { content, count, next: data?.accessLogExport?.next ?? null, codes };
}
