import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KeyRing } from '../config/secrets.ts';
import type { RegisterDisclosure, SubjectOutcome } from '../disclosure/disclosure-recorder.ts';
import { NO_SUBJECT, type Subject } from '../disclosure/subject.ts';
import type { AnswerRecord } from './entry.ts';
import { answerOf, disclosedOf, type AnswerRow, type EntryRow } from './sqlite-row-shapes.ts';
import { digestOfPacked } from './sqlite-rows.ts';
import { FORMAT_VERSION, LOG_FILE } from './sqlite-schema.ts';
import type { LegalBasis } from '../policy/agreement.ts';
import { ruleNamed } from '../policy/row-rules/rule-named.ts';
import type { RowRuleName } from '../policy/row-rules/row-rule.ts';
import { ruleOf } from './rule-letters.ts';
import { buildSubjectSeal } from './subject-seal.ts';

/** `nothing`: the entry of an answer about nobody. */
export type EntryOutcome = SubjectOutcome | 'nothing';

export interface ReadEntry {
  readonly n: number;
  readonly subject: Subject;
  readonly outcome: EntryOutcome;
  /** The rule behind a denial, and its law; null elsewhere. */
  readonly rule: RowRuleName | null;
  readonly legalBasis: LegalBasis | null;
  /** Cases in whose name the subject was read; empty where that is the answer's own alone. */
  readonly caseIds: readonly string[];
  readonly disclosed: readonly RegisterDisclosure[];
}

export interface ReadAnswer {
  readonly answer: Omit<AnswerRecord, 'subjects'>;
  readonly entries: readonly ReadEntry[];
}

export interface AccessLogReader {
  /** Null where there is none. Throws AccessLogNotGenuine. */
  answer(id: string): ReadAnswer | null;
  /** Ids of all answers, in the order of writing. */
  answerIds(): readonly string[];
  close(): void;
}

/** What stands in the file is not what was written there, or its keys are not in the ring. */
export class AccessLogNotGenuine extends Error {
  constructor(answerId: string) {
    super(`the entries of answer ${answerId} do not open`);
    this.name = 'AccessLogNotGenuine';
  }
}

/** The rule's letter is absent in entries of format 1, which knew no row rules. */
type SealedSubject = readonly [kind: Subject['kind'], key: string, letter?: string];

type SealedAnswers = Readonly<
  Record<string, readonly [digest: string, subjects: readonly SealedSubject[], citizen: string | null]>
>;

/** On a connection of its own that cannot write. Throws where the file is absent or of a later format. */
export function openAccessLogReader(settings: {
  readonly directory: string;
  readonly sealKeys: KeyRing;
}): AccessLogReader {
  const seal = buildSubjectSeal(settings.sealKeys);
  const database = new DatabaseSync(join(settings.directory, LOG_FILE), { readOnly: true, timeout: 1_000 });
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version !== FORMAT_VERSION) {
    database.close();
    throw new Error('the access log is of another format');
  }
  const answerById = database.prepare(
    `SELECT answers.*, groups.id AS group_id, seal_key_id, sealed FROM answers
     JOIN groups ON groups.seq = answers.group_seq WHERE answers.id = ?`,
  );
  const entriesOf = database.prepare('SELECT * FROM entries WHERE answer = ? ORDER BY n');
  const ids = database.prepare('SELECT id FROM answers ORDER BY seq');

  return {
    answer(id) {
      const row = answerById.get(id) as AnswerRow | undefined;
      if (!row) return null;
      const text = seal.open(row.group_id, row.seal_key_id, row.sealed);
      const sealed = text === null ? undefined : (JSON.parse(text) as SealedAnswers)[id];
      if (!sealed || sealed[0] !== digestOfPacked(row.packed)) throw new AccessLogNotGenuine(id);
      const subjects: readonly SealedSubject[] =
        sealed[1].length === 0 ? [[NO_SUBJECT.kind, NO_SUBJECT.key]] : sealed[1];
      const rows = entriesOf.all(row.seq) as unknown as readonly EntryRow[];
      const entries = rows.map((entry, n) => {
        const [kind, key = '', letter = '-'] = subjects[n] ?? [];
        const rule = ruleOf(letter);
        if (kind !== entry.subject_kind || rule === undefined) throw new AccessLogNotGenuine(id);
        return {
          n,
          subject: { kind, key },
          outcome: rule === null ? entry.outcome : 'denied',
          rule,
          legalBasis: rule === null ? null : ruleNamed(rule).legalBasis,
          caseIds: entry.cases === null ? [] : (JSON.parse(entry.cases) as readonly string[]),
          disclosed: disclosedOf(entry),
        };
      });
      if (entries.length !== subjects.length) throw new AccessLogNotGenuine(id);
      return { answer: answerOf(row, sealed[2]), entries };
    },
    answerIds: () => ids.all().map((row) => String(row['id'])),
    close: () => database.close(),
  };
}
