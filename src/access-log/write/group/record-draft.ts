import { canonicalJson } from '../../../log-format/canonical-json.ts';
import type {
  RegisterDisclosure,
  SubjectDisclosure,
  SubjectOutcome,
} from '../../../disclosure/disclosure-recorder.ts';
import { NO_FINDINGS } from '../../../policy/row-rules/caller-findings.ts';
import { ruleNamed } from '../../../policy/row-rules/rule-named.ts';
import type { LogRecord } from '../../entry/access-log-writer.ts';
import type { AnswerRecord } from '../../entry/answer-record.ts';
import { letterOf } from '../../entry/rule-letters.ts';
import { actDraft } from './act-draft.ts';
import {
  joinEntryLines,
  mustBeReadable,
  nobodyLines,
  type EntryLines,
  type RecordDraft,
} from './draft-lines.ts';

/** The draft of an answer or of an act of the gateway. Throws as `answerDraft` and `actDraft` do. */
export function draftOf(record: LogRecord): RecordDraft {
  return 'detail' in record ? actDraft(record) : answerDraft(record);
}

/**
 * Writes an answer's entries as FORMAT.md has them. It runs on the request's own thread, hence the care: canonical JSON
 * (RFC 8785) is written by hand, and lists of coordinates that many answers share are the same object, so that each is
 * turned into text once. Throws RangeError for what no verifier would read, and TypeError for what no JSON can say.
 */
function answerDraft(record: AnswerRecord): RecordDraft {
  const { subjects } = record;
  const first = firstText(record);
  const head = headText(record);
  mustBeReadable(head, first);
  return {
    id: record.id,
    time: record.time,
    head,
    ...(subjects.length === 0 ? nobodyLines(first) : subjectLines(subjects, first)),
    operation: operationText(record),
    requestDigest: record.requestDigest,
    answerDigest: record.answerDigest,
    documents: record.documents,
    wantsReceipt: record.wantsReceipt,
  };
}

function subjectLines(subjects: readonly SubjectDisclosure[], first: string): EntryLines {
  return joinEntryLines(
    subjects.map((entry, n) => ({
      cases: listText(entry.caseIds),
      after: afterText(entry, n, n === 0 ? first : 'null'),
      subject: `{"key":${quote(entry.subject.key)},"kind":"${entry.subject.kind}"}`,
      inputs: entry.inputs + letterOf(entry.rule),
      findings: entry.findings ?? NO_FINDINGS,
      // A hidden person and an unknown one look alike, asked for or met on the way.
      isTold: toldOutcome(entry) !== 'not-found',
    })),
  );
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

/**
 * The part that concerns the answer as a whole stands in its first entry alone, since a mass answer must not repeat it.
 */
function firstText({ upstream, denied }: AnswerRecord): string {
  const calls = upstream.map(({ register, requestId }) => `[${known(register)},${quote(requestId)}]`).join();
  return `{"calls":[${calls}],"denied":${listText(denied)},"detail":null}`;
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

/** Quotes each text of a list like `quote`. */
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
