import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
let data = '';

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'ndg-open-'));
  chmodSync(data, 0o777);
  gateway = await startTestGateway({ environment: { DATA_DIR: data } });
});
afterAll(async () => {
  await gateway.close();
  rmSync(data, { recursive: true, force: true });
});

const lines = () => gateway.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);

it('a start tells that DATA_DIR is open to others', () => {
  expect(lines()).toContainEqual(
    expect.objectContaining({
      msg: 'start.warning',
      level: 40,
      setting: 'DATA_DIR',
      reason: 'open-to-others',
    }),
  );
});

it('a start tells that the agreements are in force', () => {
  const [state] = lines().filter(({ msg }) => msg === 'agreements.in-force');
  expect(state).toMatchObject({ level: 30, count: expect.any(Number) as number });
  expect(state?.['count']).toBeGreaterThan(5);
});
