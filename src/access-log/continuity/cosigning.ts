import type { Limits } from '../../config/limits.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import { LogUnreadable } from '../read/thread/reader-thread.ts';
import { repeat, type Repeating } from './repeat.ts';
import type { CosignatureRow } from '../stores/log-store.ts';
import type { WitnessClient, WitnessFault } from './witness-client.ts';

export const COSIGNING_LIMITS = {
  pause: {
    value: 1_000,
    unit: 'ms',
    why: 'The witness is asked at most this often, so that a busy log does not flood it.',
  },
} as const satisfies Limits;

/** Each code is a WitnessFault, or `log-<code>` where the log could not be read. */
export interface CosigningObserver {
  /** Every failed try; `isNew` where the one before did not fail so. */
  onTrouble(code: string, isNew: boolean): void;
  /** The first success after trouble. */
  onRecovery(): void;
}

export interface SubmittingParts {
  readonly log: string;
  readonly witness: Pick<WitnessClient, 'submit'>;
  readonly reader: Pick<AccessLogReader, 'end' | 'proveConsistency'>;
}

export interface CosigningParts extends SubmittingParts {
  /** Entries on disk, as far as the writer knows. */
  readonly size: () => number;
  readonly addCosignature: (row: CosignatureRow) => void;
  readonly observer: CosigningObserver;
}

/** The log's end, with the witness's signature lines. */
export interface CosignedEnd {
  readonly note: string;
  readonly size: number;
  readonly lines: string;
}

/**
 * Takes the log's end to the witness; null where it is `cosignedNote`, or there is none. Rejects with LogUnreadable.
 * `fork`: the log is not what the witness knows of it.
 */
export async function submitEnd(
  { log, witness, reader }: SubmittingParts,
  cosignedNote: string | null = null,
): Promise<CosignedEnd | WitnessFault | null> {
  let staleSize: number | null = null;
  for (;;) {
    const end = await reader.end(log);
    if (!end || end.note === cosignedNote) return null;
    // Another process of this instance may have taken a larger end there, which is then in the log. What is not there was lost.
    if (end.size === staleSize) return 'fork';
    const { note, size } = end;
    const cosigned = await witness.submit(note, size, (from) => reader.proveConsistency(log, from, size));
    if (cosigned !== 'stale')
      return typeof cosigned === 'string' ? cosigned : { note, size, lines: cosigned.lines };
    staleSize = size;
  }
}

/**
 * About once a second, where the log has grown, its newest checkpoint goes to the witness: what it cosigned can no longer be
 * rolled back unseen. A witness that is gone never holds up an answer.
 */
export function startCosigning(
  parts: CosigningParts,
  pauseMs: number = COSIGNING_LIMITS.pause.value,
): Repeating {
  const { size, addCosignature, observer } = parts;
  let last: CosignedEnd | null = null;
  let trouble: string | null = null;

  /** Submits the newest checkpoint. Returns the code of what went wrong, or null. */
  const submit = async (): Promise<string | null> => {
    const cosigned = await submitEnd(parts, last?.note);
    if (cosigned === null || typeof cosigned === 'string') return cosigned;
    for (const line of linesOf(cosigned.lines)) addCosignature({ size: cosigned.size, line });
    last = cosigned;
    return null;
  };

  return repeat(pauseMs, async () => {
    if (size() === last?.size && trouble === null) return;
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
