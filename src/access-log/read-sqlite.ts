import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KeyRing } from '../config/secrets.ts';
import type { RegisterDisclosure, SubjectOutcome } from '../disclosure/disclosure-recorder.ts';
import { NO_SUBJECT, type Subject } from '../disclosure/subject.ts';
import type { AnswerRecord } from './entry.ts';
import { FORMAT_VERSION, LOG_FILE } from './sqlite-schema.ts';
import { answerOf, disclosedOf, type AnswerRow, type EntryRow } from './sqlite-row-shapes.ts';
import { buildSubjectIndex } from './subject-index.ts';
import { buildSubjectSeal } from './subject-seal.ts';

/** `nothing`: the entry of an answer about nobody. */
export type EntryOutcome = SubjectOutcome | 'nothing';

export interface ReadEntry {
  readonly n: number;
  readonly subject: Subject;
  readonly outcome: EntryOutcome;
  readonly disclosed: readonly RegisterDisclosure[];
}

export interface ReadAnswer {
  readonly answer: Omit<AnswerRecord, 'subjects'>;
  readonly entries: readonly ReadEntry[];
}

/** An entry found by its subject; who asked, and why, stands in the answer. */
export interface FoundEntry extends ReadEntry {
  readonly answerId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface AccessLogReader {
  /** Null where there is none. Throws AccessLogNotGenuine. */
  answer(id: string): ReadAnswer | null;
  /** In the order of writing, under every search key of the ring. */
  entriesOfSubject(kind: Subject['kind'], key: string): readonly FoundEntry[];
  countAnswers(): number;
  close(): void;
}

/** What stands in the file is not what was written there, or its keys are not in the ring. */
export class AccessLogNotGenuine extends Error {
  constructor(answerId: string) {
    super(`the entries of answer ${answerId} do not open`);
    this.name = 'AccessLogNotGenuine';
  }
}

/** On a connection of its own that cannot write. Throws where the file is absent or of a later format. */
export function openAccessLogReader(settings: {
  readonly directory: string;
  readonly searchKeys: KeyRing;
  readonly sealKeys: KeyRing;
}): AccessLogReader {
  const index = buildSubjectIndex(settings.searchKeys);
  const seal = buildSubjectSeal(settings.sealKeys);
  const database = new DatabaseSync(join(settings.directory, LOG_FILE), { readOnly: true, timeout: 1_000 });
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version !== FORMAT_VERSION) {
    database.close();
    throw new Error('the access log is of another format');
  }
  const answerById = database.prepare('SELECT * FROM answers WHERE id = ?');
  const entriesOf = database.prepare('SELECT * FROM entries WHERE answer = ? ORDER BY n');
  const entriesByIndex = database.prepare(
    `SELECT entries.*, answers.id, answers.time FROM entries JOIN answers ON answers.seq = entries.answer
     WHERE subject_index = ? ORDER BY entries.answer, n`,
  );
  const count = database.prepare('SELECT count(*) AS answers FROM answers');

  return {
    answer(id) {
      const row = answerById.get(id) as AnswerRow | undefined;
      if (!row) return null;
      const rows = entriesOf.all(row.seq) as unknown as readonly EntryRow[];
      const subjects =
        row.sealed_subjects === null ? [NO_SUBJECT] : seal.open(id, row.seal_key_id, row.sealed_subjects);
      if (subjects?.length !== rows.length) throw new AccessLogNotGenuine(id);
      const entries = rows.map((entry, n) => {
        const subject = subjects[n];
        if (!subject || !isAbout(entry, n, subject, row.search_key_id)) throw new AccessLogNotGenuine(id);
        return readEntry(entry, subject);
      });
      return { answer: answerOf(row), entries };
    },
    entriesOfSubject(kind, key) {
      const subject = { kind, key };
      return index
        .all(subject)
        .flatMap((digest) => entriesByIndex.all(digest) as unknown as readonly FoundRow[])
        .toSorted((left, right) => left.answer - right.answer || left.n - right.n)
        .map((row) => ({ ...readEntry(row, subject), answerId: row.id, time: row.time }));
    },
    countAnswers: () => Number(count.get()?.['answers']),
    close: () => database.close(),
  };

  /** The sealed subjects vouch for kind, place and index of the entries. */
  function isAbout(entry: EntryRow, n: number, subject: Subject, searchKeyId: string): boolean {
    if (entry.n !== n || entry.subject_kind !== subject.kind) return false;
    if (subject.kind === 'none') return entry.subject_index === null;
    const digest = index.under(searchKeyId, subject);
    return digest !== null && entry.subject_index !== null && digest.equals(entry.subject_index);
  }
}

type FoundRow = EntryRow & { readonly id: string; readonly time: number };

function readEntry(row: EntryRow, subject: Subject): ReadEntry {
  return { n: row.n, subject, outcome: row.outcome, disclosed: disclosedOf(row) };
}
