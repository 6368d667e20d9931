import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** System calls that decide what is on the disk. */
export const TRACED_CALLS = 'trace=write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename';

interface Call {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/**
 * The bytes that a disk would hold had the power gone at that moment, rebuilt from `strace -f -y -xx`: of each file the
 * bytes whose sync had returned, and none that still stood in the page cache alone.
 */
export class TracedFiles {
  readonly #directory: string;
  readonly #durable = new Map<string, Buffer>();
  readonly #pending = new Map<string, ((content: Buffer) => Buffer)[]>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Runs through the trace; `printed` is called where a line left on standard output, with the syncs since the last. */
  replay(trace: string, printed: (line: string, syncedPaths: readonly string[]) => void): void {
    let syncs: string[] = [];
    for (const call of finishedCalls(trace)) {
      if (call.name === 'write' && call.text.includes('(1<')) {
        printed(bytesOf(call.text).toString('utf8').trim(), syncs);
        syncs = [];
      } else if (call.path.startsWith(`${this.#directory}/`)) {
        if (this.#apply(call)) syncs.push(call.path);
      }
    }
  }

  /** True for a sync. */
  #apply({ name, path, text }: Call): boolean {
    if (name === 'unlink' || name === 'unlinkat') {
      this.#durable.delete(path);
      this.#pending.delete(path);
      return false;
    }
    if (name === 'fsync' || name === 'fdatasync') {
      let content = this.#durable.get(path) ?? Buffer.alloc(0);
      for (const change of this.#pending.get(path) ?? []) content = change(content);
      this.#durable.set(path, content);
      this.#pending.delete(path);
      return true;
    }
    const changes = this.#pending.get(path) ?? [];
    this.#pending.set(path, changes);
    if (name === 'pwrite64') {
      const offset = Number(/, (\d+)\) += \d+$/.exec(text)?.[1]);
      changes.push((content) => written(content, bytesOf(text), offset));
    } else if (name === 'ftruncate') {
      const length = Number(/, (\d+)\) += 0$/.exec(text)?.[1]);
      changes.push((content) => written(content.subarray(0, length), Buffer.alloc(0), length));
    } else {
      throw new Error(`${name} on the log's files is not rebuilt by this test`);
    }
    return false;
  }

  saveTo(directory: string): void {
    for (const [path, content] of this.#durable) {
      // The index of the write-ahead log is rebuilt from it.
      if (!path.endsWith('-shm')) writeFileSync(join(directory, basename(path)), content);
    }
  }
}

function written(content: Buffer, bytes: Buffer, offset: number): Buffer {
  const result = Buffer.alloc(Math.max(content.length, offset + bytes.length));
  content.copy(result);
  bytes.copy(result, offset);
  return result;
}

/** Calls that succeeded, at the moment of their return. */
function* finishedCalls(trace: string): Generator<Call> {
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = rest.indexOf(' <unfinished ...>');
    if (unfinished >= 0) {
      begun.set(thread, rest.slice(0, unfinished));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const text = resumed ? `${begun.get(thread) ?? ''}${resumed[1] ?? ''}` : rest;
    const call = /^(\w+)\((?:\d+<((?:\\x[0-9a-f]{2})*)>|[^"]*"((?:\\x[0-9a-f]{2})*)")/.exec(text);
    if (!call || !/ = \d+$/.test(text)) continue;
    yield { name: call[1] ?? '', path: unescape(call[2] ?? call[3] ?? '').toString('utf8'), text };
  }
}

/** The call's quoted argument. */
function bytesOf(text: string): Buffer {
  return unescape(/"((?:\\x[0-9a-f]{2})*)"/.exec(text)?.[1] ?? '');
}

function unescape(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}
