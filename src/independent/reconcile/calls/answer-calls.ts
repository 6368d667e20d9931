import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { EntryFormat, RemovedLineFormat, type Entry } from '../../../log-format/entry-format.ts';
import { jsonOf, type ExportFolder } from '../../verify/reading/export-folder.ts';
import { LineReader, lineText } from '../../verify/reading/line-reader.ts';
import { shapeCheck } from '../../verify/reading/shape-check.ts';
import type { BlindKey } from '../keys/blind-key.ts';
import { OpenedSubjects } from '../keys/opened-subjects.ts';
import { outageIn, type Outage } from '../outages.ts';
import { UnreadableInput } from '../keys/unreadable-input.ts';

const isEntry = shapeCheck(EntryFormat);
const isRemovedLine = shapeCheck(RemovedLineFormat);

/** A look-up that an answer made, as the gateway wrote it down. */
export interface AnswerCall {
  readonly register: string;
  /** Under which the register logged it. */
  readonly requestId: string;
  readonly answer: string;
  /** The log in which the entry stands. */
  readonly log: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly officer: string;
  readonly client: string;
  readonly purpose: string;
  /** The dossiers in whose name subjects were read; `''` stands for none. */
  readonly dossiers: readonly string[];
  /**
   * The answer made the call itself. Otherwise a cache kept since what it gave, for so long at most as `age` says, in
   * milliseconds.
   */
  readonly isLive: boolean;
  readonly age: number;
  /** Something of it stands in the answer; a call that only failed or found nothing is not disclosed. */
  readonly isDisclosed: boolean;
  /** Entries of the answer that are about somebody or something. */
  readonly subjects: number;
  /** The persons among them, blinded; null where not all entries have openings, or there are too many. */
  readonly persons: readonly string[] | null;
  /**
   * The persons, blinded, of whom this call alone, asked live, gave a field of their own record: the register was asked
   * for each of them by name.
   */
  readonly own: readonly string[];
}

/** FORMAT.md: longest ages, in milliseconds. */
const AGES: Readonly<Record<Entry['disclosed'][number]['age'], number>> = {
  live: 0,
  '1m': 60_000,
  '10m': 600_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
  older: Number.MAX_SAFE_INTEGER,
};

/** Coordinates of a person's own record, which no record of somebody else has (FORMAT.md, Registers' logs). */
const OWN_RECORD = 'Citizen.';

export const ANSWER_CALL_LIMITS = {
  named: {
    value: 100_000,
    unit: 'persons',
    why: 'Each call has the persons of its answer beside it: a mass answer with many calls would fill the memory.',
  },
} as const;

export interface AnswerCallCounts {
  entries: number;
  /** Removed after their time: what they called is not known any more. */
  removed: number;
  /** Latest time of an entry, milliseconds since 1970; -Infinity before the first. */
  lastEntry: number;
  readonly outages: Outage[];
}

/**
 * Gives the calls of each answer of an export. Throws UnreadableInput for lines that are no entries: the export must be
 * verified first.
 */
export function* callsOf(
  folder: ExportFolder,
  blindKey: BlindKey,
  counts: AnswerCallCounts,
): Generator<AnswerCall> {
  const lines = new LineReader(folder.entries, LINE_LIMITS.longestExportedLine.value);
  const openings = new OpenedSubjects(folder.openings);
  let answer: CallsOfAnswer | null = null;
  try {
    for (let line = lines.next(); line; line = lines.next()) {
      counts.entries += 1;
      const json = jsonOf(lineText(line) ?? '');
      if (isEntry(json)) {
        counts.lastEntry = Math.max(counts.lastEntry, json.answer.time);
        const outage = outageIn(json);
        if (outage) counts.outages.push(outage);
        const key = openings.keyAt(folder.log.from + lines.lines - 1);
        answer ??= new CallsOfAnswer(json);
        answer.add(json, key === null ? null : (blindKey(key) ?? ''));
        if (json.n + 1 < json.answer.entries) continue;
        yield* answer.calls();
        answer = null;
      } else if (isRemovedLine(json)) {
        counts.removed += 1;
      } else {
        throw new UnreadableInput(`Line ${lines.lines} of the entries is none: verify the export first.`);
      }
    }
  } finally {
    lines.close();
    openings.close();
  }
  if (answer) throw new UnreadableInput('The last answer is not complete: verify the export first.');
}

type NotedCall = Pick<AnswerCall, 'register' | 'requestId' | 'isDisclosed' | 'isLive' | 'age'> & {
  readonly own: string[];
};

/** Gathered entry by entry: of a mass answer not all are held. */
class CallsOfAnswer {
  readonly #first: Entry;
  readonly #dossiers: Set<string>;
  /** Calls by their `callKey`. */
  readonly #calls = new Map<string, NotedCall>();
  #named = 0;
  #subjects = 0;
  #persons: string[] | null = [];

  constructor(first: Entry) {
    this.#first = first;
    this.#dossiers = new Set([first.answer.case ?? '']);
  }

  /** `person`: blinded, empty where it is none, null where the entry has no opening. */
  add({ first, disclosed, cases, subject }: Entry, person: string | null): void {
    for (const one of cases) this.#dossiers.add(one);
    for (const [register, requestId] of first?.calls ?? []) this.#note(register, requestId, null);
    for (const { register, upstream, coordinates, age } of disclosed) {
      for (const requestId of upstream) this.#note(register, requestId, AGES[age]);
      const [only, ...others] = upstream;
      const isOwn = coordinates.some((one) => one.startsWith(OWN_RECORD));
      if (only !== undefined && others.length === 0 && isOwn) {
        this.#noteOwn(notedKey(register, only, AGES[age]), person);
      }
    }
    if (subject !== 'none') this.#subjects += 1;
    if (person === null || (this.#persons?.length ?? 0) >= ANSWER_CALL_LIMITS.named.value)
      this.#persons = null;
    else if (person !== '') this.#persons?.push(person);
  }

  *calls(): Generator<AnswerCall> {
    const { id, time, caller, purpose } = this.#first.answer;
    const isTooMany = (this.#persons?.length ?? 0) * this.#calls.size > ANSWER_CALL_LIMITS.named.value;
    for (const call of this.#calls.values()) {
      yield {
        ...call,
        answer: id,
        log: this.#first.tree.log,
        time,
        officer: caller.officer,
        client: caller.client,
        purpose: purpose ?? '',
        dossiers: [...this.#dossiers],
        subjects: this.#subjects,
        persons: isTooMany ? null : this.#persons,
      };
    }
  }

  /** `age`: of what it gave to an entry; null where the answer only made the call. */
  #note(register: string, requestId: string, age: number | null): void {
    const key = notedKey(register, requestId, age);
    const known = this.#calls.get(key);
    this.#calls.set(key, {
      register,
      requestId,
      isDisclosed: known?.isDisclosed === true || age !== null,
      isLive: isLiveAt(age),
      age: Math.max(known?.age ?? 0, age ?? 0),
      own: known?.own ?? [],
    });
  }

  #noteOwn(key: string, person: string | null): void {
    if (person === null || person === '' || this.#named >= ANSWER_CALL_LIMITS.named.value) return;
    this.#named += 1;
    this.#calls.get(key)?.own.push(person);
  }
}

/** An answer's own calls have no age, or are live. */
function isLiveAt(age: number | null): boolean {
  return age === null || age === AGES.live;
}

/**
 * Tells what an answer asked of a call from what a cache gave it of the same call: another request that shared the call may have been the
 * one that asked for it.
 */
function notedKey(register: string, requestId: string, age: number | null): string {
  return `${callKey({ register, requestId })}${isLiveAt(age) ? '' : ' cached'}`;
}

/** Returns one text for one call. Two registers may log the same id, so the register stands in the text. */
export function callKey({
  register,
  requestId,
}: {
  readonly register: string;
  readonly requestId: string;
}): string {
  return `${register} ${requestId}`;
}
