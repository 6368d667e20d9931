import type { RegisterDisclosure, SubjectDisclosure } from '../disclosure/disclosure-recorder.ts';
import { ruleNamed } from '../policy/row-rules/rule-named.ts';
import type { AnswerRecord } from './entry.ts';
import { letterOf } from './rule-letters.ts';

/** A record on its way to the writer's thread: values of `ANSWER_COLUMNS` in their order, and whom it is about. */
export interface RecordColumns {
  readonly values: readonly (string | number | null)[];
  /** JSON `[[kind, key], ...]` in the order of the entries; sealed before it is written. */
  readonly subjects: string;
  /** JSON of the citizen who asks, or `null`; sealed too. */
  readonly citizen: string;
  /** Entries that this answer counts for. */
  readonly entries: number;
}

/** Columns of `answers` that the record fills, `entries` last. */
export const ANSWER_COLUMNS = [
  'id',
  'time',
  'instance',
  'client',
  'caller_kind',
  'officer',
  'purpose',
  'case_id',
  'agreement',
  'agreement_version',
  'operation_name',
  'operation_hash',
  'outcome',
  'code',
  'reason',
  'denied',
  'detail',
  'request_id',
  'trace_id',
  'upstream',
  'packed',
] as const;
export const ID_PLACE = ANSWER_COLUMNS.indexOf('id');
export const PACKED_PLACE = ANSWER_COLUMNS.indexOf('packed');

/**
 * Made on the request's own thread, hence the care: lists of coordinates that many answers share are the same object,
 * so that each is turned into text once.
 */
export function columnsOf(record: AnswerRecord): RecordColumns {
  const { subjects, agreement } = record;
  return {
    values: [
      record.id,
      record.time,
      record.instance,
      record.client,
      record.callerKind,
      record.officer,
      record.purpose,
      record.caseId,
      agreement?.id ?? null,
      agreement?.version ?? null,
      record.operationName,
      record.operationHash,
      record.outcome,
      record.code,
      record.reason,
      listText(record.denied),
      record.detail,
      record.requestId,
      record.traceId,
      upstreamText(record.upstream),
      packEntries(subjects),
    ],
    subjects: `[${subjects.map(sealedSubject).join()}]`,
    citizen: record.citizen === null ? 'null' : JSON.stringify(record.citizen),
    entries: Math.max(1, subjects.length),
  };
}

function sealedSubject({ subject: { kind, key }, rule }: SubjectDisclosure): string {
  return `[${quote(kind)},${JSON.stringify(key)},"${letterOf(rule)}"]`;
}

/**
 * What stands outside the seal. A denial that the caller was not told of reads as absence there too: callers know
 * their entries' ids, and must not learn from a stolen file what the answer kept from them.
 */
function openOutcome({ outcome, rule }: SubjectDisclosure): string {
  return outcome === 'denied' && rule !== null && !ruleNamed(rule).isTold ? 'not-found' : outcome;
}

/** `{"lists": [[coordinate, ...], ...], "rows": [[kind, outcome, [[register, list, cached, [upstream id, ...]], ...], cases?], ...]}` */
function packEntries(subjects: readonly SubjectDisclosure[]): string {
  if (subjects.length === 0) return NOBODY;
  const lists: (readonly string[])[] = [];
  let rows = '';
  for (const entry of subjects) {
    const { subject, caseIds } = entry;
    let parts = '';
    for (const part of entry.disclosed) parts += (parts === '' ? '' : ',') + packPart(part, lists);
    const cases = caseIds.length === 0 ? '' : `,${JSON.stringify(caseIds)}`;
    rows += `${rows === '' ? '' : ','}[${quote(subject.kind)},${quote(openOutcome(entry))},[${parts}]${cases}]`;
  }
  return `{"lists":[${lists.map(listText).join()}],"rows":[${rows}]}`;
}

function packPart(
  { register, coordinates, isCached, upstreamIds }: RegisterDisclosure,
  lists: (readonly string[])[],
): string {
  let list = lists.indexOf(coordinates);
  if (list < 0) list = lists.push(coordinates) - 1;
  const upstream = upstreamIds.length === 0 ? '[]' : JSON.stringify(upstreamIds);
  return `[${quote(register)},${list},${isCached},${upstream}]`;
}

/** An answer about nobody has one entry all the same. */
const NOBODY = '{"lists":[],"rows":[["none","nothing",[]]]}';

function upstreamText(upstream: AnswerRecord['upstream']): string {
  return upstream.length === 0 ? '[]' : JSON.stringify(upstream);
}

const listTexts = new WeakMap<readonly string[], string>();

function listText(list: readonly string[]): string {
  let text = listTexts.get(list);
  if (text === undefined) listTexts.set(list, (text = JSON.stringify(list)));
  return text;
}

/** Registers, kinds and outcomes are few; others are not remembered. */
const quoted = new Map<string, string>();
const MOST_QUOTED = 100;

function quote(text: string): string {
  let json = quoted.get(text);
  if (json === undefined) {
    json = JSON.stringify(text);
    if (quoted.size < MOST_QUOTED) quoted.set(text, json);
  }
  return json;
}
