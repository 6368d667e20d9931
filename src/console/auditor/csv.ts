import { dateTimeText } from '../shell/formats.ts';
import type { ListedEntry } from './asked-entries.ts';

/** Columns of the export. They are fixed, so that files of two days can be laid together. */
const COLUMNS = [
  ['time', ({ time }) => time],
  ['time_vn', ({ time }) => dateTimeText(time)],
  ['entry', ({ id }) => id],
  ['n', ({ n }) => n],
  ['agency', ({ agency }) => agency],
  ['client', ({ client }) => client],
  ['officer', ({ officer }) => officer],
  ['caller_kind', ({ callerKind }) => callerKind],
  ['purpose', ({ purpose }) => purpose],
  ['legal_basis', ({ legalBasis }) => legalBasis],
  ['case', ({ case: caseId }) => caseId],
  ['agreement', ({ agreement }) => agreement],
  ['agreement_version', ({ agreementVersion }) => agreementVersion],
  ['operation', ({ operationName }) => operationName],
  ['outcome', ({ outcome }) => outcome],
  ['code', ({ code }) => code],
  ['rule', ({ rule }) => rule],
  ['subject_kind', ({ subject }) => subject?.kind],
  ['subject', ({ subject }) => subject?.key],
  ['registers', ({ disclosed }) => (disclosed ?? []).map((part) => part?.register).join(' ')],
  ['fields', ({ disclosed }) => (disclosed ?? []).flatMap((part) => part?.coordinates ?? []).join(' ')],
] as const satisfies readonly (readonly [
  name: string,
  read: (entry: ListedEntry) => string | number | null | undefined,
])[];

/** CSV by RFC 4180 with a byte order mark, without which spreadsheets take Vietnamese for another encoding. */
export function csvOf(entries: readonly ListedEntry[]): string {
  const head = COLUMNS.map(([name]) => name).join(',');
  const rows = entries.map((entry) => COLUMNS.map(([, read]) => cellOf(read(entry))).join(','));
  return `\u{FEFF}${[head, ...rows].map((row) => `${row}\r\n`).join('')}`;
}

/** One cell. A text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection). */
function cellOf(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
