import { equalBytes } from '../../../../log-format/bytes.ts';
import { leafHash } from '../../../../log-format/tree/merkle-hash.ts';
import type { Attack } from '../../faults/attacks.ts';
import { canonicalTextOf, readEntry } from '../../reading/entry-reader.ts';
import { statedIndex, type MovedEntry } from './find-moved-entry.ts';
import type { EntriesAroundFault } from './entries-around-fault.ts';
import { Tampering } from '../../faults/tampering.ts';

export interface FaultPlace {
  readonly index: number;
  readonly log: string;
  /** Sizes of the checkpoints around it. */
  readonly interval: readonly [number, number];
  /** Stored hashes of the entries before it, the nearest last. */
  readonly before: readonly Uint8Array[];
  /** Any entry's stored hash. */
  storedAt(index: number): Uint8Array | null;
  /** Looks for the moved entry behind the fault, anywhere. */
  elsewhere(): MovedEntry;
  /** Tells whether the next checkpoint signs the stored hashes without these. */
  isSignedWithout(from: number, to: number): boolean;
}

const NUMBER = /"tree":\{"index":\d+,/;

/** An entry whose bytes do not have the hash stored for it: what was done, from what stands around it. */
export function nameMismatch(around: EntriesAroundFault, place: FaultPlace): Tampering {
  const { index, interval } = place;
  if (around.areLinesSigned === true) {
    return new Tampering('hashes-changed', index, 'The entries are those that the log signed.');
  }
  const [attack, detail] = mismatch(around, place);
  if (around.areHashesSigned === true) return new Tampering(attack, index, detail);
  const also = 'Hashes were altered as well: only the interval between two checkpoints is certain.';
  return new Tampering(attack, index, `${detail} ${also}`, interval);
}

/** An entry that fits its stored hash and states another place than it has. */
export function nameMisplaced(stated: number, around: EntriesAroundFault, place: FaultPlace): Tampering {
  const { index, interval } = place;
  if (around.areHashesSigned === true) {
    return new Tampering('wrong-index', index, `It states ${stated}, and the log signed it so.`);
  }
  const rest = 'Its hash was computed anew.';
  if (stated < index) {
    const own = around.stored[0];
    if (own && equalBytes(place.storedAt(stated), own)) {
      return new Tampering('duplicated', index, `It repeats entry ${stated}. ${rest}`, interval);
    }
    if (place.isSignedWithout(stated, index)) {
      const detail = `${index - stated} of them: without them the hashes are those that the log signed.`;
      return new Tampering('inserted', stated, detail, interval);
    }
    return new Tampering('inserted', index, `It states ${stated}. ${rest}`, interval);
  }
  const [attack, detail] = fromBehind(stated, place);
  return new Tampering(attack, index, `${detail} ${rest}`, interval);
}

/** Names the fault of an entry of this log that stands before its own place. */
function fromBehind(stated: number, { index, elsewhere }: FaultPlace): readonly [Attack, string] {
  const { ownAt, isRepeated } = elsewhere();
  if (isRepeated)
    return ['duplicated', `The entry in its place is entry ${stated}, which stands behind too.`];
  if (ownAt !== null) {
    return ['reordered', `The entry in its place belongs to ${stated}; its own stands at ${ownAt}.`];
  }
  return ['deleted', `${stated - index} of them: the next entry belongs to ${stated}.`];
}

function mismatch({ lines, stored }: EntriesAroundFault, place: FaultPlace): readonly [Attack, string] {
  const { index, before } = place;
  const [line] = lines;
  const [hash] = stored;
  if (!line) return ['cut-tail', 'The entries end, their hashes go on.'];
  if (!hash) return ['inserted', 'The stored hashes end, entries go on.'];
  const stated = statedIndex(line.text);
  const isOfLog = stated !== null && equalBytes(place.storedAt(stated), line.leaf);
  if (isOfLog && stated > index) return fromBehind(stated, place);
  if (isOfLog || before.some((one) => equalBytes(one, line.leaf))) {
    return ['duplicated', 'The entry in its place is one that stands before it.'];
  }
  // A removed one states no place.
  const ahead = stored.findIndex((one) => equalBytes(one, line.leaf));
  if (ahead > 0) return ['deleted', `${ahead} of them: the next entry belongs to ${index + ahead}.`];
  const { hashedAt } = place.elsewhere();
  if (hashedAt !== null)
    return ['inserted', `${hashedAt - index} of them, before the one that belongs here.`];
  return rewritten(line.text, hash, place) ?? renumbered({ lines, stored }, index) ?? unknown(line.isRemoved);
}

function unknown(isRemoved: boolean): readonly [Attack, string] {
  if (isRemoved) return ['changed', 'The line of a removed entry states another hash than the one stored.'];
  return ['changed', 'Its bytes do not have the hash that is stored for it.'];
}

/** Recognises the same entry in other bytes, or an entry of another log. */
function rewritten(
  text: string | null,
  hash: Uint8Array,
  { index, log }: Pick<FaultPlace, 'index' | 'log'>,
): readonly [Attack, string] | null {
  if (text === null) return null;
  const canonical = canonicalTextOf(text);
  if (canonical !== null && canonical !== text && equalBytes(leafHash(canonical), hash)) {
    return ['not-canonical', 'Put into canonical form it has the hash that is stored.'];
  }
  const entry = readEntry(text);
  if (typeof entry === 'string' || entry.log === log) return null;
  return ['wrong-log', `It is entry ${entry.index} of another log, in the place of ${index}.`];
}

/** Tells whether the entry is another one with a new number. */
function renumbered(
  { lines, stored }: Pick<EntriesAroundFault, 'lines' | 'stored'>,
  index: number,
): readonly [Attack, string] | null {
  const [first] = lines;
  const text = first?.text ?? null;
  const ahead = stored.findIndex((hash, at) => at > 0 && hasHashAt(text, index + at, hash));
  if (ahead > 0) return ['renumbered', `${ahead} entries are missing: this one was ${index + ahead}.`];
  const [hash] = stored;
  const behind = lines.findIndex((line, at) => at > 0 && hash && hasHashAt(line.text, index, hash));
  return behind > 0
    ? ['renumbered', `${behind} entries were put in before the one that belongs here.`]
    : null;
}

function hasHashAt(text: string | null, index: number, hash: Uint8Array): boolean {
  return text !== null && equalBytes(leafHash(text.replace(NUMBER, `"tree":{"index":${index},`)), hash);
}
