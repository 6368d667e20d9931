import type { OpenedAnswer } from '../../access-log/read/opened-answer.ts';
import type { EntryOutcome } from '../../access-log/read/opened-answer.ts';
import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';
import type { Subject } from '../../disclosure/subject.ts';

/** The part of one entry that early warning judges on: the subject and the outcome. */
export interface WatchedAccess {
  readonly subject: Subject;
  readonly outcome: EntryOutcome;
  readonly rule: RowRuleName | null;
  /** Findings of the gate, 6 characters (policy/row-rules/caller-findings.ts); null in an entry of version 1. */
  readonly findings: string | null;
  /** The dossiers in whose name the subject was read. */
  readonly cases: readonly string[];
  readonly coordinates: readonly string[];
}

/** One answer of the access log, opened. It is held in the watch's thread alone. */
export interface WatchedAnswer {
  /** X-Access-Entry: the only name of an answer that leaves the thread. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly client: string;
  readonly kind: string;
  readonly officer: string;
  /** Client and officer account; for a citizen the channel and the citizen. */
  readonly actor: string;
  /** A system that asks by itself, or citizens through a channel: no officer who has working hours. */
  readonly isSystem: boolean;
  readonly purpose: string;
  readonly caseId: string | null;
  /** The agreement's digest, which changes with each version. */
  readonly agreement: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly accesses: readonly WatchedAccess[];
}

/** Takes from an opened answer what the watch judges on. */
export function watchedAnswer({ head, citizen, entries }: OpenedAnswer): WatchedAnswer {
  const { caller } = head;
  return {
    id: head.id,
    time: head.time,
    client: caller.client,
    kind: caller.kind,
    officer: caller.officer,
    actor: `${caller.client} ${citizen ?? caller.officer}`,
    isSystem: citizen !== null || caller.officer === caller.client,
    purpose: head.purpose ?? '',
    caseId: head.case,
    agreement: head.agreement?.digest ?? null,
    code: head.code,
    reason: head.reason,
    accesses: entries
      .filter(({ subject }) => subject.kind !== 'none')
      .map(({ subject, outcome, rule, findings, caseIds, disclosed }) => ({
        subject,
        outcome,
        rule,
        findings,
        cases: caseIds.length > 0 ? caseIds : head.case === null ? [] : [head.case],
        coordinates: disclosed.flatMap(({ coordinates }) => coordinates),
      })),
  };
}
