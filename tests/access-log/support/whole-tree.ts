import { expect } from 'vitest';
import { equalBytes } from '../../../src/log-format/bytes.ts';
import { openCheckpoint } from '../../../src/log-format/notes/checkpoint.ts';
import { CompactRange } from '../../../src/log-format/tree/compact-range.ts';
import { leafText } from '../../../src/log-format/leaf-text.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import type { LogRows } from '../../../src/access-log/stores/log-rows.ts';
import { perfectRoot } from '../../../src/access-log/write/group/growing-tree.ts';
import { openRowsReader } from '../../support/log-reader.ts';
import { KEYS, LOG } from './example-record.ts';
import { openLogRows } from './fixtures.ts';
import type { TestStore } from './test-stores.ts';

/** The key that a log's notes are verified with. */
export function verifierKeyOf(log: string, seed: Buffer = KEYS.checkpointKeys[0].key) {
  return noteSignerOf(log, signingKeyOf(seed)).key;
}

/**
 * Recomputes all from the entries' bytes: their hashes, each group's place, the root and signature of each checkpoint, all
 * full tiles. Returns the answers' ids in order.
 */
export function expectWholeTree(store: TestStore, log = LOG): Promise<readonly string[]> {
  return expectWholeTreeOf(openLogRows(store), log);
}

/** `seed`: of the key that signed. */
export async function expectWholeTreeOf(
  rows: LogRows,
  log: string,
  seed?: Buffer,
): Promise<readonly string[]> {
  const groups = await openRowsReader(rows, KEYS.sealKeys, log).groups();
  const range = new CompactRange();
  const leaves: Uint8Array[] = [];
  const ids: string[] = [];
  for (const group of groups) {
    expect(group.firstLeaf).toBe(range.size);
    const own: Uint8Array[] = [];
    for (const { id, firstLeaf, leaves: count, head, tails } of group.answers) {
      expect(firstLeaf).toBe(group.firstLeaf + own.length);
      ids.push(id);
      const lines = tails.split('\n');
      expect(lines).toHaveLength(count);
      own.push(...lines.map((tail, n) => leafHash(leafText(head, tail, firstLeaf + n, log))));
    }
    expect(equalBytes(Buffer.concat(own), group.leafHashes)).toBe(true);
    for (const leaf of own) range.append(leaf);
    leaves.push(...own);
    const opened = openCheckpoint(group.note, [verifierKeyOf(log, seed)]);
    if (typeof opened === 'string') throw new Error(`a checkpoint is ${opened}`);
    expect(opened.checkpoint).toEqual({ origin: log, size: range.size, root: range.root() });
  }
  expect((await rows.end(log))?.size ?? 0).toBe(range.size);
  let level = leaves;
  for (let height = 0; level.length >= 256; height++) {
    const roots: Uint8Array[] = [];
    for (let number = 0; (number + 1) * 256 <= level.length; number++) {
      const hashes = level.slice(number * 256, (number + 1) * 256);
      expect(equalBytes(await rows.tile(log, height, number), Buffer.concat(hashes))).toBe(true);
      roots.push(perfectRoot(hashes));
    }
    expect(await rows.tile(log, height, roots.length)).toBe(null);
    level = roots;
  }
  return ids;
}
