import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { suspensionsOf, type Suspendable, type Withdrawals } from './withdrawals.ts';

const SUSPENSIONS_FILE = 'early-warning-suspensions.json';
const suspensionsFile = z.strictObject({ suspended: z.array(z.string().min(1)) });

/**
 * Officers whom this gateway itself has suspended, because a critical alert and the agreement say so. They are kept in DATA_DIR, so that
 * they hold from the first request after a restart on. Other instances learn them as they learn those of the folder.
 */
export class OwnSuspensions {
  readonly #path: string;
  #entries: ReadonlySet<string>;

  /** Throws where the file is there and cannot be read: nobody may be let in again by accident. */
  constructor(directory: string) {
    this.#path = join(directory, SUSPENSIONS_FILE);
    this.#entries = readEntries(this.#path);
  }

  isSuspended(caller: Suspendable): boolean {
    return this.#entries.size > 0 && suspensionsOf(caller).some((entry) => this.#entries.has(entry));
  }

  /** The folder's withdrawals with these beside them. */
  addTo({ agreements, suspensions }: Withdrawals): Withdrawals {
    return { agreements, suspensions: suspensions.union(this.#entries) };
  }

  /**
   * Takes all suspensions that hold from now on; they count at once. Throws where they cannot be written: then they count until the
   * gateway ends.
   */
  set(officers: readonly { readonly client: string; readonly officer: string }[]): void {
    this.#entries = new Set(officers.map(({ client, officer }) => `officer ${client} ${officer}`));
    const beside = `${this.#path}.new`;
    const file = openSync(beside, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify({ suspended: [...this.#entries] })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, this.#path);
  }
}

/** Opens the suspensions of DATA_DIR; null, and a fault, where they cannot be read. */
export function openSuspensions(directory: string, faults: string[]): OwnSuspensions | null {
  try {
    return new OwnSuspensions(directory);
  } catch {
    faults.push(`DATA_DIR: ${SUSPENSIONS_FILE} cannot be read; who is suspended is not known`);
    return null;
  }
}

function readEntries(path: string): ReadonlySet<string> {
  try {
    return new Set(suspensionsFile.parse(JSON.parse(readFileSync(path, 'utf8'))).suspended);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Set();
    throw error;
  }
}
