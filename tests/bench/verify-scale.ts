import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactRange } from '../../src/log-format/tree/compact-range.ts';
import { leafHash } from '../../src/log-format/tree/merkle-hash.ts';
import { formatVerifierKey } from '../../src/log-format/notes/note-key.ts';
import {
  checkpointNote,
  LOG,
  LogForge,
  person,
  signerOf,
} from '../independent/verify/vectors/forged-export.ts';

/**
 * `node tests/bench/verify-scale.ts [ENTRIES] [ENTRIES A CHECKPOINT] [openings]`: makes exports of 10^5, 10^6 and ENTRIES (10^7)
 * entries, verifies each with the command as a process, and prints speed and peak memory. Asserts nothing but that
 * they verify. 10^7 entries take 15 GB of disk and five minutes to make.
 */
const [most = '10000000', perCheckpoint = '50', openings = ''] = process.argv.slice(2);
const LINES_A_FILE = 1_000_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const sizes = [...new Set([100_000, 1_000_000, Number(most)])].filter((size) => size <= Number(most));
print('entries   checkpoints  made in s  verified in s  entries/s  peak MiB  files MB');
for (const size of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'verify-scale-'));
  try {
    measure(folder, size, Number(perCheckpoint));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(folder: string, size: number, step: number): void {
  const before = performance.now();
  const { bytes, checkpoints } = makeExport(folder, size, step);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < 1 << 28) throw new Error('the disk is all but full');
  const made = performance.now();
  const key = formatVerifierKey(signerOf(LOG).key);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/commands/ndg.ts', 'log', 'verify', folder, '--key', key],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - made) / 1000;
  if (status !== 0) throw new Error(stdout + stderr);
  const [, memory = '?'] = /(\d+) MiB/.exec(stderr) ?? [];
  const columns = [
    [size, 8],
    [checkpoints, 12],
    [((made - before) / 1000).toFixed(1), 10],
    [seconds.toFixed(1), 14],
    [Math.round(size / seconds), 10],
    [memory, 9],
    [Math.round(bytes / 1_000_000), 9],
  ] as const;
  print(columns.map(([text, width]) => String(text).padStart(width)).join(' '));
}

/** Answers of one entry each: one real one, with its id and place replaced. */
function makeExport(
  folder: string,
  size: number,
  step: number,
): { readonly bytes: number; readonly checkpoints: number } {
  const forge = new LogForge();
  forge.answer([person(1)]);
  const [head = '', middle = '', tail = ''] = (forge.written[0]?.line ?? '').split(
    /"id":"[0-9a-f]{32}"|"index":0/,
  );
  const range = new CompactRange();
  const opening = JSON.stringify(forge.written[0]?.opening ?? {}).replace('{"index":0', '');
  const opened = openings === 'openings' ? openSync(join(folder, 'openings-000001.ndjson'), 'w') : null;
  const notes = openSync(join(folder, 'checkpoints.ndjson'), 'w');
  let bytes = 0;
  let checkpoints = 0;
  for (let from = 0; from < size; from += LINES_A_FILE) {
    const number = String(from / LINES_A_FILE + 1).padStart(6, '0');
    const entries = openSync(join(folder, `entries-${number}.ndjson`), 'w');
    const hashes = openSync(join(folder, `hashes-${number}.bin`), 'w');
    const to = Math.min(size, from + LINES_A_FILE);
    for (let index = from; index < to;) {
      let text = '';
      let openingText = '';
      const leaves: Uint8Array[] = [];
      for (const end = Math.min(to, index + 1000); index < end; index++) {
        const id = index.toString(16).padStart(32, '0');
        const line = `${head}"id":"${id}"${middle}"index":${index}${tail}`;
        const leaf = leafHash(line);
        text += `${line}\n`;
        openingText += `{"index":${index}${opening}\n`;
        leaves.push(leaf);
        range.append(leaf);
        if (range.size % step !== 0 && range.size !== size) continue;
        writeSync(notes, `${JSON.stringify({ note: checkpointNote(LOG, range.size, range.root()) })}\n`);
        checkpoints += 1;
      }
      if (opened !== null) bytes += writeSync(opened, openingText);
      bytes += writeSync(entries, text) + writeSync(hashes, Buffer.concat(leaves));
    }
    closeSync(entries);
    closeSync(hashes);
  }
  closeSync(notes);
  if (opened !== null) closeSync(opened);
  writeFileSync(join(folder, 'log.json'), JSON.stringify({ v: 1, log: LOG, from: 0, to: size, before: [] }));
  return { bytes, checkpoints };
}
