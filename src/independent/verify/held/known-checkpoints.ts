import { equalBytes } from '../../../log-format/bytes.ts';
import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import type { CosignedExtent } from '../passes/cosigned-extent.ts';
import type { EpochHistory } from '../passes/epoch-history.ts';
import { openSigned } from '../reading/open-checkpoint.ts';
import type { Restore } from '../passes/restores.ts';
import { Tampering, type Fault } from '../faults/tampering.ts';
import type { WatchedEntries } from '../passes/watched-entries.ts';

/** A checkpoint that somebody else kept, e.g. a witness, a client, or the maker of an earlier export. */
export interface KnownCheckpointNote {
  /** Name of its source, for the report. */
  readonly name: string;
  readonly note: string;
}

export interface KnownCheckpoint {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

/** The result of one comparison: null where both agree, a remark where the export cannot tell. */
export type KnownVerdict = Fault | string | null;

/** Throws Tampering for one that the log did not sign. */
export function openKnown(
  { name, note }: KnownCheckpointNote,
  keys: readonly VerifierKey[],
  cosigned: CosignedExtent,
): KnownCheckpoint {
  const opened = openSigned(note, keys);
  if (typeof opened === 'string') throw new Tampering(opened, null, `The checkpoint of ${name}.`);
  cosigned.hold(opened, `the checkpoint of ${name}`);
  return { name, checkpoint: opened.checkpoint };
}

/** Compares the checkpoints that others kept with the export, the smallest first. */
export function compareAllKnown(
  known: readonly KnownCheckpoint[],
  history: EpochHistory,
  watched: WatchedEntries,
): { readonly faults: readonly Fault[]; readonly remarks: readonly string[]; readonly agree: number } {
  const faults: Fault[] = [];
  const remarks: string[] = [];
  let agree = 0;
  let agreedUpTo = 0;
  for (const one of known.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size)) {
    const verdict = compareKnown(one, agreedUpTo, history, watched);
    if (typeof verdict === 'string') remarks.push(verdict);
    else if (verdict) faults.push(verdict);
    else {
      agree += 1;
      agreedUpTo = one.checkpoint.size;
    }
  }
  return { faults, remarks, agree };
}

/** `agreedUpTo`: a tree of that size is the same on both sides, and the largest of those. */
function compareKnown(
  { name, checkpoint }: KnownCheckpoint,
  agreedUpTo: number,
  history: EpochHistory,
  watched: WatchedEntries,
): KnownVerdict {
  const { origin, size, root } = checkpoint;
  const what = `The checkpoint of ${name} (${origin}, size ${size})`;
  const fate = history.fateOf(origin, size);
  switch (fate.kind) {
    case 'before':
      return `${what} lies before this export and was not compared.`;
    case 'after-end':
      return fate.isLaterEpoch
        ? fault('rolled-back', null, `${what} is of a later epoch than the export's last.`)
        : fault(
            'cut-tail',
            history.to,
            `${what} is larger: its tail was cut, or the export is older than that.`,
          );
    case 'lost':
      return compareLost(what, { size, root }, fate);
    case 'kept': {
      const own = watched.rootAt(size);
      if (!own) return `${what} was not compared: the entries were not read that far.`;
      return equalBytes(own, root)
        ? null
        : {
            attack: 'forked',
            index: agreedUpTo,
            interval: [agreedUpTo, size],
            detail: `${what} has another root: the log signed two trees.`,
          };
    }
  }
}

/** A tree that a restore cut, against what the restore states. */
export function compareLost(
  what: string,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  { at, stated }: Extract<ReturnType<EpochHistory['fateOf']>, { kind: 'lost' }>,
): KnownVerdict {
  if (!stated) return `${what} is of entries lost in a restore, and the export does not tell how many were.`;
  if (size > stated.size) {
    const detail = `${what} shows more than the ${stated.size} entries that the restore at ${at} states.`;
    return fault('gap-not-stated', at, detail);
  }
  if (size === stated.size && !equalBytes(root, stated.root)) {
    return fault('forked', at, `${what} has another root than the restore at ${at} states.`);
  }
  return `${what} is of entries that were lost; the restore at ${at} states it.`;
}

/**
 * Finds the restores whose loss only the operator states. An operator who goes back behind what a witness has cosigned,
 * and states a smaller loss or none, cuts entries out of a log that is otherwise in order.
 */
export function unboundedLosses(
  restores: readonly Restore[],
  known: readonly KnownCheckpoint[],
): readonly string[] {
  return restores
    .filter(
      (one) => !known.some(({ checkpoint: { origin, size } }) => origin === one.origin && size >= one.size),
    )
    .map(
      ({ origin, from, size }) =>
        `It is open whether no more than ${size} entries of ${origin} were there, and ${size - from} of them lost, when it was restored at ${from}: give the witness's last note of it with --checkpoint.`,
    );
}

function fault(attack: Fault['attack'], index: number | null, detail: string): Fault {
  return { attack, index, interval: null, detail };
}
