import type { AddressInfo } from 'node:net';
import { createServer, type RequestListener } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { formatCheckpoint } from '../../../src/log-format/notes/checkpoint.ts';
import { consistencyProof } from '../../../src/log-format/tree/consistency-proof.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  formatVerifierKey,
  noteSignerOf,
  type NoteSigner,
} from '../../../src/log-format/notes/note-key.ts';
import { formatAddCheckpoint } from '../../../src/log-format/notes/add-checkpoint-body.ts';
import { buildWitnessServer } from '../../../src/independent/witness/witness-server.ts';
import { openWitnessState } from '../../../src/independent/witness/witness-state.ts';
import { leavesOf, naiveRoot, nodesOver } from '../../log-format/tree/naive-tree.ts';

export const LOG_NAME = 'national-data-gateway/a';
export const NOW_MS = 1_800_000_000_123;

export const logSigner = (name = LOG_NAME, seed = 1): NoteSigner =>
  noteSignerOf(name, signingKeyOf(Buffer.alloc(32, seed)));

export const LOG_VKEY = formatVerifierKey(logSigner().key);

export const WITNESS = noteSignerOf(
  'witness.example/w',
  signingKeyOf(Buffer.alloc(32, 99)),
  ED25519_COSIGNATURE,
);

/** A log of 200 leaves; a forked one has others from a place on. */
export class TestLog {
  readonly signer: NoteSigner;
  readonly #leaves: readonly Uint8Array[];

  constructor(signer = logSigner(), forkedFrom = Infinity) {
    this.signer = signer;
    this.#leaves = leavesOf(200).map((leaf, at) => (at < forkedFrom ? leaf : Buffer.alloc(32, at)));
  }

  note(size: number): string {
    const root = naiveRoot(this.#leaves.slice(0, size));
    return formatCheckpoint({ origin: this.signer.key.name, size, root }, this.signer);
  }

  /** In base64, as it travels. */
  proof(from: number, to: number): readonly string[] {
    const nodeAt = nodesOver(this.#leaves.slice(0, to));
    return consistencyProof(from, to, nodeAt).map((hash) => Buffer.from(hash).toString('base64'));
  }

  /** The body of a request. */
  growth(from: number, to: number): string {
    return formatAddCheckpoint(from, this.proof(from, to), this.note(to));
  }
}

export async function ownDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'witness-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface TestWitness {
  readonly url: string;
  readonly forks: readonly (readonly [string, string])[];
  readonly faults: readonly unknown[];
  stop(): Promise<void>;
}

/** In this process, over real HTTP and a real file. */
export async function startWitness(
  directory: string,
  logs = [logSigner().key],
  signer = WITNESS,
): Promise<TestWitness> {
  const state = openWitnessState(directory, true);
  const forks: [string, string][] = [];
  const faults: unknown[] = [];
  const app = buildWitnessServer(
    { logs, signer, state, now: () => NOW_MS, onFork: (...notes) => forks.push(notes) },
    (fault) => faults.push(fault),
  );
  const stop = async (): Promise<void> => {
    if (!app.server.listening) return;
    const closed = app.close();
    app.server.closeAllConnections();
    await closed;
    state.close();
  };
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(stop);
  return { url: urlOf(app.server.address() as AddressInfo), forks, faults, stop };
}

/** Somebody who answers as a test says. */
export async function startServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return urlOf(server.address() as AddressInfo);
}

function urlOf({ port }: AddressInfo): string {
  return `http://127.0.0.1:${port}`;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

export async function post(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: await response.text(),
  };
}
