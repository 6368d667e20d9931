import type { GroupOpener } from '../read/opened-answer.ts';
import type { AnswerOpenings, Opening } from '../entry/sealed-openings.ts';
import type { FullGroup, LogRows } from '../stores/log-rows.ts';

/** A group that has entries does not open: its key is not in the ring, or its bytes are others. */
export class GroupNotOpened extends Error {
  readonly firstLeaf: number;

  constructor(firstLeaf: number) {
    super(`the openings of the group at ${firstLeaf} do not open with these keys`);
    this.name = 'GroupNotOpened';
    this.firstLeaf = firstLeaf;
  }
}

/** FORMAT.md, `openings-*.ndjson`; nothing for what was removed. Rejects with GroupNotOpened. */
export async function openingLinesOf(
  group: FullGroup,
  rows: LogRows,
  opener: GroupOpener,
): Promise<readonly string[]> {
  if (group.answers.length === 0) return [];
  await opener.learnKeysOf([group], rows);
  const opened = opener.open(group);
  if (!opened) throw new GroupNotOpened(group.firstLeaf);
  const kept = new Set(group.answers.map(({ firstLeaf }) => firstLeaf));
  const lines: string[] = [];
  let leaf = group.firstLeaf;
  for (const answer of opened) {
    if (kept.has(leaf)) lines.push(...linesOfAnswer(answer, leaf));
    leaf += answer.entries.length;
  }
  return lines;
}

/** A line an entry, of an answer whose first has this index. */
export function linesOfAnswer(
  { request, answer, entries }: AnswerOpenings,
  firstLeaf: number,
): readonly string[] {
  const shared = `"request":${text(request)},"answer":${text(answer)}`;
  return entries.map(
    ({ subject, predicates, findings }, n) =>
      `{"index":${firstLeaf + n},"subject":${text(subject)},"predicates":${text(predicates)},${shared}` +
      `${findings === null ? '' : `,"findings":${text(findings)}`}}\n`,
  );
}

/** The value is JSON already. */
function text({ salt, value }: Opening): string {
  return `["${salt}",${value}]`;
}
