import { describe, expect, test } from 'vitest';

import { buildMocks } from '../../../mocks/build-mocks.ts';
import type { MockEndpoint } from '../../../mocks/servers/endpoint.ts';
import type { MockRequest } from '../../../mocks/servers/exchange.ts';
import { buildRegisterLog } from '../../../mocks/registers/register-log.ts';
import { BINH, fixtureCountry, NOBODY } from '../fixture-country.ts';
import {
  businessBatch,
  civilStatusBatch,
  landBatch,
  populationBatch,
  REQUEST_ID,
} from '../register-calls.ts';

const mocks = buildMocks(fixtureCountry).registers;
const askers = [
  ['officer.an', 'H26-261121-0001'],
  ['officer.ba', 'H26-261121-0002'],
] as const;

const REGISTERS: readonly [string, MockEndpoint, string, (kind: string) => MockRequest][] = [
  ['population', mocks.population, 'CONG_DAN', (kind) => populationBatch(items(kind))],
  ['business', mocks.business, 'PERSON', (kind) => businessBatch(items(kind))],
  ['civil status', mocks['civil-status'], 'HO_TICH', (kind) => civilStatusBatch(items(kind))],
  ['land', mocks.land, 'CHU_SU_DUNG', (kind) => landBatch(items(kind))],
];

function items(kind: string) {
  return [
    { kind, key: BINH, askers },
    { kind, key: NOBODY, askers: [] },
  ];
}

describe.each(REGISTERS)('%s', (name, register, kind, ask) => {
  test('one line per requester of an item, found or not; spoilt answers were asked for too', async () => {
    register.faults.set({ fault: 'status', status: 503, times: 1 });
    expect((await register.handle(ask(kind))).status).toBe(503);
    const operation = name === 'population' ? 'TraCuuTheoLo' : 'traCuuTheoLo';
    const line = { requestId: REQUEST_ID, client: 'inspectorate', purpose: 'inspection', operation, kind };
    const wanted = [
      { ...line, key: BINH, officer: 'officer.an', dossier: 'H26-261121-0001' },
      { ...line, key: BINH, officer: 'officer.ba', dossier: 'H26-261121-0002' },
      { ...line, key: NOBODY, officer: '', dossier: '' },
    ].map((one) => ({ ...one, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) }));
    expect(register.log.entries()).toEqual(wanted);

    const overHttp = await register.handle({ method: 'GET', path: '/_log', headers: {} });
    expect(
      overHttp.body
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual(wanted);
    const calls = await register.handle({ method: 'GET', path: '/_calls', headers: {} });
    expect(JSON.parse(calls.body)).toEqual({ calls: 1 });

    await register.handle({ method: 'DELETE', path: '/_log', headers: {} });
    expect(register.log.entries()).toEqual([]);
    expect(register.log.calls).toBe(0);
  });
});

test('the log keeps the last lines only, and counts calls without bound', () => {
  const log = buildRegisterLog(100);
  const line = {
    time: '',
    requestId: '',
    client: '',
    purpose: '',
    operation: '',
    kind: '',
    officer: '',
    dossier: '',
  };
  for (let index = 0; index < 1_000; index += 1) {
    log.countCall();
    log.add({ ...line, key: String(index) });
  }
  expect(log.entries().map(({ key }) => Number(key))).toEqual(
    Array.from({ length: 100 }, (_, index) => 900 + index),
  );
  expect(log.calls).toBe(1_000);
});
