import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openStore } from '../../stores/open-store.ts';
import {
  BEHIND,
  RECORD_REFUSED,
  StoreFault,
  type CosignatureRow,
  type LogStoreWriter,
  type StoredTree,
} from '../../stores/log-store.ts';
import { buildGroups, type BuiltGroup, type GroupBuilder } from '../group/build-groups.ts';
import { clockStep, RunningClock } from '../clock-steps.ts';
import { instanceIdOf } from '../../entry/log-name.ts';
import { draftOf } from '../group/record-draft.ts';
import type { RecordDraft } from '../group/draft-lines.ts';
import { ringOf, type Command, type WriterReply, type WorkerSettings } from './worker-messages.ts';

interface OpenLog {
  readonly store: LogStoreWriter;
  groups: GroupBuilder;
}

type WriteCommand = Extract<Command, { kind: 'write' }>;
type Done = Extract<WriterReply, { outcome: 'done' }>;

/** The writer's thread: SQLite commits synchronously, and hashing a mass answer would hold up every request on the main one. */

const settings = workerData as WorkerSettings;
const sealKeys = ringOf(settings.sealKeys);
const checkpointKeys = ringOf(settings.checkpointKeys);
let open: OpenLog | null = null;

const port = parentPort;
if (!port) throw new Error('log-worker.ts runs as a worker thread');
// One command at a time: the next one comes after the reply.
port.on('message', (command: Command) => void answer(port, command));

async function answer(to: MessagePort, command: Command): Promise<void> {
  to.postMessage(await execute(command), []);
  if (command.kind === 'close') to.close();
}

async function execute(command: Command): Promise<WriterReply> {
  if (command.kind === 'close') {
    await abandon();
    return done(0, 0);
  }
  try {
    if (command.kind === 'open') return await openFirst();
    open ??= (await openLog(false, command.sizeBefore)).open;
  } catch (error) {
    await abandon();
    return { outcome: 'not-begun', code: codeOf(error) };
  }
  try {
    return await write(open, command);
  } catch (error) {
    // Whatever failed, the next command starts from a fresh connection, and from the tree as it is stored.
    await abandon();
    const isCertain = error instanceof StoreFault && !error.isUncertain;
    return { outcome: isCertain ? 'not-begun' : 'unknown', code: codeOf(error) };
  }
}

async function openFirst(): Promise<WriterReply> {
  const { open: opened, note, predecessor } = await openLog(true, 0);
  open = opened;
  clockStep(instanceIdOf(settings.log), opened.groups.lastTime, Date.now());
  return { ...done(0, opened.groups.size), found: { note, predecessor } };
}

async function openLog(mayCreate: boolean, sizeBefore: number) {
  const store = openStore(settings.store, settings.log);
  try {
    const predecessor = await store.open(mayCreate);
    const { groups, note } = await readGroups(store, sizeBefore);
    return { open: { store, groups }, note, predecessor };
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}

/** Finds the place where the store goes on, which is never before what this instance has answered for. */
async function readGroups(store: LogStoreWriter, sizeBefore: number) {
  const tree = await store.readTree();
  return { groups: groupsAfter(tree, sizeBefore), note: tree.note };
}

function groupsAfter(tree: StoredTree, sizeBefore: number): GroupBuilder {
  // A backup was put in place, or a standby that lacks the last commits: going on would sign two trees of one size.
  if (tree.size < sizeBefore) throw new StoreFault('tree-went-back', false);
  return buildGroups({ log: settings.log, tree, sealKeys, checkpointKeys });
}

const clock = new RunningClock(Date.now(), performance.now());

async function write(to: OpenLog, { records, cosignatures }: WriteCommand): Promise<WriterReply> {
  clock.mustRunSteadily(Date.now(), performance.now());
  if (records.length === 0 && cosignatures.length === 0) {
    clockStep(instanceIdOf(settings.log), to.groups.lastTime, Date.now());
    await to.store.probe();
  }
  const reply = records.length === 0 ? done(0, to.groups.size) : await writeRecords(to, records);
  if (cosignatures.length > 0) await writeCosignatures(to, cosignatures, records.length > 0);
  return reply;
}

async function writeRecords(to: OpenLog, records: readonly RecordDraft[]): Promise<Done> {
  const step = clockStep(instanceIdOf(settings.log), to.groups.lastTime, Date.now());
  if (step) await writeGroup(to, [draftOf(step)]);
  try {
    return await writeGroup(to, records);
  } catch (error) {
    if (!isRecordsOwnFault(error) || records.length === 1) throw error;
  }
  return writeOneByOne(to, records);
}

async function writeGroup(to: OpenLog, records: readonly RecordDraft[]): Promise<Done> {
  const group = to.groups.build(records, Date.now());
  try {
    await to.store.commit(group.rows);
  } catch (error) {
    if (!isBehind(error)) throw error;
    return writeNextGroup(to, records, group.rows.firstLeaf);
  }
  return accepted(to, group);
}

/** Another process of this instance wrote too, as while one takes the other's place. */
async function writeNextGroup(
  to: OpenLog,
  records: readonly RecordDraft[],
  sizeBefore: number,
): Promise<Done> {
  const { groups, group } = await to.store.commitNext((tree) => {
    const next = groupsAfter(tree, sizeBefore);
    const built = next.build(records, Date.now());
    return { groups: next, group: built, rows: built.rows };
  });
  to.groups = groups;
  return accepted(to, group);
}

function accepted(to: OpenLog, group: BuiltGroup): Done {
  group.accept();
  return { ...done(group.rows.leaves, to.groups.size), receipts: group.receipts() };
}

/** A record that the store does not take must not take its neighbours' answers with it. */
async function writeOneByOne(to: OpenLog, records: readonly RecordDraft[]): Promise<Done> {
  const failed: number[] = [];
  const receipts = new Map<number, string>();
  let entries = 0;
  for (const [position, record] of records.entries()) {
    try {
      const reply = await writeGroup(to, [record]);
      entries += reply.entries;
      const receipt = reply.receipts.get(0);
      if (receipt !== undefined) receipts.set(position, receipt);
    } catch (error) {
      if (!isRecordsOwnFault(error)) throw error;
      failed.push(position);
    }
  }
  return { ...done(entries, to.groups.size), failed, receipts };
}

/** A witness signs again soon: what is lost of its lines must not hold up, or take back, what is on record. */
async function writeCosignatures(
  to: OpenLog,
  cosignatures: readonly CosignatureRow[],
  areRecordsWritten: boolean,
): Promise<void> {
  try {
    await to.store.addCosignatures(cosignatures);
  } catch (error) {
    if (areRecordsWritten) await abandon();
    else if (!isRecordsOwnFault(error)) throw error;
  }
}

function isBehind(error: unknown): boolean {
  return error instanceof StoreFault && error.code === BEHIND;
}

/** The store refuses an answer's id that it has already, or a value of a wrong type. */
function isRecordsOwnFault(error: unknown): boolean {
  return error instanceof StoreFault ? error.code === RECORD_REFUSED : !isSystemError(error);
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

async function abandon(): Promise<void> {
  const abandoned = open;
  open = null;
  // It may not be usable any more.
  await abandoned?.store.close().catch(() => undefined);
}

function done(entries: number, size: number): Done {
  return { outcome: 'done', entries, failed: [], receipts: new Map(), size };
}

/** Never a message: a database's may quote values and paths. */
function codeOf(error: unknown): string {
  if (error instanceof StoreFault) return error.code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}
