import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { MockRequest } from '../../mocks/servers/exchange.ts';
import { type RunningMocks, startMocks } from '../../mocks/servers/servers.ts';
import { gatewaySettings } from '../../mocks/settings.ts';
import { fixtureCountry } from './fixture-country.ts';
import { sixPorts } from './six-ports.ts';
import { CALLS_ABOUT_BINH, dossierCall } from './register-calls.ts';

let mocks: RunningMocks;
beforeAll(async () => {
  mocks = await startMocks({ country: fixtureCountry });
});
afterAll(() => mocks.close());

function send(base: string, { method, path, headers, body }: MockRequest, signal?: AbortSignal) {
  return fetch(base + path, {
    method,
    headers: headers as Record<string, string>,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}

describe.each(Object.keys(CALLS_ABOUT_BINH) as (keyof typeof CALLS_ABOUT_BINH)[])('%s', (name) => {
  test('answers on its socket as in-process, and shows its log', async () => {
    const answer = await send(mocks.urls[name], CALLS_ABOUT_BINH[name]);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe((await mocks.registers[name].handle(CALLS_ABOUT_BINH[name])).body);
    const log = await (await fetch(`${mocks.urls[name]}/_log`)).text();
    expect(log.trimEnd().split('\n')).toHaveLength(2);
    expect(await (await fetch(`${mocks.urls[name]}/_calls`)).json()).toEqual({ calls: 2 });
  });
});

test('the dossier service and the key set answer too', async () => {
  const { urls } = mocks;
  const asked = {
    maHoSo: 'H26-261121-0001',
    heThong: 'c',
    donVi: '00070',
    taiKhoan: 'o',
    mucDich: 'p',
    doiTuong: [],
  };
  expect((await send(urls.dossier, dossierCall(asked))).status).toBe(200);
  const settings = gatewaySettings(urls);
  const keys = (await (await fetch(settings['TOKEN_JWKS_URL'] ?? '')).json()) as { keys: unknown[] };
  expect(keys.keys).toHaveLength(2);
  for (const url of Object.values(urls)) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('one connection serves many calls', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  for (let index = 0; index < 3; index += 1) {
    ports.add(
      await new Promise((resolve, reject) => {
        const call = httpRequest(`${mocks.urls.identityProvider}/jwks`, { agent }, (answer) => {
          const { localPort } = answer.socket;
          answer.resume().on('end', () => resolve(localPort));
        });
        call.on('error', reject).end();
      }),
    );
  }
  agent.destroy();
  expect(ports.size).toBe(1);
});

test('a body over the limit is refused', async () => {
  const call = { ...CALLS_ABOUT_BINH.business, body: 'x'.repeat(5 * 1024 * 1024) };
  const outcome = await send(mocks.urls.business, call).then(
    ({ status }) => status,
    () => 'closed while sending',
  );
  expect([413, 'closed while sending']).toContain(outcome);
  expect((await send(mocks.urls.business, CALLS_ABOUT_BINH.business)).status).toBe(200);
});

test('a dropped connection, a silent service, and close() in spite of it', async () => {
  const own = await startMocks({ country: fixtureCountry });
  own.registers.land.faults.set({ fault: 'drop', times: 1 });
  await expect(send(own.urls.land, CALLS_ABOUT_BINH.land)).rejects.toThrow('fetch failed');
  await fetch(`${own.urls.land}/_faults`, { method: 'PUT', body: '{"fault":"hang","times":1}' });
  await expect(send(own.urls.land, CALLS_ABOUT_BINH.land, AbortSignal.timeout(100))).rejects.toThrow(
    /timeout/,
  );
  own.registers.land.faults.set({ fault: 'hang' });
  const silent = send(own.urls.land, CALLS_ABOUT_BINH.land).then(
    () => 'answered',
    () => 'closed',
  );
  await expect.poll(() => own.registers.land.log.calls).toBe(3);
  await own.close();
  expect(await silent).toBe('closed');
  await expect(fetch(`${own.urls.land}/_calls`)).rejects.toThrow('fetch failed');
});

test('a fault that does not fit the answer says so', async () => {
  mocks.registers.land.faults.set({ fault: 'omit-row', key: 'not asked', times: 1 });
  const answer = await send(mocks.urls.land, CALLS_ABOUT_BINH.land);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toBe('The fault omit-row cannot be applied to this answer.');
});

test('ports follow each other from the first; a taken one closes the rest', async () => {
  const basePort = await sixPorts();
  const taken = createServer().listen(basePort + 2, '127.0.0.1');
  await once(taken, 'listening');
  await expect(startMocks({ country: fixtureCountry, basePort })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  taken.close();
  await once(taken, 'close');
  const own = await startMocks({ country: fixtureCountry, basePort });
  const ports = Object.fromEntries(
    Object.entries(own.urls).map(([name, url]) => [name, Number(new URL(url).port) - basePort]),
  );
  await own.close();
  expect(ports).toEqual({
    population: 0,
    business: 1,
    land: 2,
    'civil-status': 3,
    identityProvider: 4,
    dossier: 5,
  });
});
