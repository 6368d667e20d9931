import type { Answer, FaultFormat } from './answer.ts';
import { bodyShapeOf } from './body-shapes.ts';
import { type Handler, jsonResponse, type MockRequest, type MockResponse } from './exchange.ts';
import { applyFaults } from './fault-effects.ts';
import { buildFaultControl, type FaultControl, parseFaults } from './faults.ts';
import { buildRegisterLog, type RegisterLog } from '../registers/register-log.ts';

/** A mocked service with its own log and faults. */
export interface MockEndpoint {
  readonly handle: Handler;
  readonly log: RegisterLog;
  readonly faults: FaultControl;
}

/** Puts the control plane of WIRE.md (`/_log`, `/_calls`, `/_faults`) and the faults around a service's API. */
export function buildEndpoint(
  format: FaultFormat,
  answer: (request: MockRequest, log: RegisterLog) => Answer | Promise<Answer>,
  protect?: (personalId: string) => void,
): MockEndpoint {
  const log = buildRegisterLog();
  const faults = buildFaultControl();
  return {
    log,
    faults,
    async handle(request) {
      if (request.path.startsWith('/_')) return control(request, log, faults, protect);
      log.countCall();
      const finished = await answer(request, log);
      const taken = faults.take(finished.rows.map((row) => row.key));
      if (taken.length > 0) return applyFaults(finished, taken, format);
      const shape = bodyShapeOf(finished.contentType, finished.rows[0]?.key);
      return {
        status: finished.status,
        headers: { 'content-type': finished.contentType },
        body: finished.render(finished.rows),
        ...(shape === undefined ? {} : { shape }),
      };
    },
  };
}

function control(
  request: MockRequest,
  log: RegisterLog,
  faults: FaultControl,
  protect?: (personalId: string) => void,
): MockResponse {
  switch (`${request.method} ${request.path}`) {
    case 'GET /_log':
      return {
        status: 200,
        headers: { 'content-type': 'application/jsonl; charset=utf-8' },
        body: log
          .entries()
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      };
    case 'DELETE /_log':
      log.clear();
      return { status: 204, headers: {}, body: '' };
    case 'GET /_calls':
      return jsonResponse(200, { calls: log.calls });
    case 'DELETE /_faults':
      faults.clear();
      return { status: 204, headers: {}, body: '' };
    case 'PUT /_faults':
      try {
        faults.set(...parseFaults(JSON.parse(request.body ?? '')));
        return { status: 204, headers: {}, body: '' };
      } catch {
        return jsonResponse(400, { error: 'not a fault or a list of faults' });
      }
    case 'PUT /_protected':
      if (!protect || !/^\d{12}$/.test(request.body ?? ''))
        return jsonResponse(400, { error: 'not a personal id' });
      protect(request.body ?? '');
      return { status: 204, headers: {}, body: '' };
    default:
      return jsonResponse(404, { error: 'no such control' });
  }
}
