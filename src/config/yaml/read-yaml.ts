import { hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import { parseYaml } from './parse-yaml.ts';
import { YAML_LIMITS } from './yaml-limits.ts';

/** The content of a text, or that it is no YAML within the limits. */
export type ParsedYaml = { readonly value: unknown } | { readonly fault: string };

/** By digest of the text. Large files alone: the small ones are parsed each time. */
const known = new LRUCache<string, ParsedYaml>({ maxSize: YAML_LIMITS.known.value });
const underWay = new Map<string, Promise<void>>();

/** Gives the content of a YAML file. Throws where it is none, or past the limits. The content must not be changed. */
export function readYaml(bytes: Buffer): unknown {
  const parsed = isLarge(bytes) ? known.get(hash('sha256', bytes)) : undefined;
  if (!parsed) return parseYaml(bytes);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return parsed.value;
}

/**
 * Parses a large file in a thread of its own, so that `readYaml` has its content at once; of small files nothing is done. False where
 * it is not parsed within the patience; it may be later.
 */
export async function readYamlAhead(bytes: Buffer): Promise<boolean> {
  if (!isLarge(bytes)) return true;
  const digest = hash('sha256', bytes);
  if (known.has(digest)) return true;
  let work = underWay.get(digest);
  if (!work) {
    work = parseInThread(bytes)
      .then((parsed) => void known.set(digest, parsed, { size: bytes.length }))
      .finally(() => underWay.delete(digest));
    underWay.set(digest, work);
  }
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, YAML_LIMITS.patience.value);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
  return known.has(digest);
}

function isLarge({ length }: Buffer): boolean {
  return length > YAML_LIMITS.bytesAtOnce.value && length <= YAML_LIMITS.bytes.value;
}

function parseInThread(bytes: Buffer): Promise<ParsedYaml> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./yaml-worker.ts', import.meta.url), {
      workerData: bytes,
      env: {},
      execArgv: [],
    });
    const timer = setTimeout(() => void worker.terminate(), YAML_LIMITS.thread.value);
    worker.once('message', resolve);
    worker.once('error', () => resolve({ fault: 'the file cannot be parsed' }));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ fault: 'the file cannot be parsed in time' });
    });
    worker.unref();
  });
}
