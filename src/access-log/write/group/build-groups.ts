import { equalBytes } from '../../../log-format/bytes.ts';
import type { KeyRing } from '../../../config/secrets/key-rings.ts';
import type { LoggedDocument } from '../../entry/answer-record.ts';
import { formatCheckpoint, openCheckpoint, originOf } from '../../../log-format/notes/checkpoint.ts';
import { commitmentOf } from '../../../log-format/commitment.ts';
import { leafEnd, leafStart } from '../../../log-format/leaf-text.ts';
import { createLeafHasher } from '../../../log-format/tree/merkle-hash.ts';
import { signingKeyOf } from '../../../log-format/crypto.ts';
import { noteSignerOf, type NoteSigner } from '../../../log-format/notes/note-key.ts';
import { predicatesText, type SealedAnswer } from '../../entry/sealed-openings.ts';
import {
  StoreFault,
  TREE_NOT_GENUINE,
  type AnswerRow,
  type GroupRows,
  type StoredTree,
} from '../../stores/log-store.ts';
import { createDataKey, dayOf, type DataKey } from '../keys/data-keys.ts';
import { buildGroupSeal, groupIdOf, type GroupSeal } from './group-seal.ts';
import { GrowingTree } from './growing-tree.ts';
import { receiptOf, type LoggedAnswer } from './receipt.ts';
import { splitEntryLines, type RecordDraft } from './draft-lines.ts';
import { createSalts } from './salts.ts';

/** A group that is ready to be committed. The tree takes it only once it is committed. */
export interface BuiltGroup {
  readonly rows: GroupRows;
  /** The tree goes on from here. */
  accept(): void;
  /** Receipts of the records that wanted one, by position. */
  receipts(): ReadonlyMap<number, string>;
}

export interface GroupBuilder {
  readonly size: number;
  /** The time of the last entry, or of the last group that was built; null for an empty log. */
  readonly lastTime: number | null;
  build(records: readonly RecordDraft[], now: number): BuiltGroup;
}

export interface GroupBuilderOptions {
  readonly log: string;
  readonly tree: StoredTree;
  readonly sealKeys: KeyRing;
  readonly checkpointKeys: KeyRing;
  /** Begins that epoch; absent: the log's last goes on. */
  readonly epoch?: number;
}

/**
 * Turns records into entries of the tree, and closes each group with a signed checkpoint. Throws StoreFault `tree-not-genuine`
 * where what is stored is not what this instance signed last: a log that was changed is not gone on with.
 */
export function buildGroups({
  log,
  tree: stored,
  sealKeys,
  checkpointKeys,
  epoch,
}: GroupBuilderOptions): GroupBuilder {
  let tree = restore(stored);
  const storedOrigin = originOfStored(log, stored, tree, checkpointKeys);
  const origin = epoch === undefined ? storedOrigin : originOf(log, epoch);
  const signer = noteSignerOf(origin, signingKeyOf(checkpointKeys[0].key));
  const createSalt = createSalts();
  let dataKey: DataKey | null = null;
  let seal: GroupSeal | null = null;
  let isKeyStored = false;
  let { lastTime } = stored;

  const sealFor = (now: number): { readonly key: DataKey; readonly seal: GroupSeal } => {
    if (!dataKey || !seal || dataKey.day !== dayOf(now)) {
      dataKey = createDataKey(sealKeys, now);
      seal = buildGroupSeal(dataKey.id, dataKey.key);
      isKeyStored = false;
    }
    return { key: dataKey, seal };
  };

  return {
    get size() {
      return tree.size;
    },
    get lastTime() {
      return lastTime;
    },
    build(records, now) {
      const before = tree;
      const next = tree.fork();
      const answers = records.map((record) => placeAnswer(record, log, next, createSalt));
      const checkpoint = { origin, size: next.size, root: next.root() };
      const note = formatCheckpoint(checkpoint, signer);
      const current = sealFor(now);
      const sealed = current.seal.seal(
        groupIdOf(log, before.size),
        `[${answers.map(({ sealed: text }) => JSON.stringify(text)).join()}]`,
      );
      const rows: GroupRows = {
        firstLeaf: before.size,
        leaves: next.size - before.size,
        written: now,
        month: monthOf(now),
        note,
        sealKey: current.key.id,
        sealed,
        leafHashes: Buffer.concat(answers.flatMap(({ leafHashes }) => leafHashes)),
        answers: answers.map(({ row }) => row),
        tiles: next.filled,
        keys: isKeyStored ? [] : [current.key.row],
        documents: eachOnce(records.flatMap((record) => record.documents)),
      };
      return {
        rows,
        accept() {
          tree = next;
          lastTime = now;
          isKeyStored = true;
        },
        receipts: () => receiptsOf(records, answers, signer),
      };
    },
  };
}

function eachOnce(documents: readonly LoggedDocument[]): readonly LoggedDocument[] {
  return [...new Map(documents.map((document) => [document.digest, document])).values()];
}

interface PlacedAnswer {
  readonly row: AnswerRow;
  readonly sealed: SealedAnswer;
  readonly leafHashes: readonly Uint8Array[];
  readonly logged: LoggedAnswer;
}

function placeAnswer(
  record: RecordDraft,
  log: string,
  tree: GrowingTree,
  createSalt: () => string,
): PlacedAnswer {
  const { operation, requestDigest, answerDigest } = record;
  const firstLeaf = tree.size;
  const requestSalt = createSalt();
  const answerSalt = createSalt();
  const request = commitmentOf('request', requestSalt, `"${requestDigest}"`);
  const answer = commitmentOf('answer', answerSalt, `"${answerDigest}"`);
  const hashLeaf = createLeafHasher(leafStart(record.head));
  const tails: string[] = [];
  const leafHashes: Uint8Array[] = [];
  const openings: [string, string, string, string, string, string][] = [];
  const entries = splitEntryLines(record);
  for (const entry of entries) {
    const subjectSalt = createSalt();
    const predicatesSalt = createSalt();
    const subject = commitmentOf('subject', subjectSalt, entry.subject);
    const predicates = commitmentOf('predicates', predicatesSalt, predicatesText(entry.inputs, operation));
    const findingsSalt = createSalt();
    const findings = commitmentOf('findings', findingsSalt, `"${entry.findings}"`);
    const tail =
      `,"cases":${entry.cases},"commitments":{"answer":"${answer}","findings":"${findings}","predicates":"${predicates}",` +
      `"request":"${request}","subject":"${subject}"}${entry.after}`;
    const leaf = hashLeaf(leafEnd(tail, tree.size, log));
    tree.append(leaf);
    tails.push(tail);
    leafHashes.push(leaf);
    openings.push([subjectSalt, entry.subject, predicatesSalt, entry.inputs, findingsSalt, entry.findings]);
  }
  return {
    row: {
      firstLeaf,
      leaves: tails.length,
      id: record.id,
      time: record.time,
      head: record.head,
      tails: tails.join('\n'),
    },
    sealed: [requestSalt, requestDigest, answerSalt, answerDigest, operation, openings],
    leafHashes,
    logged: {
      id: record.id,
      time: record.time,
      toldLeaves: leafHashes.filter((_leaf, n) => entries[n]?.isTold === true),
      request,
      answer,
      requestSalt,
      answerSalt,
    },
  };
}

function receiptsOf(
  records: readonly RecordDraft[],
  answers: readonly PlacedAnswer[],
  signer: NoteSigner,
): ReadonlyMap<number, string> {
  const receipts = new Map<number, string>();
  for (const [position, record] of records.entries()) {
    const logged = answers[position]?.logged;
    if (record.wantsReceipt && logged) receipts.set(position, receiptOf(logged, signer));
  }
  return receipts;
}

function restore(stored: StoredTree): GrowingTree {
  try {
    return GrowingTree.restore(stored);
  } catch {
    throw new StoreFault(TREE_NOT_GENUINE, false);
  }
}

/** The origin that this log signs under, which is that of its last checkpoint. */
function originOfStored(log: string, stored: StoredTree, tree: GrowingTree, keys: KeyRing): string {
  if (stored.note === null) {
    if (tree.size > 0) throw new StoreFault(TREE_NOT_GENUINE, false);
    return log;
  }
  const own = keys.map(({ key }) => noteSignerOf(log, signingKeyOf(key)).key);
  const opened = openCheckpoint(stored.note, own);
  if (
    typeof opened === 'string' ||
    opened.checkpoint.size !== tree.size ||
    !equalBytes(opened.checkpoint.root, tree.root())
  ) {
    throw new StoreFault(TREE_NOT_GENUINE, false);
  }
  return opened.checkpoint.origin;
}

export function monthOf(epochMs: number): number {
  const date = new Date(epochMs);
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}
