import { z } from 'zod';
import { canonicalJson } from '../../../log-format/canonical-json.ts';
import {
  ACT_DETAIL_FORMATS,
  EntryFormat,
  FirstEntryFormat,
  SecondEntryFormat,
  type Entry,
} from '../../../log-format/entry-format.ts';
import { canonicalPattern } from './canonical-pattern.ts';
import { jsonOf } from './export-folder.ts';
import { shapeCheck } from './shape-check.ts';

/** The parts of an entry that the verifier needs. Texts are canonical JSON. */
export interface ReadEntry {
  /** Equal for all entries of an answer. */
  readonly answerText: string;
  readonly id: string;
  readonly entries: number;
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly index: number;
  readonly log: string;
  readonly hasFirst: boolean;
  /** An act of the gateway itself; null for answers to callers. */
  readonly act: { readonly purpose: string | null; readonly detail: unknown } | null;
  readonly subject: Entry['subject'];
  readonly commitments: Readonly<Record<'answer' | 'predicates' | 'request' | 'subject', string>>;
  /** The commitment to findings; null in an entry of version 1. */
  readonly findings: string | null;
}

/** The line is no JSON of an entry's shape, or it is, but not in canonical form. */
export type EntryFault = 'malformed-entry' | 'not-canonical';

const CAPTURES: ReadonlyMap<string, string> = new Map([
  ['answer', 'answerText'],
  ['answer.caller.kind', 'kind'],
  ['answer.entries', 'entries'],
  ['answer.id', 'id'],
  ['answer.time', 'time'],
  ['commitments.answer', 'answer'],
  ['commitments.predicates', 'predicates'],
  ['commitments.request', 'request'],
  ['commitments.subject', 'subjectCommitment'],
  ['first', 'first'],
  ['n', 'n'],
  ['subject', 'subject'],
  ['tree.index', 'index'],
  ['tree.log', 'log'],
]);
const FIRST_PATTERN = canonicalPattern(z.toJSONSchema(FirstEntryFormat), CAPTURES);
const SECOND_PATTERN = canonicalPattern(
  z.toJSONSchema(SecondEntryFormat),
  new Map([...CAPTURES, ['commitments.findings', 'findings']]),
);
const isEntry = shapeCheck(EntryFormat);
export const ENTRY_READER_LIMITS = {
  pattern: {
    value: 1 << 16,
    unit: 'characters',
    why: 'Beyond it the engine of regular expressions might run out of stack.',
  },
} as const;

/** An entry from its exact text. */
export function readEntry(text: string): ReadEntry | EntryFault {
  const pattern = text.endsWith('"v":2}') ? SECOND_PATTERN : FIRST_PATTERN;
  const groups = text.length <= ENTRY_READER_LIMITS.pattern.value ? pattern.exec(text)?.groups : undefined;
  // The gateway's own acts carry free JSON: they are parsed.
  return groups && groups['kind'] !== '"gateway"' ? fromGroups(groups) : parseEntry(text);
}

/** Reads an entry through JSON.parse, the schema and canonicalize. The fast pattern is tested against this function. */
export function parseEntry(text: string): ReadEntry | EntryFault {
  const entry = jsonOf(text);
  if (!isEntry(entry)) return 'malformed-entry';
  if (canonicalText(entry) !== text) return 'not-canonical';
  const { answer, first, tree } = entry;
  const isAct = answer.caller.kind === 'gateway';
  const detail = first?.detail ?? null;
  if (!isAct && detail !== null) return 'malformed-entry';
  const format = isAct ? ACT_DETAIL_FORMATS.get(answer.purpose ?? '') : undefined;
  if (format && !format.safeParse(detail).success) return 'malformed-entry';
  return {
    answerText: canonicalJson(answer),
    id: answer.id,
    entries: answer.entries,
    n: entry.n,
    time: answer.time,
    index: tree.index,
    log: tree.log,
    hasFirst: first !== null,
    act: isAct ? { purpose: answer.purpose, detail } : null,
    subject: entry.subject,
    commitments: entry.commitments,
    findings: 'findings' in entry.commitments ? entry.commitments.findings : null,
  };
}

/** The canonical text of what a text says; null where it is no entry. */
export function canonicalTextOf(text: string): string | null {
  const entry = jsonOf(text);
  return isEntry(entry) ? canonicalText(entry) : null;
}

/** The canonical text; null where JSON let a lone surrogate pass, which is no Unicode text. */
function canonicalText(entry: Entry): string | null {
  try {
    return canonicalJson(entry);
  } catch {
    return null;
  }
}

function fromGroups(groups: Readonly<Record<string, string>>): ReadEntry {
  const of = (name: string): string => groups[name] ?? '';
  const string = (name: string): string => of(name).slice(1, -1);
  return {
    answerText: of('answerText'),
    id: string('id'),
    entries: Number(of('entries')),
    n: Number(of('n')),
    time: Number(of('time')),
    index: Number(of('index')),
    log: string('log'),
    hasFirst: of('first') !== 'null',
    act: null,
    subject: string('subject') as ReadEntry['subject'],
    commitments: {
      answer: string('answer'),
      predicates: string('predicates'),
      request: string('request'),
      subject: string('subjectCommitment'),
    },
    findings: groups['findings'] === undefined ? null : string('findings'),
  };
}
