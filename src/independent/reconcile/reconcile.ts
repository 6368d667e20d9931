import { openExport } from '../verify/reading/export-folder.ts';
import { isoTime } from '../../log-format/iso-time.ts';
import type { OpenFile } from '../verify/reading/readable-file.ts';
import { faultOr } from '../verify/faults/tampering.ts';
import { callKey, callsOf, type AnswerCall, type AnswerCallCounts } from './calls/answer-calls.ts';
import { createBlindKey } from './keys/blind-key.ts';
import {
  compareCall,
  FINDINGS,
  type CallFacts,
  type Finding,
  type FindingKind,
} from './calls/compare-call.ts';
import type { Coverage } from './coverage.ts';
import { Outages, type OutageCalls } from './outages.ts';
import { Partitions } from './keys/partitions.ts';
import { registerLines, type RegisterLine } from './calls/register-lines.ts';
import { UnreadableInput } from './keys/unreadable-input.ts';
import type { Window } from './window.ts';

export const RECONCILE_LIMITS = {
  listed: {
    value: 1000,
    unit: 'findings',
    why: 'A result lists so many findings of each kind and counts them all.',
  },
  registers: {
    value: 20,
    unit: 'registers',
    why: 'Entries may be hostile, so that a result names no more registers.',
  },
} as const;

export interface ReconcileInput {
  /** Folders of exports: one a log, as the registers' logs have the calls of all instances. */
  readonly exports: readonly string[];
  readonly registers: readonly { readonly register: string; readonly file: string }[];
  readonly window: Window;
  /** Opens the registers' files. Where it is absent they are opened like files of an export. */
  readonly open?: OpenFile;
}

/** The findings, as plain data without keys of persons. */
export interface ReconcileResult {
  /** `not-compared`: nothing differs, and there was nothing to compare, or not with every register. */
  readonly verdict: 'agree' | 'differ' | 'not-compared';
  readonly counts: Readonly<Record<FindingKind, number>>;
  /** The first ones. */
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly removed: number;
  readonly lines: number;
  /** Ids of calls that were compared: in both logs, or in one and missed in the other. */
  readonly calls: number;
  /** Ids whose times lie outside of the time compared. */
  readonly outside: number;
  /** Calls of registers whose logs were not given. */
  readonly notCompared: number;
  readonly unanswered: number;
  readonly atEdge: number;
  /** Calls without an entry that came after the last one: the export ends before them. */
  readonly afterEnd: number;
  /** ISO 8601, of the last entry; null where there is none. */
  readonly lastEntry: string | null;
  /** Calls without an entry in an outage that a log states. */
  readonly duringOutage: number;
  /** Outages in the compared time, as the logs themselves state them. */
  readonly outages: readonly OutageCalls[];
  /** Registers of which no entry names a call, and how many of their lines were not compared for that. */
  readonly unknownRegisters: readonly { readonly register: string; readonly lines: number }[];
  /** The first registers whose calls the entries name. */
  readonly registers: readonly string[];
  /** Persons that registers were asked about, by call, and no entry that names the call is about. */
  readonly unnamed: number;
}

type Fact = { readonly line: RegisterLine } | { readonly call: AnswerCall };

/**
 * Matches registers' lines and entries by the id of the call. Spreads both over temporary files first: memory does not
 * grow with the logs. Throws UnreadableInput for what is no log, and what the file system throws.
 */
export function reconcile(
  input: ReconcileInput,
  onProgress: (read: number) => void = () => undefined,
): ReconcileResult {
  const { window } = input;
  const facts = new Partitions<Fact>();
  try {
    const { unknown, empty, ...read } = readAll(input, facts, onProgress);
    const outages = new Outages(read.outages, window.tolerance);
    const compared = compareAll(facts, { window, lastEntry: read.lastEntry, outages }, unknown);
    const accused = empty.find((register) => compared.findings.some((one) => one.register === register));
    // A file that was never filled would accuse each call of the log.
    if (accused !== undefined) {
      throw new UnreadableInput(
        `The log of ${accused} has no line, though the export has calls of it: it was not exported, or is another file.`,
      );
    }
    const unknownRegisters = [...unknown].map(([register, lines]) => ({ register, lines }));
    const isAll = compared.calls > 0 && unknownRegisters.every(({ lines }) => lines === 0);
    return {
      ...read,
      unknownRegisters,
      ...compared,
      verdict: compared.findings.length > 0 ? 'differ' : isAll ? 'agree' : 'not-compared',
      lastEntry: Number.isFinite(read.lastEntry) ? isoTime(read.lastEntry) : null,
      outages: outages.counted.filter(({ from, to }) => from < window.to && to >= window.from),
    };
  } finally {
    facts.close();
  }
}

interface ReadLogs extends AnswerCallCounts, Pick<ReconcileResult, 'lines' | 'notCompared' | 'registers'> {
  /** Registers of which no entry names a call; for lines to be counted. */
  readonly unknown: Map<string, number>;
  /** Registers whose logs have no line. */
  readonly empty: readonly string[];
}

function readAll(
  { exports, registers, open }: ReconcileInput,
  facts: Partitions<Fact>,
  onProgress: (read: number) => void,
): ReadLogs {
  const blindKey = createBlindKey();
  const counts: AnswerCallCounts = { entries: 0, removed: 0, lastEntry: -Infinity, outages: [] };
  const unknown = new Map(registers.map(({ register }) => [register, 0]));
  const given = new Set(unknown.keys());
  const named = new Set<string>();
  let notCompared = 0;
  for (const path of exports) {
    for (const call of callsOf(folderOf(path), blindKey, counts)) {
      if (named.size < RECONCILE_LIMITS.registers.value) named.add(call.register);
      unknown.delete(call.register);
      if (given.has(call.register)) facts.add(callKey(call), { call });
      else notCompared += 1;
      if (counts.entries % 8192 === 0) onProgress(counts.entries);
    }
  }
  let lines = 0;
  const empty: string[] = [];
  for (const { register, file } of registers) {
    const before = lines;
    for (const line of registerLines(register, file, blindKey, open)) {
      facts.add(callKey(line), { line });
      lines += 1;
      if (lines % 8192 === 0) onProgress(counts.entries + lines);
    }
    if (lines === before) empty.push(register);
  }
  return { ...counts, lines, empty, notCompared, registers: [...named].sort(), unknown };
}

function folderOf(path: string): ReturnType<typeof openExport> {
  const opened = faultOr(() => openExport(path));
  if ('value' in opened) return opened.value;
  throw new UnreadableInput(`${path} is no export: ${opened.fault.detail}`);
}

function compareAll(facts: Partitions<Fact>, coverage: Coverage, unknown: Map<string, number>) {
  const counts = Object.fromEntries(Object.keys(FINDINGS).map((kind) => [kind, 0])) as Record<
    FindingKind,
    number
  >;
  const findings: Finding[] = [];
  const absent = { outage: 0, 'after-end': 0, 'at-edge': 0, outside: 0 };
  let [calls, unanswered, duringOutage, unnamed] = [0, 0, 0, 0];
  for (const part of facts.read()) {
    for (const one of byCall(part)) {
      const verdict = compareCall(one, coverage);
      for (const call of one.calls) coverage.outages.countWritten(call);
      const register = one.lines[0]?.register ?? '';
      const unknownLines = unknown.get(register);
      // A name that no entry has, misspelt perhaps: its lines accuse nobody.
      if (unknownLines !== undefined && verdict.absence !== 'outage') {
        unknown.set(register, unknownLines + one.lines.length);
        continue;
      }
      if (verdict.absence === null) calls += 1;
      else absent[verdict.absence] += 1;
      if (verdict.outageAt !== null) {
        duringOutage += 1;
        coverage.outages.countAbsent(verdict.outageAt);
      }
      unanswered += Number(verdict.isUnanswered);
      unnamed += verdict.unnamed;
      for (const finding of verdict.findings) {
        counts[finding.kind] += 1;
        if (findings.length < RECONCILE_LIMITS.listed.value) findings.push(finding);
      }
    }
  }
  findings.sort((a, b) => a.time.localeCompare(b.time) || a.requestId.localeCompare(b.requestId));
  const { outside, 'after-end': afterEnd, 'at-edge': atEdge } = absent;
  return { counts, findings, calls, outside, unanswered, atEdge, afterEnd, duringOutage, unnamed };
}

function byCall(part: readonly Fact[]): Iterable<CallFacts> {
  const calls = new Map<string, { lines: RegisterLine[]; calls: AnswerCall[] }>();
  for (const fact of part) {
    const key = callKey('line' in fact ? fact.line : fact.call);
    let own = calls.get(key);
    if (!own) calls.set(key, (own = { lines: [], calls: [] }));
    if ('line' in fact) own.lines.push(fact.line);
    else own.calls.push(fact.call);
  }
  return calls.values();
}
