import type { IndexBatch, IndexedAnswer, IndexedGap, IndexedSubject } from '../../stores/index-database.ts';
import type { FullGroup } from '../../stores/log-rows.ts';
import type { GroupOpener } from '../opened-answer.ts';
import type { SubjectTags } from './subject-tags.ts';

export type IndexedGroup = Pick<IndexBatch, 'answers' | 'subjects' | 'gaps'>;

type Answer = FullGroup['answers'][number];

const NOTHING: IndexedGroup = { answers: [], subjects: [], gaps: [] };

/**
 * Makes the index rows of a group. There are none where its answers were removed after their time, which the log itself
 * states of entries before `removedEnd`, and a gap where they are missing otherwise, where the group does not open or its
 * rows do not fit. Without the gap its entries would be missing from every search, and nobody would know.
 */
export function indexGroup(
  group: FullGroup,
  opener: GroupOpener,
  tags: SubjectTags,
  removedEnd: number,
): IndexedGroup {
  if (group.answers.length === 0) {
    const isRemoved = group.firstLeaf + group.leaves <= removedEnd;
    return isRemoved
      ? NOTHING
      : { ...NOTHING, gaps: [gapAt(group.log, group.firstLeaf, group.leaves, group.written)] };
  }
  const subjects = opener.subjectsIn(group);
  if (!subjects || !fit(group, subjects)) return { ...NOTHING, gaps: [gapOf(group)] };
  try {
    const heads = group.answers.map(({ head }) => JSON.parse(head) as Head);
    return {
      answers: group.answers.map((answer, place) => indexedAnswer(group.log, answer, heads[place] as Head)),
      subjects: group.answers.flatMap((answer, place) =>
        indexedSubjects(group.log, answer, heads[place] as Head, subjects[place] ?? [], tags),
      ),
      gaps: [],
    };
  } catch {
    return { ...NOTHING, gaps: [gapOf(group)] };
  }
}

/** Every answer of the group stands in its place, with as many entries as were sealed for it. */
function fit({ firstLeaf, leaves, answers }: FullGroup, subjects: readonly (readonly string[])[]): boolean {
  let leaf = firstLeaf;
  const areInPlace = answers.every((answer, place) => {
    const isInPlace = answer.firstLeaf === leaf && answer.leaves === subjects[place]?.length;
    leaf += answer.leaves;
    return isInPlace;
  });
  return areInPlace && answers.length === subjects.length && leaf === firstLeaf + leaves;
}

/** A gap of entries whose own times are gone. That of the group is the only one left, and may have been changed. */
export function gapAt(log: string, firstLeaf: number, leaves: number, time: number): IndexedGap {
  return { log, firstLeaf, leaves, since: time, until: time };
}

function gapOf({ log, firstLeaf, leaves, answers }: FullGroup): IndexedGap {
  const times = answers.map(({ time }) => time);
  return { log, firstLeaf, leaves, since: Math.min(...times), until: Math.max(...times) };
}

interface Head {
  readonly caller: { readonly client: string; readonly officer: string; readonly key: string | null };
  readonly purpose: string | null;
  readonly case: string | null;
  readonly outcome: string;
  readonly release: number | null;
}

function indexedAnswer(log: string, answer: Answer, head: Head): IndexedAnswer {
  const { caller, purpose, case: caseId, outcome } = head;
  return {
    log,
    firstLeaf: answer.firstLeaf,
    leaves: answer.leaves,
    time: answer.time,
    client: caller.client,
    officer: caller.officer,
    tokenKey: caller.key,
    purpose,
    caseId,
    outcome,
    registers: `,${[...registersIn(answer.tails)].sort().join()},`,
  };
}

function indexedSubjects(
  log: string,
  { firstLeaf, time, tails }: Answer,
  { release, case: caseId }: Head,
  subjects: readonly string[],
  tags: SubjectTags,
): readonly IndexedSubject[] {
  // Only what is withheld needs its cases.
  const lines = release === null ? null : tails.split('\n');
  return subjects.map((subject, n) => ({
    tag: tags.of(subject, time),
    time,
    log,
    leaf: firstLeaf + n,
    release,
    cases: lines && casesOf(lines[n] ?? '', caseId).join(),
  }));
}

/** The cases in whose name an entry's subject was read: its own, or the answer's. */
function casesOf(tail: string, caseId: string | null): readonly string[] {
  const { cases } = JSON.parse(`{"answer":0${tail}}`) as { readonly cases: readonly string[] };
  if (cases.length > 0) return cases;
  return caseId === null ? [] : [caseId];
}

const REGISTER = '"register":"';

/** The registers of which an answer's entries disclosed anything. An expression that matches makes an object a match, of which a mass answer has thousands. */
export function registersIn(tails: string): ReadonlySet<string> {
  const registers = new Set<string>();
  for (let at = tails.indexOf(REGISTER); at >= 0; at = tails.indexOf(REGISTER, at)) {
    at += REGISTER.length;
    registers.add(tails.slice(at, tails.indexOf('"', at)));
  }
  return registers;
}
