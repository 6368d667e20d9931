import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { buildPopulation } from '../../mocks/registers/population/population.ts';
import { BINH, fixtureCountry } from './fixture-country.ts';
import { populationBatch } from './register-calls.ts';

/** The handlers know no HTTP library: here the same function answers what MSW intercepts, without a socket. */
const register = buildPopulation(fixtureCountry);
const server = setupServer(
  http.all('https://population.invalid/*', async ({ request }) => {
    const { status, headers, body } = await register.handle({
      method: request.method,
      path: new URL(request.url).pathname,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    });
    return new HttpResponse(body, { status, headers });
  }),
);

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());

test('a register answers through MSW over fetch', async () => {
  const { method, path, headers, body = '' } = populationBatch([{ kind: 'CONG_DAN', key: BINH }]);
  const answer = await fetch(`https://population.invalid${path}`, {
    method,
    headers: headers as Record<string, string>,
    body,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect(await answer.text()).toContain(`<SoDinhDanh>${BINH}</SoDinhDanh>`);
  expect(register.log.entries()).toHaveLength(1);
});
