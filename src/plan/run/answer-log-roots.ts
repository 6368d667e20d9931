import { latestOf, type LogCaller, type LogQueries } from '../../access-log/queries/log-query.ts';
import type { DisclosureRecorder } from '../../disclosure/disclosure-recorder.ts';
import type { RecordOrigin } from '../../disclosure/object-note.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import type { AnswerError, Plan, RootPlan } from '../compile/plan.ts';
import type { AnswerSize } from './answer-size.ts';
import { nextTurn } from './loop-turns.ts';
import { project } from './project.ts';

export interface LogRootsContext {
  readonly queries: LogQueries;
  readonly caller: LogCaller;
  readonly variables: Variables;
  readonly recorder: DisclosureRecorder;
  readonly size: AnswerSize;
  readonly isLarge: boolean;
}

export interface LogRootAnswers {
  /** By response name. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly errors: readonly AnswerError[];
  /** Latest release of what they show; null: at once. */
  readonly release: number | null;
}

const NO_ANSWERS: LogRootAnswers = { values: new Map(), errors: [], release: null };
/** The access log's own name among the registers, for entries that tell that the log was read. */
export const LOG_REGISTER = 'access-log';
const LIVE: RecordOrigin = { register: LOG_REGISTER, upstreamId: null, age: 'live' };

/** Answers the roots that ask the access log, one after the other, and notes whom each tells of. */
export async function answerLogRoots(
  { roots }: Pick<Plan, 'roots'>,
  context: LogRootsContext,
): Promise<LogRootAnswers> {
  const asked = roots.filter((root) => root.shape === 'log');
  if (asked.length === 0) return NO_ANSWERS;
  const values = new Map<string, unknown>();
  const errors: AnswerError[] = [];
  const releases: (number | null)[] = [];
  for (const root of asked) {
    const { value, release } = await answerRoot(root, context, errors);
    values.set(root.responseName, value);
    releases.push(release);
  }
  return { values, errors, release: latestOf(releases) };
}

async function answerRoot(
  root: Extract<RootPlan, { shape: 'log' }>,
  { queries, caller, variables, recorder, size, isLarge }: LogRootsContext,
  errors: AnswerError[],
): Promise<{ readonly value: unknown; readonly release: number | null }> {
  const { fieldName, responseName, selection, coordinates } = root;
  const { value, fault, named, release } = await queries.answer(
    { fieldName, given: root.given(variables) },
    caller,
  );
  if (fault !== null) {
    errors.push({ code: fault, path: [responseName], coordinate: null, rule: null });
    for (const subject of named) recorder.asked(subject, 'denied');
    return { value: null, release };
  }
  for (const subject of named) {
    // A caller that asks for `__typename` alone still learns that there is something.
    if (coordinates.length === 0) recorder.asked(subject, 'disclosed');
    recorder.note(
      subject,
      coordinates.map((coordinate) => ({ coordinate, origin: 0 })),
      [LIVE],
    );
  }
  if (isLarge) await nextTurn();
  return { value: project(selection, value, [responseName], errors, size), release };
}
