import { parentPort, workerData } from 'node:worker_threads';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedYaml } from './read-yaml.ts';

/** The thread that parses one large file, so that no request waits for it. */
parentPort?.postMessage(parse(Buffer.from(workerData as Uint8Array)), []);

function parse(bytes: Buffer): ParsedYaml {
  try {
    return { value: parseYaml(bytes) };
  } catch {
    // The parser's message quotes the file.
    return { fault: 'the file is no YAML within the limits' };
  }
}
