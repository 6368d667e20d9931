import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { equalBytes } from '../../../log-format/bytes.ts';
import { CheckpointLineFormat } from '../../../log-format/entry-format.ts';
import {
  parseCheckpointBody,
  type Checkpoint,
  type OpenedCheckpoint,
  epochOf,
} from '../../../log-format/notes/checkpoint.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import { parseNote } from '../../../log-format/notes/signed-note.ts';
import type { CosignedExtent } from './cosigned-extent.ts';
import { CosignedHours } from './cosigned-hours.ts';
import { CosignedMonths } from './cosigned-months.ts';
import { jsonOf, type ExportFolder } from '../reading/export-folder.ts';
import { LineReader, lineText } from '../reading/line-reader.ts';
import { openSigned } from '../reading/open-checkpoint.ts';
import { shapeCheck } from '../reading/shape-check.ts';
import { Tampering, type Fault } from '../faults/tampering.ts';

/** The checkpoints from one restore to the next. */
export interface Epoch {
  readonly epoch: number;
  readonly origin: string;
  /** First entry of the epoch: size of the last checkpoint before. Null where that lies before the export. */
  readonly start: number | null;
  /** Origin of the epoch before; null where that lies before the export. */
  readonly after: string | null;
}

export interface CheckpointChain {
  readonly count: number;
  /** The epochs in ascending order, at least one where there is a checkpoint. */
  readonly epochs: readonly Epoch[];
  readonly last: Checkpoint | null;
  readonly cosignedMonths: CosignedMonths;
  readonly cosignedHours: CosignedHours;
  /** The last checkpoint is not of the size that log.json states: said where the entries agree up to there. */
  readonly endFault: Fault | null;
}

const isCheckpointLine = shapeCheck(CheckpointLineFormat);

/**
 * First pass, over the checkpoints alone: signed by the log, ascending in epoch and size, from `from` on. Throws
 * Tampering at the first that is not. Roots are compared when the entries are read, and where they end is said then: who takes
 * an entry out and adjusts log.json must not have the end blamed for it.
 */
export function verifyChain(
  folder: ExportFolder,
  keys: readonly VerifierKey[],
  cosigned: CosignedExtent,
): CheckpointChain {
  const { log, from, to } = folder.log;
  const epochs: Epoch[] = [];
  const cosignedMonths = new CosignedMonths();
  const cosignedHours = new CosignedHours();
  let count = 0;
  let last: Checkpoint | null = null;
  for (const note of notesOf(folder)) {
    const bad = last?.size ?? from;
    const opened: OpenedCheckpoint | ReturnType<typeof openSigned> = openSigned(note, keys);
    const where = `Checkpoint ${count + 1} of checkpoints.ndjson.`;
    if (typeof opened === 'string') throw new Tampering(opened, bad, where);
    const { checkpoint } = opened;
    if (last) mustFollow(last, checkpoint, log, where);
    else if (from > 0 && checkpoint.size !== from) {
      throw new Tampering('wrong-start', from, `The first checkpoint has size ${checkpoint.size}.`);
    }
    if (checkpoint.origin !== last?.origin) epochs.push(epochAt(checkpoint, last, folder.log));
    const at = cosigned.add(opened, `checkpoint ${count + 1} of checkpoints.ndjson`);
    if (at) cosignedMonths.add(checkpoint.size, at);
    if (at) cosignedHours.add(checkpoint.size, at);
    last = checkpoint;
    count += 1;
  }
  return { count, epochs, last, cosignedMonths, cosignedHours, endFault: endFault(to, last?.size ?? 0) };
}

/** Gives the checkpoint of each line of checkpoints.ndjson, for the second pass: the same lines, not verified again. */
export function* checkpointsOf(folder: ExportFolder): Generator<Checkpoint> {
  for (const note of notesOf(folder)) {
    const checkpoint = parseCheckpointBody(parseNote(note)?.text ?? '');
    if (checkpoint) yield checkpoint;
  }
}

function* notesOf(folder: ExportFolder): Generator<string> {
  if (folder.checkpoints === null) return;
  const lines = new LineReader([folder.checkpoints], LINE_LIMITS.longestExportedLine.value);
  try {
    for (let line = lines.next(); line; line = lines.next()) {
      const json = jsonOf(lineText(line) ?? '');
      const where = `Line ${lines.lines} of checkpoints.ndjson.`;
      if (!isCheckpointLine(json)) throw new Tampering('malformed-checkpoint', null, where);
      yield json.note;
    }
  } finally {
    lines.close();
  }
}

function mustFollow(before: Checkpoint, next: Checkpoint, log: string, where: string): void {
  const isSameEpoch = next.origin === before.origin;
  if (isSameEpoch && next.size === before.size && !equalBytes(next.root, before.root)) {
    throw new Tampering(
      'forked',
      before.size,
      `${where} It has another root than the one before, at one size.`,
    );
  }
  const isOlder = epochOf(next.origin, log) < epochOf(before.origin, log);
  // A restored log states its gap in an entry: the first checkpoint of an epoch is larger too.
  if (isOlder || next.size <= before.size) {
    throw new Tampering(
      'old-checkpoint',
      before.size,
      `${where} Size ${next.size} comes after ${before.size}.`,
    );
  }
}

function epochAt(checkpoint: Checkpoint, before: Checkpoint | null, log: ExportFolder['log']): Epoch {
  const { origin } = checkpoint;
  const epoch = epochOf(origin, log.log);
  if (before) return { epoch, origin, start: before.size, after: before.origin };
  // A whole log that shows no checkpoint of its first epoch went on from nothing.
  const isWhole = log.from === 0 && epoch > 1;
  return { epoch, origin, start: isWhole ? 0 : null, after: isWhole ? log.log : null };
}

function endFault(to: number, size: number): Fault | null {
  if (size === to) return null;
  return size < to
    ? {
        attack: 'checkpoint-missing-for-tail',
        index: size,
        interval: null,
        detail: `The last checkpoint has size ${size}, log.json says ${to}.`,
      }
    : {
        attack: 'cut-tail',
        index: to,
        interval: null,
        detail: `log.json ends at ${to}, the last checkpoint has size ${size}.`,
      };
}
