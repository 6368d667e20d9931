import { setTimeout as wait } from 'node:timers/promises';

import { Random } from '../country/random.ts';
import type { Answer, AnswerRow, FaultFormat } from './answer.ts';
import { ConnectionDropped, type MockResponse, type SentHow, ServiceOut } from './exchange.ts';
import type { Fault } from './faults.ts';

/** An error page of something in front of the service. */
const PAGE = '<html><body><h1>Upstream connect error</h1></body></html>';
const DAY_MS = 86_400_000;

type RowFault = Extract<
  Fault,
  { fault: 'omit-row' | 'double-row' | 'swap-row' | 'stray-row' | 'wrong-shape' }
>;

/**
 * Spoils a finished answer: the service has done and logged its work, what breaks is the answer on its way.
 * Throws where a fault cannot be applied, so that no test passes without the fault that it asked for.
 */
export async function applyFaults(
  answer: Answer,
  faults: readonly Fault[],
  format: FaultFormat,
): Promise<MockResponse> {
  let rows = answer.rows;
  let rewrite: (body: string) => string = (body) => body;
  let { status, contentType } = answer;
  let sent: SentHow | undefined;
  for (const fault of faults) {
    switch (fault.fault) {
      case 'delay':
        await wait(fault.ms, undefined, { ref: false });
        break;
      case 'hang':
        return new Promise<never>(() => {});
      case 'drop':
        throw new ConnectionDropped();
      case 'status':
        status = fault.status;
        rewrite = () => PAGE;
        break;
      case 'cut':
        rewrite = (body) => body.slice(0, Math.floor(body.length / 2));
        break;
      case 'empty-object':
        rewrite = () => format.emptyObject;
        break;
      case 'empty-array':
        rewrite = () => '[]';
        break;
      case 'no-rows':
        rows = [];
        break;
      case 'reorder':
        rows = rows.toReversed();
        break;
      case 'latency':
        await wait(timeOf(fault.p50, fault.p99), undefined, { ref: false });
        break;
      case 'outage':
        throw new ServiceOut(fault.ms);
      case 'reset':
        sent = { how: 'reset' };
        break;
      case 'drip':
        sent = { how: 'drip', ms: fault.ms };
        break;
      case 'charset':
        sent = { how: 'charset' };
        break;
      case 'page':
        contentType = 'text/html; charset=utf-8';
        rewrite = () => PAGE;
        break;
      case 'stale':
        rows = rows.map((row) => ({ ...row, asOf: daysBefore(row.asOf, fault.days) }));
        break;
      case 'renamed':
        rows = rows.map((row) => ({ ...row, content: renamed(row.content) }));
        break;
      case 'partial':
        rows = rows.slice(0, Math.floor(rows.length / 2));
        break;
      case 'wrong-shape':
        if (fault.where === 'envelope') rewrite = () => format.wrongEnvelope;
        else rows = spoilRows(rows, fault, format);
        break;
      default:
        rows = spoilRows(rows, fault, format);
    }
  }
  return {
    status,
    headers: { 'content-type': contentType },
    body: rewrite(answer.render(rows)),
    ...(sent === undefined ? {} : { sent }),
  };
}

/** The standard normal deviate that one value in a hundred exceeds. */
const Z99 = 2.326;

const TIMES = new Random(20_261_121);

/** A log-normal time in milliseconds. */
function timeOf(p50: number, p99: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - TIMES.unit())) * Math.cos(2 * Math.PI * TIMES.unit());
  return (
    Math.max(p50, 0.1) * Math.exp((normal * Math.log(Math.max(p99, p50, 0.1) / Math.max(p50, 0.1))) / Z99)
  );
}

function daysBefore(day: string | undefined, days: number): string {
  const from = day === undefined ? Date.now() : Date.parse(day);
  return new Date(from - days * DAY_MS).toISOString().slice(0, 10);
}

/** Elements of XML and members of JSON under new names. */
function renamed(content: string): string {
  return content.replaceAll(/<(\/?)([A-Za-z]\w*)/g, '<$1$2_V2').replaceAll(/"([A-Za-z]\w*)":/g, '"$1_v2":');
}

function spoilRows(rows: readonly AnswerRow[], fault: RowFault, format: FaultFormat): readonly AnswerRow[] {
  switch (fault.fault) {
    case 'wrong-shape': {
      const isMeant = (row: AnswerRow) =>
        row.content !== '' && (fault.key === undefined || row.key === fault.key);
      if (!rows.some(isMeant)) throw notApplicable(fault);
      return rows.map((row) => (isMeant(row) ? { ...row, content: format.breakRecord(row.content) } : row));
    }
    case 'omit-row': {
      const at = indexOf(rows, fault);
      return rows.filter((_, index) => index !== at);
    }
    case 'double-row': {
      const row = rows[indexOf(rows, fault)];
      return row === undefined ? rows : [...rows, row];
    }
    case 'swap-row': {
      const at = indexOf(rows, fault);
      return rows.map((row, index) =>
        index === at ? { ...row, isFound: true, content: foreignContent(rows, row, fault, format) } : row,
      );
    }
    case 'stray-row': {
      const like = rows.find((row) => row.content !== '') ?? rows[0];
      if (like === undefined) throw notApplicable(fault);
      const key = fault.otherKey ?? [...like.key].toReversed().join('');
      const content = format.contentOf(like.kind, key) ?? like.content;
      return [...rows, { ...like, key, content, isFound: true, refused: [] }];
    }
  }
}

function foreignContent(
  rows: readonly AnswerRow[],
  row: AnswerRow,
  fault: Extract<Fault, { fault: 'swap-row' }>,
  format: FaultFormat,
): string {
  const content =
    fault.otherKey === undefined
      ? rows.find((one) => one.kind === row.kind && one.key !== row.key && one.content !== '')?.content
      : format.contentOf(row.kind, fault.otherKey);
  if (content === undefined || content === row.content) throw notApplicable(fault);
  return content;
}

/** The row meant by the fault: the one with its key, else the first that has a record. */
function indexOf(
  rows: readonly AnswerRow[],
  fault: RowFault & { readonly key?: string | undefined },
): number {
  const at =
    fault.key === undefined
      ? Math.max(
          rows.findIndex((row) => row.content !== ''),
          0,
        )
      : rows.findIndex((row) => row.key === fault.key);
  if (rows[at] === undefined) throw notApplicable(fault);
  return at;
}

function notApplicable(fault: Fault): Error {
  return new Error(`The fault ${fault.fault} cannot be applied to this answer.`);
}
