import { hash } from 'node:crypto';
import type { LogCaller } from '../../access-log/queries/log-query.ts';
import { GatewayError } from '../../errors.ts';
import { answerRecordOf } from '../answer-record-of.ts';
import { identifyCaller } from '../identify-caller.ts';
import { refuseAt } from '../refuse-at.ts';
import { release } from '../release.ts';
import type { StreamParts } from '../stream/open-stream.ts';
import type { BodyRead, Identified, OutgoingAnswer, Reached, RequestHead } from '../stages.ts';

export interface ActSteps {
  readonly admit: (caller: Identified) => GatewayError | null;
  readonly readText: () => Promise<string>;
  readonly refuse: (error: GatewayError) => OutgoingAnswer;
}

/** Does the act and returns what the caller is told. Rejects with GatewayError. */
export type DoAct = (caller: LogCaller, body: unknown) => Promise<object>;

/**
 * Answers an auditor's request to do something about an alert. Each request of a verified caller is on record, beside the act itself, and so
 * is each refusal. `work` checks the order that the auditor works under.
 */
export async function answerAct(
  parts: StreamParts,
  head: RequestHead,
  http: ActSteps,
  work: DoAct,
): Promise<OutgoingAnswer> {
  const identified = await identifyCaller(parts, head);
  if (identified instanceof GatewayError) return http.refuse(identified);
  const shed = http.admit(identified);
  if (shed) return http.refuse(shed);
  const agreement = parts.agreements.current().builtIn.get('auditor');
  let reached: Reached = agreement ? { ...identified, agreement } : identified;
  try {
    mustBeAuditor(parts, identified);
    const text = await http.readText();
    const read: BodyRead = {
      ...identified,
      bodyEndedAt: performance.now(),
      requestDigest: hash('sha256', text, 'base64url'),
    };
    reached = { ...reached, ...read };
    const body = jsonOf(text, head.contentType);
    mustBeAuditor(parts, identified);
    const answer = JSON.stringify({ data: await work(callerOf(identified), body) });
    const digest = hash('sha256', answer, 'base64url');
    const record = answerRecordOf(parts.instance, reached, {
      code: null,
      reason: null,
      digest,
      subjects: [],
    });
    await parts.accessLog.append({ ...record, wantsReceipt: false });
    return {
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-access-entry': identified.entryId,
        'x-request-id': head.requestId,
      },
      body: answer,
    };
  } catch (error) {
    const outcome = refuseAt(parts.log, reached, error);
    const released = await release(parts, { outcome, answer: http.refuse(outcome.error) });
    return released instanceof GatewayError ? http.refuse(released) : released;
  }
}

function mustBeAuditor({ agreements }: StreamParts, { principal }: Identified): void {
  const { client, officer, tokenId, keyId, kind } = principal;
  if (agreements.isSuspended({ client, officer, tokenId, keyId })) throw new GatewayError('TOKEN_REVOKED');
  if (kind !== 'auditor') throw new GatewayError('PURPOSE_NOT_GRANTED');
}

function callerOf({ head, principal, receivedAt }: Identified): LogCaller {
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

/** A form on another site could send any other media type without the browser asking first (CSRF). */
function jsonOf(text: string, contentType: string | undefined): unknown {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    throw new GatewayError('BAD_REQUEST', { message: 'The body must be application/json.' });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayError('BAD_REQUEST', { message: 'The body is not JSON.' });
  }
}
