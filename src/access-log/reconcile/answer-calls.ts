import { EntryFormat, RemovedLineFormat, type Entry } from '../format/entry-format.ts';
import { jsonOf, type ExportFolder } from '../verify/export-folder.ts';
import { LineReader, LONGEST_EXPORTED, textOf } from '../verify/line-reader.ts';
import { shapeCheck } from '../verify/shape-check.ts';
import type { BlindKey } from './blind-key.ts';
import { OpenedSubjects } from './opened-subjects.ts';
import { Unreadable } from './unreadable.ts';

const isEntry = shapeCheck(EntryFormat);
const isRemovedLine = shapeCheck(RemovedLineFormat);

/** A look-up that an answer made, as the gateway wrote it down. */
export interface AnswerCall {
  readonly register: string;
  /** Under which the register logged it. */
  readonly requestId: string;
  readonly answer: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly officer: string;
  /** In whose name subjects were read; `''` for none. */
  readonly dossiers: readonly string[];
  /** Something of it stands in the answer; a call that only failed or found nothing is not disclosed. */
  readonly isDisclosed: boolean;
  /** Entries of the answer that are about somebody or something. */
  readonly subjects: number;
  /** The persons among them, blinded; null where not all entries have openings, or there are too many. */
  readonly persons: readonly string[] | null;
}

interface OpenedEntry {
  readonly entry: Entry;
  /** Of its subject; null without an opening. */
  readonly key: string | null;
}

/** Each call has the answer's persons beside it: of a mass answer with many calls that would be all too many. */
const MOST_NAMED = 100_000;

export interface AnswerCallCounts {
  entries: number;
  /** Removed after their time: what they called is not known any more. */
  removed: number;
}

/** What each answer of an export called. Throws Unreadable for lines that are no entries: verify the export first. */
export function* callsOf(
  folder: ExportFolder,
  blindKey: BlindKey,
  counts: AnswerCallCounts,
): Generator<AnswerCall> {
  const lines = new LineReader(folder.entries, LONGEST_EXPORTED);
  const openings = new OpenedSubjects(folder.openings);
  let answer: OpenedEntry[] = [];
  try {
    for (let line = lines.next(); line; line = lines.next()) {
      counts.entries += 1;
      const json = jsonOf(textOf(line) ?? '');
      if (isEntry(json)) {
        const key = openings.keyAt(folder.log.from + lines.lines - 1);
        answer.push({ entry: json, key });
        if (json.n + 1 < json.answer.entries) continue;
        yield* callsOfAnswer(answer, blindKey);
        answer = [];
      } else if (isRemovedLine(json)) {
        counts.removed += 1;
      } else {
        throw new Unreadable(`Line ${lines.lines} of the entries is none: verify the export first.`);
      }
    }
  } finally {
    lines.close();
    openings.close();
  }
  if (answer.length > 0) throw new Unreadable('The last answer is not complete: verify the export first.');
}

function* callsOfAnswer(opened: readonly OpenedEntry[], blindKey: BlindKey): Generator<AnswerCall> {
  const entries = opened.map(({ entry }) => entry);
  const [first] = entries;
  if (!first) return;
  const { id, time, caller } = first.answer;
  const dossiers = [...new Set([first.answer.case ?? '', ...entries.flatMap((entry) => entry.cases)])];
  const subjects = entries.filter(({ subject }) => subject !== 'none').length;
  const calls = new Map<string, Omit<AnswerCall, 'persons'>>();
  const note = (register: string, requestId: string, isDisclosed: boolean): void => {
    const { officer } = caller;
    const call = { register, requestId, answer: id, time, officer, dossiers, isDisclosed, subjects };
    const key = callKey(call);
    if (isDisclosed || !calls.has(key)) calls.set(key, call);
  };
  for (const { first: of, disclosed } of entries) {
    for (const [register, requestId] of of?.calls ?? []) note(register, requestId, false);
    for (const { register, upstream } of disclosed) {
      for (const requestId of upstream) note(register, requestId, true);
    }
  }
  const persons = opened.length * calls.size > MOST_NAMED ? null : personsOf(opened, blindKey);
  for (const call of calls.values()) yield { ...call, persons };
}

function personsOf(opened: readonly OpenedEntry[], blindKey: BlindKey): readonly string[] | null {
  if (opened.some(({ key }) => key === null)) return null;
  return opened.flatMap(({ key }) => blindKey(key ?? '') ?? []);
}

/** One text for one call: registers choose nothing of an id, but two of them may have the same. */
export function callKey({
  register,
  requestId,
}: {
  readonly register: string;
  readonly requestId: string;
}): string {
  return `${register} ${requestId}`;
}
