import { hash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineReader, lineText } from '../../verify/reading/line-reader.ts';

export const PARTITION_LIMITS = {
  partitions: { value: 64, unit: 'files', why: 'Memory holds one of so many parts of the logs at a time.' },
  buffer: { value: 1 << 16, unit: 'characters', why: 'Each part is written to disk in blocks of this size.' },
} as const;

/**
 * Records spread over temporary files by key: equal keys come together, and one file at a time fits into memory. The
 * folder is readable to its owner alone and goes with `close`: it names officers and dossiers.
 */
export class Partitions<T> {
  readonly #folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
  readonly #files: number[];
  readonly #pending: string[] = Array.from({ length: PARTITION_LIMITS.partitions.value }, () => '');

  constructor() {
    this.#files = this.#pending.map((_text, at) => openSync(this.#path(at), 'w', 0o600));
  }

  add(key: string, record: T): void {
    const at = hash('sha256', key, 'buffer').readUInt32BE(0) % PARTITION_LIMITS.partitions.value;
    const text = `${this.#pending[at] ?? ''}${JSON.stringify(record)}\n`;
    this.#pending[at] = text.length < PARTITION_LIMITS.buffer.value ? text : this.#write(at, text);
  }

  /** The records of one file after another; none may be added any more. */
  *read(): Generator<readonly T[]> {
    for (let at = 0; at < PARTITION_LIMITS.partitions.value; at++) {
      this.#pending[at] = this.#write(at, this.#pending[at] ?? '');
      yield recordsOf<T>(this.#path(at));
    }
  }

  close(): void {
    for (const file of this.#files) closeSync(file);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #path(at: number): string {
    return join(this.#folder, String(at));
  }

  #write(at: number, text: string): string {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#files[at] ?? -1, bytes, written);
    return '';
  }
}

function recordsOf<T>(path: string): readonly T[] {
  const lines = new LineReader([path]);
  const records: T[] = [];
  for (let line = lines.next(); line; line = lines.next())
    records.push(JSON.parse(lineText(line) ?? '') as T);
  return records;
}
