import { GatewayError } from './errors.ts';
import { decideOperation, type ParsedOperation } from './request/decide-operation.ts';
import { expandPrefill } from './request/form/expand-prefill.ts';
import { fillPrefill } from './request/form/fill-prefill.ts';
import type { HttpSteps } from './request/http-steps.ts';
import { identifyCaller } from './request/identify-caller.ts';
import { openRows } from './request/open-rows.ts';
import { readAnswer } from './request/read-answer.ts';
import { receiveBody } from './request/receive-body.ts';
import { release } from './request/release.ts';
import { reserveShares } from './request/reserve-shares.ts';
import type { RequestParts } from './request/request-parts.ts';
import {
  isRefused,
  type Answered,
  type OutgoingAnswer,
  type Received,
  type Refused,
  type RequestHead,
} from './request/stages.ts';

/** Answers one request. The order of the steps stands here and nowhere else. Rejects with unexpected errors only. */
export async function answerRequest(
  parts: RequestParts,
  head: RequestHead,
  http: HttpSteps,
): Promise<OutgoingAnswer> {
  const identified = await identifyCaller(parts, head);
  if (identified instanceof GatewayError) return http.refuse(identified);
  const shed = http.admit(identified);
  if (shed) return http.refuse(shed);
  const received = await receiveBody(parts, identified, http.readText);
  const produced = isRefused(received)
    ? { outcome: received, answer: http.refuse(received.error) }
    : await http.execute(received, (operation) => execute(parts, http, received, operation));
  const released = await release(parts, produced);
  return released instanceof GatewayError ? http.refuse(released) : released;
}

async function execute(
  parts: RequestParts,
  http: HttpSteps,
  received: Received,
  operation: ParsedOperation,
): Promise<Answered | Refused> {
  const asked = await expandPrefill(parts, received, operation);
  if ('reached' in asked) return asked;
  const decided = decideOperation(parts, received, asked.operation);
  if (isRefused(decided)) return decided;
  const reserved = reserveShares(parts, decided, http.reserve);
  if (isRefused(reserved)) return reserved;
  const opened = await openRows(parts, reserved);
  if (isRefused(opened)) return opened;
  const answered = await readAnswer(parts, opened);
  return isRefused(answered) ? answered : fillPrefill(parts, asked, answered);
}
