import type { Limits } from '../../../config/limits.ts';
import { NO_FINDINGS } from '../../../policy/row-rules/caller-findings.ts';
import { NO_INPUTS } from '../../../policy/row-rules/rule-inputs.ts';
import type { LoggedDocument } from '../../entry/answer-record.ts';
import { letterOf } from '../../entry/rule-letters.ts';

export const DRAFT_LIMITS = {
  sharedText: {
    value: 1_000_000,
    unit: 'characters',
    why: 'The first entry of an answer repeats this text beside its own. The verifier reads lines of at most 4 MiB.',
  },
} as const satisfies Limits;

/**
 * Text of an answer's entries, one line an entry, in order. A text for each part and entry would cost more on its way to
 * the writer's thread than what stands in it.
 */
export interface EntryLines {
  /** Number of entries. */
  readonly count: number;
  /** Canonical JSON of `cases`. */
  readonly cases: string;
  /** Text from `,"disclosed":` to the end of `subject`. */
  readonly afters: string;
  /** Canonical JSON of `{key, kind}`. */
  readonly subjects: string;
  /** Inputs of the row rules and the letter of the rule that denied, 9 characters. */
  readonly inputs: string;
  /** Findings of the gate about caller and subject, 6 characters. */
  readonly findings: string;
  /**
   * One character for each entry, without line ends: `1` where the caller may know of it, so that it stands in a
   * receipt.
   */
  readonly told: string;
}

/** The parts of one entry, as they stand in the lines. */
export interface EntryParts {
  readonly cases: string;
  readonly after: string;
  readonly subject: string;
  readonly inputs: string;
  readonly findings: string;
  readonly isTold: boolean;
}

/**
 * A record on its way to the writer's thread: all text of its entries but the commitments, whose salts are made there, and
 * the places in the tree, which are known there.
 */
export interface RecordDraft extends EntryLines {
  readonly id: string;
  readonly time: number;
  /** Canonical JSON of `answer`. */
  readonly head: string;
  /** Canonical JSON of what the operation's decision depended on. */
  readonly operation: string;
  readonly requestDigest: string;
  readonly answerDigest: string;
  readonly documents: readonly LoggedDocument[];
  readonly wantsReceipt: boolean;
}

const TOLD = '1';
const UNTOLD = '0';

/** The one entry of an answer or act that is about nobody; `first` is what the answer's first entry says of the whole. */
export function nobodyLines(first: string): EntryLines {
  return joinEntryLines([
    {
      cases: '[]',
      after: `,"disclosed":[],"first":${first},"n":0,"outcome":"nothing","rule":null,"subject":"none"`,
      subject: '{"key":"","kind":"none"}',
      inputs: NO_INPUTS + letterOf(null),
      findings: NO_FINDINGS,
      isTold: true,
    },
  ]);
}

/** Throws RangeError where an answer's first entry would be longer than the verifier reads. */
export function mustBeReadable(head: string, first: string): void {
  if (head.length + first.length > DRAFT_LIMITS.sharedText.value)
    throw new RangeError('too long for an entry');
}

export function joinEntryLines(entries: readonly EntryParts[]): EntryLines {
  let cases = '';
  let afters = '';
  let subjects = '';
  let inputs = '';
  let findings = '';
  let told = '';
  let end = '';
  for (const entry of entries) {
    cases += end + entry.cases;
    afters += end + entry.after;
    subjects += end + entry.subject;
    inputs += end + entry.inputs;
    findings += end + entry.findings;
    told += entry.isTold ? TOLD : UNTOLD;
    end = '\n';
  }
  return { count: entries.length, cases, afters, subjects, inputs, findings, told };
}

export function splitEntryLines(lines: EntryLines): readonly EntryParts[] {
  const cases = lines.cases.split('\n');
  const afters = lines.afters.split('\n');
  const subjects = lines.subjects.split('\n');
  const inputs = lines.inputs.split('\n');
  const findings = lines.findings.split('\n');
  return Array.from({ length: lines.count }, (_none, n) => ({
    cases: cases[n] ?? '',
    after: afters[n] ?? '',
    subject: subjects[n] ?? '',
    inputs: inputs[n] ?? '',
    findings: findings[n] ?? '',
    isTold: lines.told[n] === TOLD,
  }));
}
