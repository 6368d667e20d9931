import { canonicalJson, type JsonValue } from '../../../log-format/canonical-json.ts';
import type {
  RegisterDisclosure,
  SubjectDisclosure,
  SubjectOutcome,
} from '../../../disclosure/disclosure-recorder.ts';
import { NO_INPUTS } from '../../../policy/row-rules/rule-inputs.ts';
import { ruleNamed } from '../../../policy/row-rules/rule-named.ts';
import type { AnswerRecord, LoggedDocument } from '../../entry/answer-record.ts';
import { letterOf } from '../../entry/rule-letters.ts';

/**
 * A record on its way to the writer's thread: all text of its entries but the commitments, whose salts are made there, and
 * the places in the tree, which are known there.
 */
export interface RecordDraft {
  readonly id: string;
  readonly time: number;
  /** Canonical JSON of `answer`. */
  readonly head: string;
  /** Entries. */
  readonly count: number;
  // Lines, an entry each, in order: a text each way to the thread costs more than what stands in it.
  /** Canonical JSON of `cases`. */
  readonly cases: string;
  /** From `,"disclosed":` to the end of `subject`. */
  readonly afters: string;
  /** Canonical JSON of `{key, kind}`. */
  readonly subjects: string;
  /** Inputs and the rule's letter, 9 characters. */
  readonly inputs: string;
  /** Canonical JSON of what the operation's decision depended on. */
  readonly operation: string;
  readonly requestDigest: string;
  readonly answerDigest: string;
  readonly documents: readonly LoggedDocument[];
  readonly wantsReceipt: boolean;
  /** A character an entry, TOLD or UNTOLD: what the caller cannot know of stands in no receipt. */
  readonly told: string;
}

export const TOLD = '1';
const UNTOLD = '0';
/** Characters that an answer's first entry has beside its own: the verifier reads lines of 4 MiB. */
const MOST_SHARED = 1_000_000;
const NOBODY = '{"key":"","kind":"none"}';

/**
 * Made on the request's own thread, hence the care: canonical JSON (RFC 8785) is written by hand, and lists of coordinates that
 * many answers share are the same object, so that each is turned into text once. Throws RangeError for what no verifier would read,
 * and TypeError for what no JSON can say.
 */
export function draftOf(record: AnswerRecord): RecordDraft {
  const { subjects } = record;
  const first = firstText(record);
  const head = headText(record);
  if (first.length + head.length > MOST_SHARED) throw new RangeError('too long for an entry');
  return {
    id: record.id,
    time: record.time,
    head,
    ...(subjects.length === 0 ? nobody(first) : entryLines(subjects, first)),
    operation: operationText(record),
    requestDigest: record.requestDigest,
    answerDigest: record.answerDigest,
    documents: record.documents,
    wantsReceipt: record.wantsReceipt,
  };
}

type EntryLines = Pick<RecordDraft, 'count' | 'cases' | 'afters' | 'subjects' | 'inputs' | 'told'>;

function nobody(first: string): EntryLines {
  return {
    count: 1,
    cases: NO_LIST,
    afters: `,"disclosed":[],"first":${first},"n":0,"outcome":"nothing","rule":null,"subject":"none"`,
    subjects: NOBODY,
    inputs: `${NO_INPUTS}-`,
    told: TOLD,
  };
}

function entryLines(entries: readonly SubjectDisclosure[], first: string): EntryLines {
  let cases = '';
  let afters = '';
  let subjects = '';
  let inputs = '';
  let told = '';
  for (const [n, entry] of entries.entries()) {
    const { subject, rule } = entry;
    const end = n === 0 ? '' : '\n';
    cases += end + listText(entry.caseIds);
    afters += end + afterText(entry, n, n === 0 ? first : 'null');
    subjects += `${end}{"key":${quote(subject.key)},"kind":"${subject.kind}"}`;
    inputs += end + entry.inputs + letterOf(rule);
    // Somebody hidden and somebody whom nobody knows alike, whether asked for or met on the way.
    told += toldOutcome(entry) === 'not-found' ? UNTOLD : TOLD;
  }
  return { count: entries.length, cases, afters, subjects, inputs, told };
}

function headText(record: AnswerRecord): string {
  const { agreement, operationHash, operationName } = record;
  const agreementText =
    agreement === null
      ? 'null'
      : `{"digest":"${agreement.digest}","id":${known(agreement.id)},"version":${agreement.version}}`;
  const operation =
    operationHash === null ? 'null' : `{"hash":"${operationHash}","name":${quoteOrNull(operationName)}}`;
  return (
    `{"agreement":${agreementText},` +
    `"caller":{"agency":${known(record.agency)},"client":${known(record.client)},"key":${quoteOrNull(record.tokenKey)},` +
    `"kind":${known(record.callerKind)},"officer":${quote(record.officer)}},` +
    `"case":${quoteOrNull(record.caseId)},"code":${quoteOrNull(record.code)},` +
    `"entries":${Math.max(1, record.subjects.length)},"id":"${record.id}","instance":${known(record.instance)},` +
    `"legalBasis":${record.legalBasis === null ? 'null' : known(record.legalBasis)},"operation":${operation},` +
    `"outcome":"${record.outcome}","purpose":${record.purpose === null ? 'null' : known(record.purpose)},` +
    `"reason":${quoteOrNull(record.reason)},"release":${record.release},` +
    `"requestId":${quote(record.requestId)},"time":${record.time},"traceId":${quote(record.traceId)}}`
  );
}

/** What concerns the answer as a whole stands in its first entry alone: a mass answer must not repeat it. */
function firstText({ upstream, denied, detail }: AnswerRecord): string {
  const calls = upstream.map(({ register, requestId }) => `[${known(register)},${quote(requestId)}]`).join();
  return `{"calls":[${calls}],"denied":${listText(denied)},"detail":${detail === null ? 'null' : canonicalJson(detail as JsonValue)}}`;
}

function afterText(entry: SubjectDisclosure, n: number, first: string): string {
  const { rule } = entry;
  let parts = '';
  for (const part of entry.disclosed) parts += (parts === '' ? '' : ',') + partText(part);
  return (
    `,"disclosed":[${parts}],"first":${first},"n":${n},"outcome":"${toldOutcome(entry)}",` +
    `"rule":${rule === null || !isTold(entry) ? 'null' : `"${rule}"`},"subject":"${entry.subject.kind}"`
  );
}

/** Callers know their entries' ids, and must not learn from a stolen file what the answer kept from them. */
function toldOutcome(entry: SubjectDisclosure): SubjectOutcome {
  return entry.outcome === 'denied' && !isTold(entry) ? 'not-found' : entry.outcome;
}

function isTold({ rule }: SubjectDisclosure): boolean {
  return rule === null || ruleNamed(rule).isTold;
}

function partText({ register, status, age, isCached, coordinates, upstreamIds }: RegisterDisclosure): string {
  return (
    `{"age":"${age}","cached":${isCached},"coordinates":${listText(coordinates)},"register":${known(register)},` +
    `"status":"${status}","upstream":${upstreamIds.length === 0 ? NO_LIST : listJson(upstreamIds)}}`
  );
}

/** The asking citizen stands here: committed to with every entry, and told by none. */
function operationText({ operationInputs, citizen }: AnswerRecord): string {
  if (operationInputs === null && citizen === null) return 'null';
  const asker = citizen === null ? 'null' : quote(citizen);
  if (operationInputs === null) return `{"asker":${asker}}`;
  const { arguments: decided, conditions, index } = operationInputs;
  return `{"arguments":"${decided}","asker":${asker},"conditions":${canonicalJson(conditions)},"index":${index}}`;
}

const NO_LIST = '[]';
const listTexts = new WeakMap<readonly string[], string>();

function listText(list: readonly string[]): string {
  if (list.length === 0) return NO_LIST;
  let text = listTexts.get(list);
  if (text === undefined) listTexts.set(list, (text = listJson(list)));
  return text;
}

/** As `quote`, each. */
function listJson(list: readonly string[]): string {
  const isWellFormed = list.every((one) => one.isWellFormed());
  return JSON.stringify(isWellFormed ? list : list.map((one) => one.toWellFormed()));
}

/** A lone surrogate has no UTF-8, and RFC 8785 no form for it. */
function quote(text: string): string {
  return JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
}

function quoteOrNull(text: string | null): string {
  return text === null ? 'null' : quote(text);
}

/** Names of registers, systems, purposes are few; others are not remembered. */
const quoted = new Map<string, string>();
const MOST_QUOTED = 1_000;

function known(text: string): string {
  let json = quoted.get(text);
  if (json === undefined) {
    json = quote(text);
    if (quoted.size < MOST_QUOTED) quoted.set(text, json);
  }
  return json;
}
