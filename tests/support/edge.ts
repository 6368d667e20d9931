import type { ReadAnswer } from './log-reader.ts';
import type { TestAnswer, TestGateway } from './gateway.ts';
import { withLog } from './recorded.ts';

/** Calls that every register and the dossier service have had so far, by their own logs. */
export function upstreamCalls({ mocks }: Pick<TestGateway, 'mocks'>) {
  const { registers, dossier } = mocks;
  return {
    population: registers.population.log.calls,
    business: registers.business.log.calls,
    land: registers.land.log.calls,
    'civil-status': registers['civil-status'].log.calls,
    dossier: dossier.log.calls,
  };
}

/** Calls to the four registers together. */
export function registerCalls(gateway: Pick<TestGateway, 'mocks'>): number {
  const { dossier: _dossier, ...registers } = upstreamCalls(gateway);
  return Object.values(registers).reduce((sum, calls) => sum + calls, 0);
}

/** A root of the answer's data, as the test knows it; throws where there is none. */
export function rootOf<T>({ data, text }: Pick<TestAnswer, 'data' | 'text'>, name: string): T {
  const value = data?.[name] ?? null;
  if (value === null) throw new Error(`no ${name}: ${text}`);
  return value as T;
}

/** What stands in the access log under the answer's X-Access-Entry; null where there is none. */
export function recordOf(gateway: TestGateway, answer: Pick<TestAnswer, 'headers'>): ReadAnswer | null {
  const id = answer.headers.get('x-access-entry');
  return id === null ? null : withLog(gateway, (reader) => reader.answer(id));
}

export function countRecords(gateway: TestGateway): number {
  return withLog(gateway, (reader) => reader.answerIds().length);
}
