import { equalBytes } from '../../log-format/bytes.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import type { AgeClass } from '../../disclosure/age-class.ts';
import type { RegisterDisclosure, SubjectOutcome } from '../../disclosure/disclosure-recorder.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';
import { opensCommitment } from '../../log-format/commitment.ts';
import type { Entry } from '../../log-format/entry-format.ts';
import { leafText } from '../../log-format/leaf-text.ts';
import { HASH_BYTES, leafHash } from '../../log-format/tree/merkle-hash.ts';
import { ruleOf } from '../entry/rule-letters.ts';
import {
  readSealedAnswers,
  readSealedSubjects,
  type AnswerOpenings,
  type EntryOpening,
} from '../entry/sealed-openings.ts';
import type { LogRows, StoredAnswer, StoredGroup } from '../stores/log-rows.ts';
import type { SealKeyRow } from '../stores/log-store.ts';
import { unwrapDataKey } from '../write/keys/data-keys.ts';
import { buildGroupSeal, groupIdOf, type GroupSeal } from '../write/group/group-seal.ts';

/** `nothing`: the entry of an answer about nobody. */
export type EntryOutcome = SubjectOutcome | 'nothing';

/** The inputs of an entry's decision (FORMAT.md, Predicates). */
export interface Predicates {
  readonly inputs: string;
  readonly operation: {
    readonly arguments?: string;
    readonly asker?: string | null;
    readonly conditions?: Readonly<Record<string, boolean>>;
    readonly index?: number;
  } | null;
  readonly rule: string;
}

export interface OpenedEntry {
  readonly index: number;
  readonly n: number;
  readonly subject: Subject;
  /** The true one: a denial that the caller was not told is `denied` here. */
  readonly outcome: EntryOutcome;
  readonly rule: RowRuleName | null;
  readonly predicates: Predicates;
  /** Findings of the gate about caller and subject, 6 characters; null in an entry of version 1. */
  readonly findings: string | null;
  /** Cases in whose name the subject was read; empty where that is the answer's own alone. */
  readonly caseIds: readonly string[];
  readonly disclosed: readonly RegisterDisclosure[];
  /** The entry's exact bytes. */
  readonly leaf: string;
  readonly opening: EntryOpening;
}

export interface OpenedAnswer {
  readonly log: string;
  readonly firstLeaf: number;
  readonly head: Entry['answer'];
  readonly first: NonNullable<Entry['first']>;
  /** Personal id of a citizen who asked. */
  readonly citizen: string | null;
  readonly entries: readonly OpenedEntry[];
  readonly openings: AnswerOpenings;
}

/** The stored bytes are not those that were written, or their keys are not in the ring. */
export class AccessLogNotGenuine extends Error {
  constructor(answerId: string) {
    super(`the entries of answer ${answerId} do not open`);
    this.name = 'AccessLogNotGenuine';
  }
}

export type SealedGroup = Pick<StoredGroup, 'log' | 'firstLeaf' | 'sealKey' | 'sealed'>;

/** Opens groups with the keys of a store. */
export class GroupOpener {
  readonly #ring: KeyRing;
  readonly #seals = new Map<string, GroupSeal>();

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** The ids whose rows are still needed. */
  missing(ids: Iterable<string>): readonly string[] {
    return [...new Set(ids)].filter((id) => !this.#seals.has(id));
  }

  learn(rows: readonly SealKeyRow[]): void {
    for (const row of rows) {
      const key = this.#seals.has(row.id) ? null : unwrapDataKey(this.#ring, row);
      if (key) this.#seals.set(row.id, buildGroupSeal(row.id, key));
    }
  }

  /** Learns what it does not know of these groups' keys. Rejects with StoreFault. */
  async learnKeysOf(
    groups: readonly Pick<StoredGroup, 'sealKey'>[],
    rows: Pick<LogRows, 'sealKeys'>,
  ): Promise<void> {
    const unknown = this.missing(groups.map(({ sealKey }) => sealKey));
    if (unknown.length > 0) this.learn(await rows.sealKeys(unknown));
  }

  /** An answer each, in the group's order; null where the key is unknown or the bytes are others. */
  open(group: SealedGroup): readonly AnswerOpenings[] | null {
    const text = this.#textOf(group);
    return text === null ? null : readSealedAnswers(text);
  }

  /** Values of the subjects alone, an answer each; null as above. */
  subjectsIn(group: SealedGroup): readonly (readonly string[])[] | null {
    const text = this.#textOf(group);
    return text === null ? null : readSealedSubjects(text);
  }

  #textOf({ log, firstLeaf, sealKey, sealed }: SealedGroup): string | null {
    return this.#seals.get(sealKey)?.open(groupIdOf(log, firstLeaf), sealed) ?? null;
  }
}

/** The parts of an answer that its group holds. */
export interface AnswerParts {
  readonly openings: AnswerOpenings;
  /** The leaf hashes as they were written, 32 bytes an entry. */
  readonly leafHashes: Uint8Array;
}

/** Throws AccessLogNotGenuine where an opening is not what its entry commits to, or an entry not the one whose hash was written. */
export function openAnswer(
  answer: Omit<StoredAnswer, 'group'>,
  parts: AnswerParts | undefined,
): OpenedAnswer {
  const { log, firstLeaf, id, head, tails } = answer;
  const lines = tails.split('\n');
  if (!parts || parts.openings.entries.length !== lines.length || lines.length !== answer.leaves) {
    throw new AccessLogNotGenuine(id);
  }
  const { openings, leafHashes } = parts;
  const entries = lines.map((tail, n): OpenedEntry => {
    const leaf = leafText(head, tail, firstLeaf + n, log);
    if (!hasHash(leaf, leafHashes, n)) throw new AccessLogNotGenuine(id);
    const entry = parsedEntry(leaf, id);
    const opening = openings.entries[n];
    if (!opening || entry.answer.id !== id || !areOpened(entry, openings, opening)) {
      throw new AccessLogNotGenuine(id);
    }
    return openEntry(entry, opening, leaf);
  });
  const [first] = entries;
  if (!first) throw new AccessLogNotGenuine(id);
  const parsed = parsedEntry(first.leaf, id);
  if (parsed.first === null) throw new AccessLogNotGenuine(id);
  return {
    log,
    firstLeaf,
    head: parsed.answer,
    first: parsed.first,
    citizen: first.predicates.operation?.asker ?? null,
    entries,
    openings,
  };
}

/** Tells whether the hash at `n` is that of the entry. */
export function hasHash(leaf: string, leafHashes: Uint8Array, n: number): boolean {
  return equalBytes(leafHash(leaf), leafHashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES));
}

/** Hashes of the entries from `firstLeaf` on, of a group. */
export function hashesFrom(
  group: Pick<StoredGroup, 'firstLeaf' | 'leafHashes'>,
  firstLeaf: number,
): Uint8Array {
  return group.leafHashes.subarray((firstLeaf - group.firstLeaf) * HASH_BYTES);
}

/** Its shape is what was committed to where its commitments open. */
function parsedEntry(leaf: string, id: string): Entry {
  try {
    return JSON.parse(leaf) as Entry;
  } catch {
    throw new AccessLogNotGenuine(id);
  }
}

function areOpened(
  { commitments }: Entry,
  { request, answer }: AnswerOpenings,
  { subject, predicates, findings }: EntryOpening,
): boolean {
  const areFindings =
    'findings' in commitments
      ? findings !== null && opensCommitment(commitments.findings, 'findings', findings.salt, findings.value)
      : findings === null;
  return (
    areFindings &&
    opensCommitment(commitments.request, 'request', request.salt, request.value) &&
    opensCommitment(commitments.answer, 'answer', answer.salt, answer.value) &&
    opensCommitment(commitments.subject, 'subject', subject.salt, subject.value) &&
    opensCommitment(commitments.predicates, 'predicates', predicates.salt, predicates.value)
  );
}

function openEntry(entry: Entry, opening: EntryOpening, leaf: string): OpenedEntry {
  const subject = JSON.parse(opening.subject.value) as Subject;
  const predicates = JSON.parse(opening.predicates.value) as Predicates;
  const findings = opening.findings === null ? null : (JSON.parse(opening.findings.value) as string);
  const rule = ruleOf(predicates.rule);
  if (subject.kind !== entry.subject || rule === undefined) throw new AccessLogNotGenuine(entry.answer.id);
  return {
    index: entry.tree.index,
    n: entry.n,
    subject,
    outcome: rule === null ? entry.outcome : 'denied',
    rule,
    predicates,
    findings,
    caseIds: entry.cases,
    disclosed: entry.disclosed.map(({ age, cached, coordinates, register, status, upstream }) => ({
      register,
      status,
      age: age as AgeClass,
      isCached: cached,
      coordinates,
      upstreamIds: upstream,
    })),
    leaf,
    opening,
  };
}
