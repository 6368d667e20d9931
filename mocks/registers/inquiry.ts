import type { AnswerRow, Refusal } from '../servers/answer.ts';
import type { RegisterLog } from './register-log.ts';

export interface Requester {
  readonly officer: string;
  readonly dossier: string;
}

export interface InquiryItem {
  readonly kind: string;
  readonly key: string;
  readonly requesters: readonly Requester[];
}

/** A request after authentication and parsing, the same for every register. */
export interface Inquiry {
  readonly requestId: string;
  readonly client: string;
  readonly purpose: string;
  readonly operation: string;
  readonly items: readonly InquiryItem[];
}

/** A record in wire format. */
export interface WireRecord {
  readonly content: string;
  readonly asOf?: string;
}

export type RecordReader = (kind: string, key: string) => WireRecord | undefined;

/** Gives the code with which the register refuses an officer, or undefined. */
export type RefusalRule = (officer: string, key: string) => string | undefined;

/** The largest number of items a call (modelled). */
export const MAX_ITEMS = 100;

/** Modelled: accounts named `refused.*` have no right (`005`), `refused.004.*` no licensed procedure. */
export const demoRefusalRule: RefusalRule = (officer) => {
  if (!officer.startsWith('refused.')) return undefined;
  return officer.startsWith('refused.004.') ? '004' : '005';
};

/** Logs the whole inquiry, then reads one row an item. */
export function answerInquiry(
  inquiry: Inquiry,
  log: RegisterLog,
  read: RecordReader,
  refusalOf: RefusalRule,
): readonly AnswerRow[] {
  logInquiry(inquiry, log);
  return inquiry.items.map((item) => rowOf(item, read, refusalOf));
}

export function logInquiry(inquiry: Inquiry, log: RegisterLog): void {
  const time = new Date().toISOString();
  const { requestId, client, purpose, operation } = inquiry;
  for (const { kind, key, requesters } of inquiry.items) {
    // An item that names nobody is still an item asked.
    for (const { officer, dossier } of requesters.length === 0 ? [NOBODY] : requesters) {
      log.add({ time, requestId, client, purpose, operation, kind, key, officer, dossier });
    }
  }
}

const NOBODY: Requester = { officer: '', dossier: '' };

function rowOf(item: InquiryItem, read: RecordReader, refusalOf: RefusalRule): AnswerRow {
  const { kind, key } = item;
  const refused = refusalsOf(item, refusalOf);
  const record = read(kind, key);
  if (record === undefined) return { kind, key, isFound: false, content: '', refused };
  return {
    kind,
    key,
    isFound: true,
    content: record.content,
    refused,
    ...(record.asOf === undefined ? {} : { asOf: record.asOf }),
  };
}

function refusalsOf(item: InquiryItem, refusalOf: RefusalRule): readonly Refusal[] {
  const refused: Refusal[] = [];
  for (const { officer } of item.requesters) {
    const code = refusalOf(officer, item.key);
    if (code !== undefined && !refused.some((one) => one.officer === officer))
      refused.push({ officer, code });
  }
  return refused;
}

/**
 * The oldest date among the rows' records: an answer has one date, and none of its records is older. Without a record
 * it is that of the register's last transfer.
 */
export function dateOfRows(rows: readonly AnswerRow[], lastTransfer: string): string {
  let oldest: string | undefined;
  for (const { asOf } of rows) {
    if (asOf !== undefined && (oldest === undefined || asOf < oldest)) oldest = asOf;
  }
  return oldest ?? lastTransfer;
}
