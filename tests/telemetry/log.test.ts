import { expect, it } from 'vitest';
import { buildLog, describeError, type LogFields } from '../../src/telemetry/log.ts';

const ID = '001094000001';

function logged(write: (log: ReturnType<typeof buildLog>) => void, level: 'info' | 'error' = 'info') {
  const lines: string[] = [];
  write(buildLog(level, { write: (line) => void lines.push(line) }));
  return lines;
}

it('keeps the allowed keys and drops every other, whatever the types say', () => {
  const fields = {
    code: 'UNAUTHENTICATED',
    status: 401,
    register: 'population',
    requestId: 'r1',
    personalId: ID,
    authorization: 'Bearer x',
    body: { id: ID },
    err: new Error(ID),
    password: ID,
    __proto__: { name: ID },
  } as LogFields;
  const [line = ''] = logged((log) => log.warn('request.refused', fields));
  const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  expect(typeof time).toBe('number');
  expect(rest).toEqual({
    level: 40,
    msg: 'request.refused',
    code: 'UNAUTHENTICATED',
    status: 401,
    register: 'population',
    requestId: 'r1',
  });
});

it('logs each level by its own, and nothing below the one chosen', () => {
  const write = (log: ReturnType<typeof buildLog>): void => {
    log.info('a');
    log.warn('b');
    log.error('c');
  };
  const events = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(events(logged(write))).toEqual(['a', 'b', 'c']);
  expect(events(logged(write, 'error'))).toEqual(['c']);
});

it('names of an error its class and where it arose, never what it says', () => {
  const error = new TypeError(`no ${ID} at https://register.internal/${ID}.ts:1:1`, {
    cause: new Error(ID),
  });
  const described = describeError(error);
  expect(described.errorName).toBe('TypeError');
  expect(described.errorFrames?.[0]).toMatch(/^log\.test\.ts:\d+:\d+$/);
  expect(JSON.stringify(described)).not.toContain(ID);
});

it('names no part of a message of several lines as a frame', () => {
  const error = new Error(`first\n    at (${ID}.ts:1:1)\n    at ${ID}.js:2:2`);
  expect(JSON.stringify(describeError(error))).not.toContain(ID);
});

it('names no frame where the message is no longer the one of the stack', () => {
  const error = new Error(`at ${ID}.ts:1:1`);
  expect(error.stack).toContain(ID);
  error.message = 'other';
  expect(describeError(error)).toEqual({ errorName: 'Error', errorFrames: [] });
});

it.each([
  ['a text', ID, { errorName: 'string' }],
  ['nothing', undefined, { errorName: 'undefined' }],
  ['an object', { id: ID }, { errorName: 'object' }],
])('of %s that was thrown it says the type', (_name, thrown, described) => {
  expect(describeError(thrown)).toEqual(described);
});
