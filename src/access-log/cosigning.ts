import type { AccessLogReader } from './read/log-reader.ts';
import { LogUnreadable } from './read/reader-thread.ts';
import { repeat, type Repeating } from './repeat.ts';
import type { CosignatureRow } from './stores/log-store.ts';
import type { WitnessClient } from './witness/witness-client.ts';

const PAUSE_MS = 1_000;

/** Each code is a WitnessFault, or `log-<code>` where the log could not be read. */
export interface CosigningObserver {
  /** Every failed try; `isNew` where the one before did not fail so. */
  onTrouble(code: string, isNew: boolean): void;
  /** The first success after trouble. */
  onRecovery(): void;
}

export interface CosigningParts {
  readonly log: string;
  readonly witness: Pick<WitnessClient, 'submit'>;
  readonly reader: Pick<AccessLogReader, 'end' | 'proveConsistency'>;
  /** Entries on disk, as far as the writer knows. */
  readonly size: () => number;
  readonly addCosignature: (row: CosignatureRow) => void;
  readonly observer: CosigningObserver;
}

/**
 * About once a second, where the log has grown, its newest checkpoint goes to the witness: what it cosigned can no longer be
 * rolled back unseen. No trouble with a witness ever holds up an answer.
 */
export function startCosigning(parts: CosigningParts, pauseMs = PAUSE_MS): Repeating {
  const { log, witness, reader, size, addCosignature, observer } = parts;
  let cosignedSize = 0;
  let trouble: string | null = null;

  /** Null where there was nothing to do or it was done, or the code of what went wrong. */
  const submit = async (): Promise<string | null> => {
    const end = await reader.end(log);
    if (!end || end.size === cosignedSize) return null;
    const cosigned = await witness.submit(end.note, end.size, (from) =>
      reader.proveConsistency(log, from, end.size),
    );
    if (typeof cosigned === 'string') return cosigned;
    for (const line of linesOf(cosigned.lines)) addCosignature({ size: end.size, line });
    cosignedSize = end.size;
    return null;
  };

  return repeat(pauseMs, async () => {
    if (size() === cosignedSize) return;
    const code = await submit().catch(codeOf);
    if (code !== null) observer.onTrouble(code, code !== trouble);
    else if (trouble !== null) observer.onRecovery();
    trouble = code;
  });
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [`${line}\n`]));
}

/** Never a message. */
function codeOf(error: unknown): string {
  return error instanceof LogUnreadable ? `log-${error.code}` : 'failed';
}
