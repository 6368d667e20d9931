import { deserialize, serialize } from 'node:v8';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { buildKeyedHash } from '../../config/secrets/keyed-hash.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { openBox, sealBox } from '../../config/secrets/sealed-box.ts';
import type { AlertBook } from '../alerts/alert-book.ts';
import { beginJudging, type JudgeState } from '../suspicion/judge.ts';
import type { Suspicion } from '../suspicion/pattern.ts';

/** Changes with the shape of any state: an older one is not read, and the log is judged anew. */
const VERSION = 1;
const STATE_FILE = 'early-warning.state';
const BOUND = Buffer.from(`early-warning state\n${VERSION}`);

/** An alert that is to be on record. */
export interface WantedAlert {
  readonly suspicion: Suspicion;
  /** Time of finding it, milliseconds since 1970. */
  readonly foundAt: number;
}

/** A message to the webhook that was not taken yet. */
export interface OutgoingNotice {
  readonly entry: string;
  readonly body: string;
  attempts: number;
  nextAt: number;
}

/** All that the thread remembers. The positions tell how far into the logs it has judged. */
export interface WatchState {
  /** The next leaf, by log. */
  readonly positions: Map<string, number>;
  readonly judging: JudgeState;
  readonly book: AlertBook;
  /** Found and not on record yet, by name. */
  readonly wanted: Map<string, WantedAlert>;
  /** Officer and day of an alert, whose figures wait outside the baselines. */
  readonly cases: Map<string, { readonly actor: string; readonly day: number }>;
  readonly outbox: OutgoingNotice[];
}

export function beginWatching(): WatchState {
  return {
    positions: new Map(),
    judging: beginJudging(),
    book: new Map(),
    wanted: new Map(),
    cases: new Map(),
    outbox: [],
  };
}

/** Keeps the state in DATA_DIR, sealed: it tells persons apart by their keys. */
export class StateFile {
  readonly #path: string;
  readonly #keys: readonly Buffer[];

  /** `ring`: the keys that seal the log, newest first. */
  constructor(directory: string, ring: KeyRing) {
    this.#path = join(directory, STATE_FILE);
    this.#keys = ring.map(({ key }) => Buffer.from(buildKeyedHash(key)('early-warning state key'), 'hex'));
  }

  /** The state that was kept last; null where there is none, or none of this version under these keys. */
  read(): WatchState | null {
    try {
      const sealed = readFileSync(this.#path);
      for (const key of this.#keys) {
        const plain = openBox(key, sealed, BOUND);
        if (plain) return deserialize(plain) as WatchState;
      }
    } catch {
      // Judged anew from the log.
    }
    return null;
  }

  /** Whole or not at all: it is synced beside the old one, and then takes its place. */
  write(state: WatchState): void {
    const [key] = this.#keys;
    if (!key) throw new Error('a key ring is empty');
    const beside = `${this.#path}.new`;
    const file = openSync(beside, 'w', 0o600);
    try {
      const sealed = sealBox(key, serialize(state), BOUND);
      for (let written = 0; written < sealed.length;) written += writeSync(file, sealed, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, this.#path);
  }
}
