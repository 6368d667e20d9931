import { equalBytes } from '../../../log-format/bytes.ts';
import { decodeBase64 } from '../../../log-format/base64.ts';
import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';
import { CompactRange } from '../../../log-format/tree/compact-range.ts';
import { ClockSteps } from './clock-steps.ts';
import type { CosignedExtent } from './cosigned-extent.ts';
import type { BreachRecount } from '../held/breach-recount.ts';
import type { CosignedHours } from './cosigned-hours.ts';
import { AnswerSequence } from './answer-sequence.ts';
import { checkpointsOf, type CheckpointChain } from './checkpoint-chain.ts';
import { findMovedEntry, statedIndex, type MovedEntry } from './fault-naming/find-moved-entry.ts';
import { readEntry, type ReadEntry } from '../reading/entry-reader.ts';
import { EntryStream, type EntryLine } from '../reading/entry-stream.ts';
import type { ExportFolder } from '../reading/export-folder.ts';
import { hashAt } from '../reading/hash-reader.ts';
import { nameMismatch, nameMisplaced, type FaultPlace } from './fault-naming/name-tampering.ts';
import { isSignedWithout } from './fault-naming/is-signed-without.ts';
import { Openings } from './openings.ts';
import { Restores } from './restores.ts';
import { Retention } from './retention.ts';
import { StatedOutages } from './stated-outages.ts';
import { EntriesAroundFault, FAULT_WINDOW_LIMITS } from './fault-naming/entries-around-fault.ts';
import { faultOr, Tampering, type Fault } from '../faults/tampering.ts';
import type { WatchedEntries } from './watched-entries.ts';

/** Called now and then with what has been read. */
export type OnProgress = (entries: number, bytes: number) => void;

const PROGRESS_EVERY = 1 << 13;

/** Second pass: every entry in order, against its hash, the tree and what stands before it. */
export class EntryWalk {
  readonly answers = new AnswerSequence();
  readonly retention: Retention;
  readonly restores: Restores;
  readonly outages = new StatedOutages();
  readonly clock = new ClockSteps();
  readonly openings: Openings;
  readonly #folder: ExportFolder;
  readonly #endFault: Fault | null;
  /** The size on which log.json and checkpoints agree; the smaller one where they do not. */
  readonly #end: number;
  readonly #watched: WatchedEntries;
  readonly #cosigned: CosignedExtent;
  readonly #times: CosignedHours;
  readonly #recounts: readonly BreachRecount[];
  readonly #stream: EntryStream;
  readonly #range: CompactRange;
  readonly #checkpoints: Generator<Checkpoint>;
  #next: Checkpoint | null = null;
  #signed: number;
  /** The tree of that size. */
  #signedRange: CompactRange;
  /** Stored hashes of the last entries, in a ring. */
  readonly #recent: Uint8Array[] = [];

  /** Throws Tampering for a start that is none and for openings that cannot be read. */
  constructor(
    folder: ExportFolder,
    chain: CheckpointChain,
    watched: WatchedEntries,
    cosigned: CosignedExtent,
    recounts: readonly BreachRecount[],
  ) {
    this.#recounts = recounts;
    const { from, to, before, log } = folder.log;
    this.#folder = folder;
    this.#endFault = chain.endFault;
    this.#end = Math.min(to, chain.last?.size ?? 0);
    this.#watched = watched;
    this.#cosigned = cosigned;
    this.retention = new Retention(chain.cosignedMonths);
    this.#times = chain.cosignedHours;
    this.restores = new Restores(log, chain.epochs);
    this.openings = new Openings(folder.openings, from);
    this.#stream = new EntryStream(folder);
    this.#range = rangeBefore(from, before);
    this.#signed = from;
    this.#signedRange = this.#range.copy();
    this.#checkpoints = checkpointsOf(folder);
    this.#advance();
  }

  /** Bytes of entries read so far. */
  get bytes(): number {
    return this.#stream.bytes;
  }

  /** Entries read so far. */
  get entries(): number {
    return this.#range.size - this.#folder.log.from;
  }

  /** Throws Tampering at the first fault. */
  run(onProgress: OnProgress): void {
    try {
      this.#closeCheckpoint();
      while (this.#step()) {
        if (this.entries % PROGRESS_EVERY === 0) onProgress(this.entries, this.bytes);
      }
      this.#mustBeAtEnd();
    } finally {
      this.#stream.close();
      this.openings.close();
      this.#checkpoints.return(undefined);
    }
  }

  /** Verifies one entry. Returns false at the end. */
  #step(): boolean {
    const line = this.#stream.nextLine();
    const stored = this.#stream.nextStored();
    if (!line && !stored) return false;
    const index = this.#range.size;
    if (index >= this.#end) throw this.#afterEnd(line, index);
    if (!line || !equalBytes(stored, line.leaf)) {
      throw nameMismatch(this.#around(line, stored), this.#place(line, stored));
    }
    if (line.isRemoved) this.#acceptRemoved(index, line.leaf);
    else this.#accept(line, index);
    this.#append(line.leaf);
    return true;
  }

  #accept(line: EntryLine, index: number): void {
    const entry = line.text === null ? 'malformed-entry' : readEntry(line.text);
    try {
      if (typeof entry === 'string') throw new Tampering(entry, index, 'It has the hash that is stored.');
      this.#acceptEntry(entry, line, index);
    } catch (error) {
      throw error instanceof Tampering ? this.#withSignature(error, line) : error;
    }
  }

  #acceptEntry(entry: ReadEntry, line: EntryLine, index: number): void {
    if (entry.log !== this.#folder.log.log) throw new Tampering('wrong-log', index, 'It states another log.');
    if (entry.index !== index) {
      throw nameMisplaced(entry.index, this.#around(line, line.leaf), this.#place(line, line.leaf));
    }
    this.answers.accept(entry, index);
    this.restores.accept(entry, index, () => this.#range.root());
    this.outages.accept(entry);
    if (entry.act?.purpose === 'retention') this.retention.accept(entry, index);
    this.retention.noteKept(entry, index);
    this.clock.accept(entry);
    this.#times.accept(entry, index);
    const subject = this.openings.accept(entry, index);
    for (const one of this.#recounts) one.accept(index, line.text ?? '', subject);
    this.#watched.atEntry(index, { leaf: line.leaf, entry, text: line.text });
  }

  #acceptRemoved(index: number, leaf: Uint8Array): void {
    this.answers.mustBeComplete();
    this.retention.noteRemoved(index);
    this.restores.noteRemoved(index);
    this.openings.noteRemoved(index);
    for (const one of this.#recounts) one.noteRemoved(index);
    this.#watched.atEntry(index, { leaf, entry: null, text: null });
  }

  #append(leaf: Uint8Array): void {
    this.#range.append(leaf);
    this.#recent.push(leaf);
    if (this.#recent.length > 2 * FAULT_WINDOW_LIMITS.entries.value)
      this.#recent.splice(0, FAULT_WINDOW_LIMITS.entries.value);
    this.#closeCheckpoint();
  }

  /** Compares the roots where the tree has come to the size of the next checkpoint. */
  #closeCheckpoint(): void {
    const { size } = this.#range;
    this.#watched.atSize(size, () => this.#range.root());
    const seconds = this.#cosigned.heldAt(size, () => this.#range.root());
    if (seconds !== null) this.retention.noteCosigned(seconds);
    if (this.#next?.size !== size) return;
    if (!equalBytes(this.#range.root(), this.#next.root)) throw this.#otherRoot(this.#next);
    this.#signed = size;
    this.#signedRange = this.#range.copy();
    this.#advance();
  }

  #otherRoot(checkpoint: Checkpoint): Tampering {
    const { size } = checkpoint;
    const { from } = this.#folder.log;
    if (size === from) return new Tampering('wrong-start', from, 'The hashes before it have another root.');
    const peeked = faultOr(() => this.#stream.nextLine());
    const line = 'value' in peeked ? peeked.value : null;
    const stated = statedIndex(line?.text ?? null);
    const pushed = stated !== null && stated < size ? { from: stated, to: size } : null;
    if (pushed && isSignedWithout(this.#folder, this.#signedRange, checkpoint, pushed)) {
      const detail = `${size - pushed.from} of them: without them the hashes are those that the log signed.`;
      return new Tampering('inserted', pushed.from, detail, [this.#signed, size]);
    }
    this.#advance();
    const following = this.#next && this.#around(line, this.#stream.nextStored());
    if (following?.areLinesSigned === true) {
      return new Tampering(
        'forked',
        this.#signed,
        `The checkpoint of size ${size} is of another tree than the one after it.`,
        [this.#signed, size],
      );
    }
    const detail = `Entries and hashes agree with each other, and not with the checkpoint of size ${size} (or that is of another tree). Which entry it was only the interval tells.`;
    return new Tampering('rehashed', this.#signed, detail, [this.#signed, size]);
  }

  #mustBeAtEnd(): void {
    const { size } = this.#range;
    if (size < this.#end) throw new Tampering('cut-tail', size, `The checkpoints go on to ${this.#end}.`);
    if (this.#endFault) throw Tampering.of(this.#endFault);
    this.answers.mustBeComplete();
    this.retention.mustBeCovered();
    this.openings.mustBeDone();
    this.#stream.mustEndTogether();
  }

  /** Names the fault of lines that stand behind the last signed size. */
  #afterEnd(line: EntryLine | null, index: number): Tampering {
    if (!line) {
      return new Tampering(
        'hashes-changed',
        index,
        'A stored hash stands after the last entry, of no entry.',
      );
    }
    if (this.#endFault) return Tampering.of(this.#endFault);
    return new Tampering(
      'checkpoint-missing-for-tail',
      index,
      'Entries stand after the end that log.json states.',
    );
  }

  /** Reads on: only where the walk ends. */
  #around(line: EntryLine | null, stored: Uint8Array | null): EntriesAroundFault {
    return new EntriesAroundFault(this.#stream, { line, stored }, this.#range, this.#next);
  }

  #place(line: EntryLine | null, stored: Uint8Array | null): FaultPlace {
    const { log, to, from } = this.#folder.log;
    const index = this.#range.size;
    const next = this.#next;
    let elsewhere: MovedEntry | null = null;
    return {
      index,
      log,
      interval: [this.#signed, next?.size ?? to],
      before: this.#recent,
      storedAt: (at) => hashAt(this.#folder.hashes, this.#folder.ends, at - from),
      elsewhere: () => (elsewhere ??= findMovedEntry(this.#folder, { index, line, stored })),
      isSignedWithout: (start, end) =>
        next !== null && isSignedWithout(this.#folder, this.#signedRange, next, { from: start, to: end }),
    };
  }

  /** A fault in an entry that has its hash: whether the log signed it so, or hashes were altered as well. */
  #withSignature(error: Tampering, line: EntryLine): Tampering {
    const { attack, index, detail, interval } = error.fault;
    if (interval !== null || attack === 'wrong-index') return error;
    const isSigned = this.#around(line, line.leaf).areHashesSigned === true;
    const who = isSigned ? 'The log signed it so.' : 'Its hash was computed anew: the log did not sign it.';
    return new Tampering(attack, index, `${detail} ${who}`);
  }

  #advance(): void {
    const next = this.#checkpoints.next();
    this.#next = next.done === true ? null : next.value;
  }
}

function rangeBefore(from: number, before: readonly string[]): CompactRange {
  try {
    return CompactRange.restore(
      from,
      before.map((hash) => decodeBase64(hash) ?? new Uint8Array(0)),
    );
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Tampering('wrong-start', from, 'log.json does not have the hashes of what lies before.');
  }
}
