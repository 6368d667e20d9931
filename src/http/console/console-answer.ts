import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../../errors.ts';
import type { OutgoingAnswer } from '../../request/stages.ts';
import { describeError, type Log } from '../../telemetry/log.ts';
import type { WrittenAnswer } from '../server.ts';
import { refusalAnswer } from '../refusal.ts';
import type { ConsoleCall, ReadConsoleCall } from './console-caller.ts';
import { securityHeaders } from './security-headers.ts';

/** Answers one path of the console, for a browser that came by the console's own name. */
export type ConsoleHandler = (request: IncomingMessage, call: ConsoleCall) => Promise<WrittenAnswer>;

/** A redirect of the browser (RFC 9110 15.4.4). */
export function redirectTo(location: string, headers: Readonly<Record<string, string>> = {}): OutgoingAnswer {
  return { status: 303, headers: { ...headers, location }, body: '' };
}

/** JSON for the console's own pages. */
export function jsonAnswer(status: number, body: unknown): OutgoingAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

/** Wraps a handler: foreign names are refused, a store that is gone is 503, and each answer has the security headers. */
export function consoleHandler(
  readCall: ReadConsoleCall,
  log: Log,
  handler: ConsoleHandler,
): (request: IncomingMessage) => Promise<WrittenAnswer> {
  return async (request) => {
    const { accept } = request.headers;
    let call: ConsoleCall | null;
    try {
      call = await readCall(request);
    } catch (error) {
      log.error('console.sessions-unavailable', describeError(error));
      const gone = new GatewayError('OVERLOADED', { message: 'Sessions cannot be read now.' });
      return secured(refusalAnswer(gone, accept), false);
    }
    if (!call) {
      const message = 'The console is not reached by this host name.';
      return secured(
        refusalAnswer(new GatewayError('BAD_REQUEST', { httpStatus: 421, message }), accept),
        false,
      );
    }
    try {
      return secured(await handler(request, call), call.isSecure);
    } catch (error) {
      log.error('console.failed', describeError(error));
      return secured(refusalAnswer(new GatewayError('INTERNAL_ERROR'), accept), call.isSecure);
    }
  };
}

function secured(answer: WrittenAnswer, isSecure: boolean): WrittenAnswer {
  return { ...answer, headers: { ...answer.headers, ...securityHeaders(isSecure) } };
}
