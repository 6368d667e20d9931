import { openExport } from '../verify/export-folder.ts';
import type { OpenFile } from '../verify/readable-file.ts';
import { faultOr } from '../verify/tampering.ts';
import { callKey, callsOf, type AnswerCall } from './answer-calls.ts';
import { createBlindKey } from './blind-key.ts';
import { compareCall, FINDINGS, type CallFacts, type Finding, type FindingKind } from './compare-call.ts';
import { Partitions } from './partitions.ts';
import { registerLines, type RegisterLine } from './register-lines.ts';
import { Unreadable } from './unreadable.ts';
import type { Window } from './window.ts';

/** Findings that a result lists; all are counted. */
const LISTED = 1000;

export interface ReconcileInput {
  /** Folders of exports: one a log, as the registers' logs have the calls of all instances. */
  readonly exports: readonly string[];
  readonly registers: readonly { readonly register: string; readonly file: string }[];
  readonly window: Window;
  /** Of registers' files; absent: as files of an export. */
  readonly open?: OpenFile;
}

/** What does not agree. Plain data, no keys of persons. */
export interface ReconcileResult {
  readonly verdict: 'agree' | 'differ';
  readonly counts: Readonly<Record<FindingKind, number>>;
  /** The first ones. */
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly removed: number;
  readonly lines: number;
  /** Ids in both logs or in one. */
  readonly calls: number;
  /** Calls of registers whose logs were not given. */
  readonly notCompared: number;
  readonly unanswered: number;
  readonly atEdge: number;
  /** Persons that registers were asked about, by call, and no entry that names the call is about. */
  readonly unnamed: number;
}

type Fact = { readonly line: RegisterLine } | { readonly call: AnswerCall };

/**
 * Matches registers' lines and entries by the id of the call. Spreads both over temporary files first: memory does not
 * grow with the logs. Throws Unreadable for what is no log, and what the file system throws.
 */
export function reconcile(
  { exports, registers, window, open }: ReconcileInput,
  onProgress: (read: number) => void = () => undefined,
): ReconcileResult {
  const blindKey = createBlindKey();
  const facts = new Partitions<Fact>();
  const read = { entries: 0, removed: 0, lines: 0, notCompared: 0 };
  try {
    const given = new Set(registers.map(({ register }) => register));
    for (const path of exports) {
      for (const call of callsOf(folderOf(path), blindKey, read)) {
        if (given.has(call.register)) facts.add(callKey(call), { call });
        else read.notCompared += 1;
        if (read.entries % 8192 === 0) onProgress(read.entries + read.lines);
      }
    }
    for (const { register, file } of registers) {
      for (const line of registerLines(register, file, blindKey, open)) {
        facts.add(callKey(line), { line });
        read.lines += 1;
        if (read.lines % 8192 === 0) onProgress(read.entries + read.lines);
      }
    }
    return { ...compareAll(facts, window), ...read };
  } finally {
    facts.close();
  }
}

function folderOf(path: string): ReturnType<typeof openExport> {
  const opened = faultOr(() => openExport(path));
  if ('value' in opened) return opened.value;
  throw new Unreadable(`${path} is no export: ${opened.fault.detail}`);
}

function compareAll(
  facts: Partitions<Fact>,
  window: Window,
): Pick<ReconcileResult, 'verdict' | 'counts' | 'findings' | 'calls' | 'unanswered' | 'atEdge' | 'unnamed'> {
  const counts = Object.fromEntries(Object.keys(FINDINGS).map((kind) => [kind, 0])) as Record<
    FindingKind,
    number
  >;
  const findings: Finding[] = [];
  let calls = 0;
  let unanswered = 0;
  let atEdge = 0;
  let unnamed = 0;
  for (const part of facts.read()) {
    for (const one of byCall(part)) {
      const verdict = compareCall(one, window);
      calls += 1;
      unanswered += Number(verdict.isUnanswered);
      atEdge += Number(verdict.isAtEdge);
      unnamed += verdict.unnamed;
      for (const finding of verdict.findings) {
        counts[finding.kind] += 1;
        if (findings.length < LISTED) findings.push(finding);
      }
    }
  }
  findings.sort((a, b) => a.time.localeCompare(b.time) || a.requestId.localeCompare(b.requestId));
  const verdict = findings.length === 0 ? 'agree' : 'differ';
  return { verdict, counts, findings, calls, unanswered, atEdge, unnamed };
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
