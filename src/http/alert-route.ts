import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { GatewayError } from '../errors.ts';
import { answerAct } from '../request/act/answer-act.ts';
import type { StreamParts } from '../request/stream/open-stream.ts';
import { AlertOrderFormat, type AlertDesk } from '../watch/alerts/act-on-alert.ts';
import { describeError } from '../telemetry/log.ts';
import type { RequestBudget } from './budget/request-budget.ts';
import { headOf } from './graphql-route.ts';
import { readBody } from './read-body.ts';
import { refusalAnswer } from './refusal.ts';
import type { Route, WrittenAnswer } from './server.ts';

export interface AlertRoute {
  readonly parts: StreamParts;
  readonly desk: AlertDesk;
  readonly budget: RequestBudget;
}

const bodyFormat = z.object({ alert: z.string().regex(/^[0-9a-f]{32}$/) });

const FORM =
  'The body must be {"alert": id, "act": "explain", "escalate", "close", "reopen" or "lift", "note": text}; ' +
  'to close, also "reason": "true-misuse", "rule-too-wide", "wrong-data", "duplicate", "automatic-job" or "undecided".';

/** POST /alerts: an auditor explains, escalates, closes or reopens an alert, or lifts the suspension that it brought. */
export function alertRoute({ parts, desk, budget }: AlertRoute): Route {
  return {
    method: 'POST',
    handler: async (request: IncomingMessage): Promise<WrittenAnswer> => {
      const head = headOf(request);
      const refuse = (error: GatewayError) => refusalAnswer(error, head.accept);
      const place = budget.enter();
      if (place instanceof GatewayError) return refuse(place);
      const answer = await answerAct(
        parts,
        head,
        {
          admit: ({ principal: { client, subject } }) => place.admit(client.id, subject, false),
          readText: () => readBody(request),
          refuse,
        },
        (caller, body) => {
          const { success, data } = bodyFormat.safeParse(body);
          const order = AlertOrderFormat.safeParse(withoutAlert(body));
          if (!success || !order.success) throw new GatewayError('BAD_REQUEST', { message: FORM });
          return desk.act(caller, data.alert, order.data);
        },
      ).catch((error: unknown) => {
        parts.log.error('request.failed', { ...describeError(error), requestId: head.requestId });
        return refuse(new GatewayError('INTERNAL_ERROR'));
      });
      place.isComplete();
      return { ...answer, whenWritten: place.leave };
    },
  };
}

function withoutAlert(body: unknown): unknown {
  const { alert: _alert, ...order } = body as Record<string, unknown>;
  return order;
}
