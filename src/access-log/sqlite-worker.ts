import { parentPort, workerData } from 'node:worker_threads';
import type { KeyRing } from '../config/secrets.ts';
import type { RecordColumns } from './record-columns.ts';
import { LogFileError, openLogFile, type LogFile } from './sqlite-file.ts';
import { buildRowWriter, type RowWriter } from './sqlite-rows.ts';
import { buildSubjectSeal } from './subject-seal.ts';
import type { Command, KeyText, Reply, WorkerSettings } from './worker-messages.ts';

/** The writer's thread: SQLite commits synchronously and would hold up every request on the main one. */

const SQLITE_CONSTRAINT = 19;

const settings = workerData as WorkerSettings;
const seal = buildSubjectSeal(ringOf(settings.sealKeys));
let open: { readonly file: LogFile; readonly rows: RowWriter } | null = null;

const port = parentPort;
if (!port) throw new Error('sqlite-worker.ts runs as a worker thread');
port.on('message', (command: Command) => {
  port.postMessage(execute(command));
  if (command.kind === 'close') port.close();
});

function execute(command: Command): Reply {
  if (command.kind === 'close') {
    abandon();
    return done(0, []);
  }
  try {
    open ??= openFile(command.kind === 'open');
    if (command.kind === 'open') return done(0, []);
    open.file.assertInPlace();
    if (command.records.length > 0) open.file.database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    abandon();
    return { outcome: 'not-begun', code: codeOf(error) };
  }
  try {
    return write(open.file, open.rows, command.records);
  } catch (error) {
    // Whatever failed, the next command starts from a fresh connection.
    abandon();
    return { outcome: 'unknown', code: codeOf(error) };
  }
}

/** Within a begun transaction, unless there are no records. */
function write(file: LogFile, rows: RowWriter, records: readonly RecordColumns[]): Reply {
  if (records.length === 0) {
    rows.probe();
    file.assertInPlace();
    return done(0, []);
  }
  let written: { readonly entries: number; readonly failed: readonly number[] };
  try {
    written = { entries: rows.writeGroup(records), failed: [] };
  } catch (error) {
    if (!isRecordsOwnFault(error)) throw error;
    file.database.exec('ROLLBACK; BEGIN IMMEDIATE');
    written = writeOneByOne(file, rows, records);
  }
  file.database.exec('COMMIT');
  // Committed to a file that nobody can find is not on record.
  file.assertInPlace();
  return done(written.entries, written.failed);
}

/** A record that the file does not take must not take its neighbours' answers with it. */
function writeOneByOne({ database }: LogFile, rows: RowWriter, records: readonly RecordColumns[]) {
  const failed: number[] = [];
  let entries = 0;
  for (const [position, record] of records.entries()) {
    database.exec('SAVEPOINT record');
    try {
      entries += rows.writeGroup([record]);
    } catch (error) {
      if (!isRecordsOwnFault(error)) throw error;
      database.exec('ROLLBACK TO record');
      failed.push(position);
    }
    database.exec('RELEASE record');
  }
  return { entries, failed };
}

function isRecordsOwnFault(error: unknown): boolean {
  const errorCode = sqliteCodeOf(error);
  // Errors of ours or of the binding (a value of a wrong type) concern the record; SQLite's others the file.
  return errorCode === null ? !(error instanceof LogFileError) : errorCode === SQLITE_CONSTRAINT;
}

function openFile(mayCreate: boolean) {
  const file = openLogFile(settings.directory, mayCreate, settings.maxPages);
  return { file, rows: buildRowWriter(file.database, seal) };
}

function abandon(): void {
  try {
    open?.file.close();
  } catch {
    // It was not usable any more.
  }
  open = null;
}

function done(entries: number, failed: readonly number[]): Reply {
  return { outcome: 'done', entries, failed };
}

/** Never a message: SQLite's may quote values and paths. */
function codeOf(error: unknown): string {
  const errorCode = sqliteCodeOf(error);
  if (errorCode !== null) return `sqlite-${errorCode}`;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}

/** Primary result code of SQLite, or null. */
function sqliteCodeOf(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}

function ringOf(keys: readonly KeyText[]): KeyRing {
  const [newest, ...older] = keys.map(({ id, hex }) => ({ id, key: Buffer.from(hex, 'hex') }));
  if (!newest) throw new Error('a key ring is empty');
  return [newest, ...older];
}
