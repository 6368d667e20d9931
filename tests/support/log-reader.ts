import type { KeyRing } from '../../src/config/secrets/key-rings.ts';
import type { AnswerRecord } from '../../src/access-log/entry/answer-record.ts';
import {
  GroupOpener,
  hashesFrom,
  openAnswer,
  type AnswerParts,
  type EntryOutcome,
  type OpenedAnswer,
} from '../../src/access-log/read/opened-answer.ts';
import type { FullGroup, LogRows } from '../../src/access-log/stores/log-rows.ts';
import { openSqliteRows } from '../../src/access-log/stores/sqlite/sqlite-rows.ts';
import type { RegisterDisclosure } from '../../src/disclosure/disclosure-recorder.ts';
import type { Subject } from '../../src/disclosure/subject.ts';
import type { LegalBasis } from '../../src/policy/agreement/agreement.ts';
import { ruleNamed } from '../../src/policy/row-rules/rule-named.ts';
import type { RowRuleName } from '../../src/policy/row-rules/row-rule.ts';

export { AccessLogNotGenuine } from '../../src/access-log/read/opened-answer.ts';

export interface ReadEntry {
  readonly n: number;
  readonly subject: Subject;
  readonly outcome: EntryOutcome;
  readonly rule: RowRuleName | null;
  readonly inputs: string;
  readonly legalBasis: LegalBasis | null;
  readonly caseIds: readonly string[];
  readonly disclosed: readonly RegisterDisclosure[];
}

/** An answer as it was written, but for the texts that it names. */
export interface ReadAnswer {
  readonly answer: Omit<AnswerRecord, 'subjects' | 'documents' | 'wantsReceipt'> & {
    /** What an act of the gateway did; null for an answer. */
    readonly detail: object | null;
  };
  readonly entries: readonly ReadEntry[];
}

/** The access log of a folder, read at once. */
export interface TestLogReader {
  /** Null where there is none. Throws AccessLogNotGenuine. */
  answer(id: string): ReadAnswer | null;
  opened(id: string): OpenedAnswer | null;
  /** Ids of all answers, in the order of writing. */
  answerIds(): readonly string[];
  /** Number of entries. */
  size(): number;
  close(): void;
}

export function openLogReader(settings: {
  readonly directory: string;
  readonly sealKeys: KeyRing;
}): TestLogReader {
  const rows = openSqliteRows(settings.directory);
  const opener = new GroupOpener(settings.sealKeys);
  const [log = ''] = rows.logs();
  const opened = (id: string): OpenedAnswer | null => {
    const stored = rows.answerById(id);
    if (!stored) return null;
    const [group] = rows.groupsFrom(log, stored.group, 1);
    if (!group) return null;
    opener.learn(rows.sealKeys(opener.missing([group.sealKey])));
    const place = group.answers.findIndex((one) => one.id === id);
    return openAnswer(stored, partsOf(opener, group, place));
  };
  return {
    opened,
    answer(id) {
      const answer = opened(id);
      return answer && readAnswer(answer);
    },
    answerIds() {
      const ids: string[] = [];
      for (let leaf = 0; ;) {
        const groups = rows.groupsFrom(log, leaf, 500);
        const last = groups.at(-1);
        if (!last) return ids;
        for (const { answers } of groups) ids.push(...answers.map(({ id }) => id));
        leaf = last.firstLeaf + last.leaves;
      }
    },
    size: () => rows.end(log)?.size ?? 0,
    close: () => rows.close(),
  };
}

/** The same of any store. */
export interface TestRowsReader {
  answer(id: string): Promise<ReadAnswer | null>;
  opened(id: string): Promise<OpenedAnswer | null>;
  answerIds(): Promise<readonly string[]>;
  /** All groups, in order. */
  groups(): Promise<readonly FullGroup[]>;
  size(): Promise<number>;
}

/** Over rows that the caller closes. */
export function openRowsReader(rows: LogRows, sealKeys: KeyRing, log: string): TestRowsReader {
  const opener = new GroupOpener(sealKeys);
  const opened = async (id: string): Promise<OpenedAnswer | null> => {
    const stored = await rows.answerById(id);
    if (!stored) return null;
    const [group] = await rows.groupsFrom(stored.log, stored.group, 1);
    if (!group) return null;
    await opener.learnKeysOf([group], rows);
    const place = group.answers.findIndex((one) => one.id === id);
    return openAnswer(stored, partsOf(opener, group, place));
  };
  const groups = async (): Promise<readonly FullGroup[]> => {
    const all: FullGroup[] = [];
    for (let leaf = 0; ;) {
      const some = await rows.groupsFrom(log, leaf, 500);
      const last = some.at(-1);
      if (!last) return all;
      all.push(...some);
      leaf = last.firstLeaf + last.leaves;
    }
  };
  return {
    opened,
    async answer(id) {
      const answer = await opened(id);
      return answer && readAnswer(answer);
    },
    answerIds: async () => (await groups()).flatMap(({ answers }) => answers.map(({ id }) => id)),
    groups,
    size: async () => (await rows.end(log))?.size ?? 0,
  };
}

function partsOf(opener: GroupOpener, group: FullGroup, place: number): AnswerParts | undefined {
  const openings = opener.open(group)?.[place];
  const first = group.answers[place]?.firstLeaf ?? group.firstLeaf;
  return openings && { openings, leafHashes: hashesFrom(group, first) };
}

function readAnswer({ head, first, citizen, entries, openings }: OpenedAnswer): ReadAnswer {
  const { caller, agreement, operation } = head;
  const inputs = entries[0]?.predicates.operation ?? null;
  return {
    answer: {
      id: head.id,
      time: head.time,
      instance: head.instance,
      client: caller.client,
      agency: caller.agency ?? '',
      callerKind: caller.kind,
      officer: caller.officer,
      tokenKey: caller.key,
      citizen,
      purpose: head.purpose,
      legalBasis: head.legalBasis,
      release: head.release,
      caseId: head.case,
      agreement,
      operationName: operation?.name ?? null,
      operationHash: operation?.hash ?? null,
      operationInputs:
        inputs?.arguments === undefined || inputs.conditions === undefined || inputs.index === undefined
          ? null
          : { arguments: inputs.arguments, conditions: inputs.conditions, index: inputs.index },
      outcome: head.outcome,
      code: head.code,
      reason: head.reason,
      denied: first.denied,
      detail: first.detail,
      requestId: head.requestId,
      traceId: head.traceId,
      upstream: first.calls.map(([register, requestId]) => ({ register, requestId })),
      requestDigest: JSON.parse(openings.request.value) as string,
      answerDigest: JSON.parse(openings.answer.value) as string,
    },
    entries: entries.map(({ n, subject, outcome, rule, predicates, caseIds, disclosed }) => ({
      n,
      subject,
      outcome,
      rule,
      inputs: predicates.inputs,
      legalBasis: rule === null ? null : ruleNamed(rule).legalBasis,
      caseIds,
      disclosed,
    })),
  };
}
