import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the mark in SECRETS_DIR that an instance's log was begun. */
export function begunMarkOf(instanceId: string): string {
  return `log-begun-${instanceId}`;
}

/**
 * Remembers beside the key, and so apart from the log, that a log was begun with it. An emptied DATA_DIR would otherwise
 * begin the same log again under the same key: two histories, of which nobody but a witness would know.
 */
export class BegunMark {
  readonly #path: string;
  readonly #log: string;

  constructor(secretsDirectory: string, instanceId: string, log: string) {
    this.#path = join(secretsDirectory, begunMarkOf(instanceId));
    this.#log = log;
  }

  isThere(): boolean {
    return existsSync(this.#path);
  }

  /** Leaves the mark where there is none. Returns false where the folder does not take it. */
  leave(): boolean {
    if (this.isThere()) return true;
    try {
      const text = `${this.#log} was begun. Take this file away only where a new log of that name may begin.\n`;
      writeFileSync(this.#path, text, { mode: 0o600, flag: 'wx' });
      return true;
    } catch {
      return this.isThere();
    }
  }
}
