import type { IncomingMessage } from 'node:http';
import { NOTICE_LIMITS, readNotice, type NoticeSender } from '../cache/notices/change-notice.ts';
import type { NoticeBus, NoticeOutcome } from '../cache/notices/notice-bus.ts';
import { GatewayError } from '../errors.ts';
import type { RegisterName } from '../registers.ts';
import type { OutgoingAnswer } from '../request/stages.ts';
import { readBody } from './read-body.ts';
import { refusalAnswer } from './refusal.ts';
import type { Route } from './server.ts';

/** The fate of a notice that was sent; `not-stored`: the register has to send it again. */
export type NoticeCount = 'new' | 'repeated' | 'skipped' | 'refused' | 'not-stored';

export interface NoticeRouteOptions {
  readonly senders: readonly NoticeSender[];
  readonly bus: NoticeBus;
  readonly onNotice: (register: RegisterName, count: NoticeCount) => void;
}

/** The routes of change notices, `POST /notices/<register>`, one for each register. */
export function noticeRoutes({ senders, bus, onNotice }: NoticeRouteOptions): ReadonlyMap<string, Route> {
  const readings = new Set<IncomingMessage>();
  /** Reads a body. Past the limit the one that has taken longest is cut off: slow senders must not keep registers out. */
  const read = async (request: IncomingMessage): Promise<string> => {
    const [oldest] = readings;
    if (oldest && readings.size >= NOTICE_LIMITS.underWay.value) {
      readings.delete(oldest);
      oldest.destroy();
    }
    readings.add(request);
    return readBody(request).finally(() => readings.delete(request));
  };
  const answer = async (sender: NoticeSender, request: IncomingMessage): Promise<OutgoingAnswer> => {
    const count = (what: NoticeCount): void => onNotice(sender.register, what);
    const notice = await readNotice(await read(request), sender).catch((error: unknown) => {
      count('refused');
      throw error;
    });
    const outcome = await bus.take(notice).catch(() => {
      count('not-stored');
      throw new GatewayError('OVERLOADED', {
        message: 'The notice cannot be stored now: send it again.',
        retryAfterSeconds: 1,
      });
    });
    count(typeof outcome === 'string' ? outcome : 'skipped');
    return noticeAnswer(outcome);
  };
  const handlerOf = (sender: NoticeSender) => async (request: IncomingMessage) => {
    try {
      return await answer(sender, request);
    } catch (error) {
      const known = error instanceof GatewayError ? error : new GatewayError('INTERNAL_ERROR');
      return refusalAnswer(known, request.headers.accept);
    }
  };
  return new Map(
    senders.map((sender) => [`/notices/${sender.register}`, { method: 'POST', handler: handlerOf(sender) }]),
  );
}

/** A notice that comes again is answered as the first time: whether a subject is cached or known is told by neither. */
function noticeAnswer(outcome: NoticeOutcome): OutgoingAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return typeof outcome === 'string'
    ? { status: 202, headers, body: JSON.stringify({ status: 'stored' }) }
    : { status: 409, headers, body: JSON.stringify({ missing: outcome.missing }) };
}
