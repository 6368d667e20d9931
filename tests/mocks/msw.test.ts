import http from 'node:http';
import { text } from 'node:stream/consumers';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildMswMocks } from '../../mocks/msw.ts';
import type { MockRequest } from '../../mocks/servers/exchange.ts';
import { gatewaySettings } from '../../mocks/settings.ts';
import { fixtureCountry } from './fixture-country.ts';
import { CALLS_ABOUT_BINH, dossierCall } from './register-calls.ts';

const mocks = buildMswMocks({ country: fixtureCountry });
const server = setupServer(...mocks.handlers);
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());
afterEach(() => {
  for (const { faults } of Object.values(mocks.registers)) faults.clear();
});

function byFetch(base: string, { method, path, headers, body }: MockRequest): Promise<Response> {
  const sent = { method, headers: headers as Record<string, string>, body: body ?? '' };
  return fetch(base + path, sent);
}

function byNodeHttp(base: string, { method, path, headers, body }: MockRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = { method, headers: headers as Record<string, string> };
    const call = http.request(base + path, sent, (answer) => void text(answer).then(resolve, reject));
    call.on('error', reject).end(body);
  });
}

describe.each(Object.keys(CALLS_ABOUT_BINH) as (keyof typeof CALLS_ABOUT_BINH)[])('%s', (name) => {
  test('answers fetch and node:http as in-process', async () => {
    const { handle, log } = mocks.registers[name];
    const { body } = await handle(CALLS_ABOUT_BINH[name]);
    log.clear();
    const answer = await byFetch(mocks.urls[name], CALLS_ABOUT_BINH[name]);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(body);
    expect(await byNodeHttp(mocks.urls[name], CALLS_ABOUT_BINH[name])).toBe(body);
    expect(log.calls).toBe(2);
  });

  test('shows its faults, set over its control plane', async () => {
    const put = (fault: object) =>
      fetch(`${mocks.urls[name]}/_faults`, { method: 'PUT', body: JSON.stringify(fault) });
    expect((await put({ fault: 'drop', times: 1 })).status).toBe(204);
    await expect(byFetch(mocks.urls[name], CALLS_ABOUT_BINH[name])).rejects.toThrow('fetch failed');
    await put({ fault: 'status', status: 503, times: 1 });
    expect((await byFetch(mocks.urls[name], CALLS_ABOUT_BINH[name])).status).toBe(503);
    expect((await byFetch(mocks.urls[name], CALLS_ABOUT_BINH[name])).status).toBe(200);
  });
});

test('the identity provider and the dossier service answer too', async () => {
  const keys = await fetch(gatewaySettings(mocks.urls)['TOKEN_JWKS_URL'] ?? '');
  expect(await keys.json()).toMatchObject({ keys: [{ use: 'sig' }, { use: 'sig' }] });
  const asked = {
    maHoSo: 'H26-261121-0001',
    heThong: 'c',
    donVi: '00070',
    taiKhoan: 'o',
    mucDich: 'p',
    doiTuong: [],
  };
  expect((await byFetch(mocks.urls.dossier, dossierCall(asked))).status).toBe(200);
});
