import { epochOf } from '../../../log-format/notes/checkpoint.ts';
import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import { compareEnds, laterOf, ownCheckpoint } from '../known-end.ts';
import { proveConsistency } from '../../read/proofs.ts';
import type { LogRows } from '../../stores/log-rows.ts';
import { newestWitnessed, type AskWitness } from './witnessed-end.ts';

/** A checkpoint from elsewhere: a file, an export, `last-checkpoint`. */
export interface KeptNote {
  /** Name for messages. */
  readonly name: string;
  readonly note: string;
}

export interface StoredEnd {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** The log as it is stored and as it was. */
export interface Loss {
  /** The stored end; null for an empty store. */
  readonly stored: StoredEnd | null;
  /** The end of what is lost; null where nothing is, as far as anybody knows. */
  readonly lost: Checkpoint | null;
}

/** The log cannot go on from this store; the message says why, and what would help. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

export interface LossOptions {
  readonly rows: LogRows;
  readonly log: string;
  readonly keys: readonly VerifierKey[];
  readonly known: readonly KeptNote[];
  /** Asks the witness; null where there is none. */
  readonly witness: AskWitness | null;
}

interface Known extends KeptNote {
  readonly checkpoint: Checkpoint;
}

/** Rejects with RestoreRefused and StoreFault. */
export async function findLoss({ rows, log, keys, known, witness }: LossOptions): Promise<Loss> {
  const stored = await storedEnd(rows, log, keys);
  const opened = known.map(({ name, note }): Known => {
    const checkpoint = ownCheckpoint(note, keys);
    if (!checkpoint) throw new RestoreRefused(`${name} holds a checkpoint that ${log} did not sign`);
    return { name, note, checkpoint };
  });
  const newest = opened.reduce<Known | null>(
    (latest, one) =>
      latest && laterOf(log, latest.checkpoint, one.checkpoint) === latest.checkpoint ? latest : one,
    null,
  );
  await mustHaveGrown(rows, log, stored, largestWithin(opened, stored));
  const lost = newest && (await lossTo(rows, log, stored, newest));
  const shown = lost && newest ? newest.checkpoint : (stored?.checkpoint ?? null);
  if (witness) await mustKnowAll(witness, log, shown);
  return { stored, lost: lost ? newest.checkpoint : null };
}

async function storedEnd(
  rows: LogRows,
  log: string,
  keys: readonly VerifierKey[],
): Promise<StoredEnd | null> {
  const end = await rows.end(log);
  if (!end) return null;
  const checkpoint = ownCheckpoint(end.note, keys);
  if (checkpoint?.size !== end.size) {
    throw new RestoreRefused(`the stored log does not end with a checkpoint that ${log} signed`);
  }
  return { note: end.note, checkpoint };
}

/** The largest known checkpoint of the stored epoch that the store should have. */
function largestWithin(known: readonly Known[], stored: StoredEnd | null): Known | null {
  return known
    .filter(({ checkpoint: { origin, size } }) => {
      const end = stored?.checkpoint;
      return end?.origin === origin && size <= end.size;
    })
    .reduce<Known | null>(
      (largest, one) => (largest && largest.checkpoint.size >= one.checkpoint.size ? largest : one),
      null,
    );
}

async function mustHaveGrown(
  rows: LogRows,
  log: string,
  stored: StoredEnd | null,
  within: Known | null,
): Promise<void> {
  if (!within) return;
  const { name, checkpoint } = within;
  const compared = await compareEnds(log, checkpoint, stored?.checkpoint ?? null, (from, to) =>
    proveConsistency(rows, log, from, to),
  );
  if (compared === 'agrees') return;
  throw new RestoreRefused(
    `the store and the checkpoint of ${name} (size ${checkpoint.size}) are two histories of one log, which no entry can state: restore a backup that it goes on from`,
  );
}

/** Tells whether the newest checkpoint shows more entries than the store has. */
async function lossTo(
  rows: LogRows,
  log: string,
  stored: StoredEnd | null,
  { name, checkpoint }: Known,
): Promise<boolean> {
  const compared = await compareEnds(log, checkpoint, stored?.checkpoint ?? null, (from, to) =>
    proveConsistency(rows, log, from, to),
  );
  if (compared !== 'behind') return false;
  const size = stored?.checkpoint.size ?? 0;
  if (checkpoint.size >= size) return true;
  throw new RestoreRefused(
    `the store has ${size} entries of an earlier epoch than the checkpoint of ${name} (${checkpoint.origin}, size ${checkpoint.size}): restore a backup of that epoch`,
  );
}

/** The witness tells a size and no root: what it knows beyond the newest checkpoint must be shown. */
async function mustKnowAll(witness: AskWitness, log: string, shown: Checkpoint | null): Promise<void> {
  const shownEpoch = shown ? epochOf(shown.origin, log) : 1;
  const known = await newestWitnessed(witness, log, shownEpoch);
  if (typeof known === 'string') {
    throw new RestoreRefused(
      `the witness does not tell what it knows (${known}); without WITNESS_URL it is not asked`,
    );
  }
  if (!known || (shown?.origin === known.origin && known.size <= shown.size)) return;
  const most = shown ? `${shown.size} of ${shown.origin}` : 'none';
  throw new RestoreRefused(
    `the witness cosigned ${known.size} entries of ${known.origin}, and what is there or given with --known shows ${most}: its operator prints its last notes with witness --show; give them with --known`,
  );
}
