import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workerEnvironments } from '../../../src/commands/serve/worker-environments.ts';

const WHOLE = {
  INSTANCE_ID: 'hn',
  DATA_DIR: join('data', 'hn'),
  ADMIN_PORT: '9464',
  DATABASE_URL: 'postgres://db/log',
  REDIS_URL: 'redis://cache',
};

test('each worker is an instance of its own', () => {
  expect(workerEnvironments(WHOLE, '2')).toEqual([
    { INSTANCE_ID: 'hn-1', DATA_DIR: join('data', 'hn', '1'), ADMIN_PORT: '9465' },
    { INSTANCE_ID: 'hn-2', DATA_DIR: join('data', 'hn', '2'), ADMIN_PORT: '9466' },
  ]);
});

test.each(['0', '65', '1.5', '-1', 'two', '', '1e1'])('--workers %s is no number of workers', (given) => {
  expect(() => workerEnvironments(WHOLE, given)).toThrow('--workers takes a number from 1 to 64.');
});

test.each([
  [{ REDIS_URL: ' ' }, '--workers needs REDIS_URL.'],
  [{ DATABASE_URL: undefined, DATA_DIR: '' }, '--workers needs DATA_DIR, DATABASE_URL.'],
  [{ ADMIN_PORT: '65534' }, 'after which there is a port for each worker'],
  [{ ADMIN_PORT: 'x' }, 'after which there is a port for each worker'],
])('%j: %s', (missing, message) => {
  expect(() => workerEnvironments({ ...WHOLE, ...missing }, '2')).toThrow(message);
});
