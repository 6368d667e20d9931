import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { ANSWER_COLUMNS, ID_PLACE, PACKED_PLACE, type RecordColumns } from './record-columns.ts';
import type { SubjectSeal } from './subject-seal.ts';

/** Enough that a probe fails where the next group would. */
const PROBE_BYTES = 65_536;

/** Turns records into rows of an open transaction. */
export interface RowWriter {
  /** Returns the number of entries. Throws SQLite's errors. */
  writeGroup(records: readonly RecordColumns[]): number;
  /** Two transactions of its own: takes and frees as much room as a group needs. */
  probe(): void;
}

export function buildRowWriter(database: DatabaseSync, seal: SubjectSeal): RowWriter {
  const insertGroup = database.prepare('INSERT INTO groups (id, seal_key_id, sealed) VALUES (?, ?, ?)');
  const insertAnswer = database.prepare(
    `INSERT INTO answers (group_seq, ${ANSWER_COLUMNS.join(', ')})
     VALUES (?, ${ANSWER_COLUMNS.map(() => '?').join(', ')})`,
  );
  return {
    writeGroup(records) {
      const id = String(records[0]?.values[ID_PLACE] ?? '');
      const group = insertGroup.run(id, seal.keyId, seal.seal(id, sealedText(records))).lastInsertRowid;
      let entries = 0;
      for (const record of records) {
        insertAnswer.run(group, ...record.values);
        entries += record.entries;
      }
      return entries;
    },
    probe() {
      database.exec(`INSERT INTO probes VALUES (zeroblob(${PROBE_BYTES}))`);
      database.exec('DELETE FROM probes');
    },
  };
}

/** The digest ties the subjects to their entries: neither can be changed, moved or swapped alone. */
function sealedText(records: readonly RecordColumns[]): string {
  const answers = records.map(
    ({ values, subjects, citizen }) =>
      `${JSON.stringify(values[ID_PLACE])}:["${digestOfPacked(String(values[PACKED_PLACE]))}",${subjects},${citizen}]`,
  );
  return `{${answers.join()}}`;
}

export function digestOfPacked(packed: string): string {
  return hash('sha256', packed, 'base64url');
}
