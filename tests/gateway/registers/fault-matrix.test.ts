import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../mocks/servers/faults.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { buildFaultMatrix, type CellResult, type MatrixCell } from '../../support/registers/fault-matrix.ts';

const TIMEOUT_MS = 500;
/** Two calls of a hop after another, three hops, and a busy machine. */
const DEADLINE_MS = 6_000;
let gateway: TestGateway;
let run: (cell: MatrixCell) => Promise<CellResult>;

beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { registerTimeoutMs: TIMEOUT_MS } });
  run = buildFaultMatrix(gateway, country, DEADLINE_MS);
});
afterAll(() => gateway.close());

const BROKEN = 'SOURCE_CONTRACT_BROKEN';
const GONE = 'SOURCE_UNAVAILABLE';
const CELLS: readonly (readonly [MatrixCell['register'], Fault, code: string])[] = [
  ['land', { fault: 'hang' }, 'SOURCE_TIMEOUT'],
  ['land', { fault: 'drip', ms: 4_000 }, 'SOURCE_TIMEOUT'],
  ['land', { fault: 'outage', ms: 300 }, GONE],
  ['business', { fault: 'reset' }, GONE],
  ['business', { fault: 'charset' }, BROKEN],
  ['business', { fault: 'page' }, BROKEN],
  ['civil-status', { fault: 'partial' }, BROKEN],
  ['civil-status', { fault: 'renamed' }, BROKEN],
  ['population', { fault: 'outage', ms: 300 }, GONE],
  ['population', { fault: 'renamed' }, BROKEN],
];

describe.each(CELLS)('%s, %j', (register, fault, code) => {
  it(`costs the one who meets it ${code} at its path, in time, and nobody else anything`, async () => {
    const cold = await run({ register, fault, load: 'alone', cache: 'cold' });
    expect(cold).toMatchObject({
      othersIntact: true,
      deadlineKept: true,
      nobodyElses: true,
      recovered: true,
    });
    expect(cold.told.map((told) => told.split(' ')[0])).toContain(code);
    expect(await run({ register, fault, load: 'alone', cache: 'warm' })).toMatchObject({ told: ['OK'] });
  });
});

it('records that a register says are old carry its date, and are answered', async () => {
  const fault = { fault: 'stale', days: 400 } as const;
  expect(await run({ register: 'land', fault, load: 'alone', cache: 'cold' })).toMatchObject({
    told: ['OK'],
    nobodyElses: true,
  });
});

it('under load each gets its own or nothing', async () => {
  const fault = { fault: 'latency', p50: 5, p99: 60 } as const;
  expect(await run({ register: 'land', fault, load: 'load', cache: 'cold' })).toMatchObject({ told: ['OK'] });
  const reset = { fault: 'reset' } as const;
  expect(await run({ register: 'land', fault: reset, load: 'load', cache: 'cold' })).toMatchObject({
    othersIntact: true,
    nobodyElses: true,
    recovered: true,
  });
});
