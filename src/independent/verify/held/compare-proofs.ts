import type { Entry } from '../../../log-format/entry-format.ts';
import { compareLeaf, compareTree } from './compare-leaf.ts';
import type { OpenedProofs, ProvenEntry, ToldAccess } from './held-proofs.ts';
import type { EpochHistory } from '../passes/epoch-history.ts';
import { isoTime } from '../verdict/iso-time.ts';
import { Tampering } from '../faults/tampering.ts';
import type { WatchedEntries } from '../passes/watched-entries.ts';

/**
 * Compares a bundle or an access with the export: the same entries stand there, and say what was told of them. Throws
 * Tampering. Returns a remark on what the export cannot tell, or null.
 */
export function compareProofs(
  { name, entries }: OpenedProofs,
  history: EpochHistory,
  watched: WatchedEntries,
  log: string,
): string | null {
  const remarks = entries.map((entry) =>
    entry.log === log
      ? compareEntry(name, entry, history, watched)
      : `${name}: its entries of ${entry.log} were not compared, the export is of ${log}.`,
  );
  for (const { log: own, checkpoint } of entries) {
    if (own === log) compareTree(name, checkpoint, history, watched);
  }
  return remarks.find((one) => one !== null) ?? null;
}

function compareEntry(
  name: string,
  { index, leaf, checkpoint, told }: ProvenEntry,
  history: EpochHistory,
  watched: WatchedEntries,
): string | null {
  const { origin } = checkpoint;
  const found = compareLeaf({ name, origin, index, leaf }, history, watched);
  if (typeof found === 'string' || !told) return typeof found === 'string' ? found : null;
  if (found.text === null)
    return `${name}: entry ${index} was removed after its time; its hash is the one told.`;
  const other = otherwiseTold(told, JSON.parse(found.text) as Entry);
  if (other !== null) {
    throw new Tampering('told-otherwise', index, `${name}: "${other}" is not what stands in the entry.`);
  }
  return null;
}

/** The first field that says something else than the entry; null where none does. */
function otherwiseTold(told: ToldAccess, { answer, cases, disclosed, outcome }: Entry): string | null {
  const stands: readonly (readonly [name: keyof ToldAccess, value: string | null])[] = [
    ['time', isoTime(answer.time)],
    ['agency', answer.caller.agency],
    ['purpose', answer.purpose],
    ['legalBasis', answer.legalBasis],
    ['case', cases.length > 0 ? cases.join(', ') : answer.case],
  ];
  for (const [name, value] of stands) if (told[name] !== undefined && told[name] !== value) return name;
  if (told.outcome !== undefined && !isOutcome(told.outcome, outcome)) return 'outcome';
  return told.disclosed !== undefined && !isDisclosed(told.disclosed, disclosed) ? 'disclosed' : null;
}

/** A denial that the caller was not told of reads `not-found` in the entry, and the citizen is told the truth. */
function isOutcome(told: string, outcome: Entry['outcome']): boolean {
  return (
    told === outcome.toUpperCase().replaceAll('-', '_') || (told === 'DENIED' && outcome === 'not-found')
  );
}

function isDisclosed(told: NonNullable<ToldAccess['disclosed']>, parts: Entry['disclosed']): boolean {
  return (
    told.length === parts.length &&
    told.every(({ register, coordinates, isNone }, at) => {
      const part = parts[at];
      return (
        (register === undefined || register === part?.register) &&
        (isNone === undefined || isNone === (part?.status === 'none')) &&
        (coordinates === undefined || JSON.stringify(coordinates) === JSON.stringify(part?.coordinates))
      );
    })
  );
}
