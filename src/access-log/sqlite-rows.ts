import type { DatabaseSync } from 'node:sqlite';
import { readRecordText, type WrittenRecord } from './record-text.ts';
import type { SubjectIndex } from './subject-index.ts';
import type { SubjectSeal } from './subject-seal.ts';

/** Enough that a probe fails where the next group would. */
const PROBE_BYTES = 65_536;

/** Turns records into rows of an open transaction. */
export interface RowWriter {
  /** Returns the number of entries. Throws SQLite's errors. */
  write(text: string): number;
  /** Two transactions of its own: takes and frees as much room as a group needs. */
  probe(): void;
}

export function buildRowWriter(database: DatabaseSync, index: SubjectIndex, seal: SubjectSeal): RowWriter {
  const insertAnswer = database.prepare(
    `INSERT INTO answers (id, time, instance, client, caller_kind, officer, purpose, case_id, agreement,
       agreement_version, operation_name, operation_hash, outcome, code, request_id, trace_id,
       search_key_id, seal_key_id, sealed_subjects)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertEntry = database.prepare(
    'INSERT INTO entries (answer, n, subject_kind, subject_index, outcome, disclosed) VALUES (?, ?, ?, ?, ?, ?)',
  );

  const writeAnswer = ({ answer, subjects }: WrittenRecord): number | bigint =>
    insertAnswer.run(
      answer.id,
      answer.time,
      answer.instance,
      answer.client,
      answer.callerKind,
      answer.officer,
      answer.purpose,
      answer.caseId,
      answer.agreement?.id ?? null,
      answer.agreement?.version ?? null,
      answer.operationName,
      answer.operationHash,
      answer.outcome,
      answer.code,
      answer.requestId,
      answer.traceId,
      index.keyId,
      seal.keyId,
      subjects.length === 0
        ? null
        : seal.seal(
            answer.id,
            subjects.map(({ subject }) => subject),
          ),
    ).lastInsertRowid;

  return {
    write(text) {
      const record = readRecordText(text);
      const answer = writeAnswer(record);
      const { subjects } = record;
      if (subjects.length === 0) {
        insertEntry.run(answer, 0, 'none', null, 'nothing', '[]');
        return 1;
      }
      for (const [n, { subject, outcome, disclosed }] of subjects.entries()) {
        insertEntry.run(answer, n, subject.kind, index.of(subject), outcome, disclosed);
      }
      return subjects.length;
    },
    probe() {
      database.exec(`INSERT INTO probes VALUES (zeroblob(${PROBE_BYTES}))`);
      database.exec('DELETE FROM probes');
    },
  };
}
