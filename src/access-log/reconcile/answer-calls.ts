import { EntryFormat, RemovedLineFormat, type Entry } from '../format/entry-format.ts';
import { jsonOf, type ExportFolder } from '../verify/export-folder.ts';
import { LineReader, LONGEST_EXPORTED, textOf } from '../verify/line-reader.ts';
import { shapeCheck } from '../verify/shape-check.ts';
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
}

export interface AnswerCallCounts {
  entries: number;
  /** Removed after their time: what they called is not known any more. */
  removed: number;
}

/** What each answer of an export called. Throws Unreadable for lines that are no entries: verify the export first. */
export function* callsOf(folder: ExportFolder, counts: AnswerCallCounts): Generator<AnswerCall> {
  const lines = new LineReader(folder.entries, LONGEST_EXPORTED);
  let answer: Entry[] = [];
  try {
    for (let line = lines.next(); line; line = lines.next()) {
      counts.entries += 1;
      const json = jsonOf(textOf(line) ?? '');
      if (isEntry(json)) {
        answer.push(json);
        if (json.n + 1 < json.answer.entries) continue;
        yield* callsOfAnswer(answer);
        answer = [];
      } else if (isRemovedLine(json)) {
        counts.removed += 1;
      } else {
        throw new Unreadable(`Line ${lines.lines} of the entries is none: verify the export first.`);
      }
    }
  } finally {
    lines.close();
  }
  if (answer.length > 0) throw new Unreadable('The last answer is not complete: verify the export first.');
}

function* callsOfAnswer(entries: readonly Entry[]): Generator<AnswerCall> {
  const [first] = entries;
  if (!first) return;
  const { id, time, caller } = first.answer;
  const dossiers = [...new Set([first.answer.case ?? '', ...entries.flatMap((entry) => entry.cases)])];
  const calls = new Map<string, AnswerCall>();
  const note = (register: string, requestId: string, isDisclosed: boolean): void => {
    const call = { register, requestId, answer: id, time, officer: caller.officer, dossiers, isDisclosed };
    const key = callKey(call);
    if (isDisclosed || !calls.has(key)) calls.set(key, call);
  };
  for (const { first: of, disclosed } of entries) {
    for (const [register, requestId] of of?.calls ?? []) note(register, requestId, false);
    for (const { register, upstream } of disclosed) {
      for (const requestId of upstream) note(register, requestId, true);
    }
  }
  yield* calls.values();
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
