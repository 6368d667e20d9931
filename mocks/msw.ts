import { http, HttpResponse, type HttpHandler } from 'msw';
import { buildMocks, type Mocks } from './build-mocks.ts';
import { buildCountry } from './country/country.ts';
import type { CountryRegisters } from './country/country.ts';
import { DEMO_REGISTERS } from './registers/demo-registers.ts';
import type { MockDescriptor } from './registers/register.ts';
import { sentBody } from './servers/body-shapes.ts';
import { ConnectionDropped, type Handler } from './servers/exchange.ts';
import type { MockUrls } from './servers/servers.ts';

export interface MswMocks extends Mocks {
  /** Handlers for `setupServer(...)` of msw/node, or `setupWorker(...)` in a browser. */
  readonly handlers: readonly HttpHandler[];
  /** The addresses of the handlers: names under `.invalid` (RFC 2606), which no real service can have. */
  readonly urls: MockUrls;
}

export interface MswOptions {
  /** The demo's country when absent. */
  readonly country?: CountryRegisters;
  /** The demo's four registers when absent. */
  readonly registers?: readonly MockDescriptor[];
}

/**
 * The registers, the identity provider and the dossier service as handlers of Mock Service Worker 3: the same answers,
 * logs and faults as over sockets. MSW intercepts fetch and node:http (by its default import, `http.request`), and not
 * undici's Pool, over which the gateway calls registers: a running gateway needs `npm run mocks` instead.
 */
export function buildMswMocks({
  country = buildCountry(),
  registers = DEMO_REGISTERS,
}: MswOptions = {}): MswMocks {
  const mocks = buildMocks(country, registers);
  const services = new Map<string, Handler>([
    ...Object.entries(mocks.registers).map(([name, { handle }]) => [name, handle] as const),
    ['identityProvider', mocks.identityProvider.handle],
    ['dossier', mocks.dossier.handle],
  ]);
  const urls = Object.fromEntries(
    [...services.keys()].map((name) => [name, `http://${name.toLowerCase()}.mock.invalid`]),
  );
  return {
    ...mocks,
    urls: urls as MockUrls,
    handlers: [...services].map(([name, handle]) => http.all(`${urls[name]}/*`, answerBy(handle))),
  };
}

function answerBy(handle: Handler): Parameters<typeof http.all>[1] {
  return async ({ request }) => {
    const { pathname, search } = new URL(request.url);
    try {
      const answer = await handle({
        method: request.method,
        path: pathname + search,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      });
      const { status } = answer;
      const { headers, bytes } = sentBody(answer);
      // An answer of these statuses has no body (RFC 9110), and the constructor refuses even an empty one.
      return new HttpResponse(status === 204 || status === 304 ? null : new Uint8Array(bytes), {
        status,
        headers,
      });
    } catch (error) {
      if (error instanceof ConnectionDropped) return HttpResponse.error();
      throw error;
    }
  };
}
