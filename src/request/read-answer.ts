import type { LogCaller } from '../access-log/queries/log-query.ts';
import { DisclosureRecorder } from '../disclosure/disclosure-recorder.ts';
import type { AnswerError } from '../plan/compile/plan.ts';
import { Evaluations } from '../plan/rows/evaluations.ts';
import { answerLogRoots, type LogRootAnswers } from '../plan/run/answer-log-roots.ts';
import { AnswerSize } from '../plan/run/answer-size.ts';
import { executePlan } from '../plan/run/execute-plan.ts';
import { answerPublicRoots } from '../plan/run/answer-public-roots.ts';
import { nextTurn } from '../plan/run/loop-turns.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import { legalBasisOf } from '../policy/agreement/reasons.ts';
import { advanceAsync } from './refuse-at.ts';
import type { RequestParts } from './request-parts.ts';
import {
  isRefused,
  type Answered,
  type ExplainedError,
  type LogQueried,
  type Opened,
  type Refused,
} from './stages.ts';
import { acceptsStale, freshnessOf, sourcesOf } from '../plan/run/answer-sources.ts';
import { timed } from '../telemetry/timed.ts';

/** Reads the registers hop by hop, and builds data and errors while it notes what they disclose about whom. */
export async function readAnswer(parts: RequestParts, opened: Opened): Promise<Answered | Refused> {
  const size = new AnswerSize();
  let logAnswers: LogRootAnswers | null = null;
  const queried = await advanceAsync(parts.log, opened, async (): Promise<LogQueried> => {
    const { plan, rights, gate } = opened;
    const recorder = new DisclosureRecorder(
      plan.coordinateLists,
      rights.caseId,
      (id) => gate.inputsOf(id),
      (id) => gate.findingsOf(id),
    );
    logAnswers = await queryLog(parts, opened, recorder, size);
    return { ...opened, recorder, shownRelease: logAnswers.release };
  });
  if (isRefused(queried)) return queried;
  return advanceAsync(parts.log, queried, () => read(parts, queried, logAnswers, size));
}

/** Answers the log queries. If a denied root may not be null, the whole answer is null, and nothing is read or disclosed. */
function queryLog(
  parts: RequestParts,
  opened: Opened,
  recorder: DisclosureRecorder,
  size: AnswerSize,
): Promise<LogRootAnswers> {
  const { plan, variables, isLarge } = opened;
  return answerLogRoots(plan.leavesNothing ? { roots: [] } : plan, {
    queries: parts.logQueries,
    caller: logCallerOf(opened),
    variables,
    recorder,
    size,
    isLarge,
  });
}

async function read(
  parts: RequestParts,
  queried: LogQueried,
  logAnswers: LogRootAnswers | null,
  size: AnswerSize,
): Promise<Answered> {
  const { agreement, variables, plan, rights, reader, gate, recorder, isLarge } = queried;
  const evaluations = new Evaluations(
    { ledger: parts.evaluations, agreement, today: rights.today },
    variables,
  );
  const { data, errors, hasAbsence, joined } = await timed(parts.metrics, 'plan', () =>
    executePlan(queried.roots, { reader, variables, recorder, gate, evaluations, size, isLarge }),
  );
  parts.quota.count(agreement, joined);
  if (data) {
    for (const [name, value] of logAnswers?.values ?? []) data[name] = value;
    Object.assign(data, await publicRoots(parts, queried, size));
  }
  // Apollo writes the whole answer out at once.
  if (isLarge) await nextTurn();
  // Accesses that are withheld take their time too.
  const isWithheld = plan.roots.some((root) => root.shape === 'log' && root.fieldName === 'myAccesses');
  return {
    ...queried,
    data,
    errors: [...(logAnswers?.errors ?? []), ...errors].map((error) => explained(error, agreement)),
    sources: sourcesOf(
      reader,
      recorder,
      freshnessOf(queried.principal, agreement),
      (register) => acceptsStale(queried.principal, agreement) && parts.sources.mayBeStale(register),
    ),
    // Decided from the plan and the agreement wherever others than the asked may be hidden, never from what was hidden.
    isHeldBack: isWithheld || (!gate.isOpen && (hasAbsence || plan.leadsToOthers)),
  };
}

async function publicRoots(
  { schema }: RequestParts,
  { plan, rights, document, operation, variables, isLarge }: LogQueried,
  size: AnswerSize,
): Promise<object> {
  if (plan.roots.every((root) => root.shape !== 'public')) return {};
  if (isLarge) await nextTurn();
  return answerPublicRoots(schema, plan, { document, operation, variables, today: rights.today }, size);
}

function logCallerOf({ principal, head, receivedAt }: Opened): LogCaller {
  const { client, kind, officer, subject } = principal;
  return {
    kind,
    clientId: client.id,
    officer,
    subject,
    register: client.register,
    caseId: head.caseId,
    now: receivedAt,
  };
}

function explained(error: AnswerError, agreement: Agreement): ExplainedError {
  return { ...error, legalBasis: legalBasisOf(error.code, error.rule, agreement) };
}
