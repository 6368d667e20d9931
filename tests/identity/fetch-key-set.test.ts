import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { fetchKeySet } from '../../src/identity/fetch-key-set.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
}

it('reads the whole answer', async () => {
  const url = await serve((_request, response) => {
    response.write('{"keys":');
    setTimeout(() => response.end('[]}'), 20);
  });
  expect(await fetchKeySet(url)()).toBe('{"keys":[]}');
});

it('follows no redirect', async () => {
  let wasFollowed = false;
  const elsewhere = await serve((_request, response) => {
    wasFollowed = true;
    response.end('{"keys":[]}');
  });
  const url = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end());
  await expect(fetchKeySet(url)()).rejects.toThrow('fetch failed');
  expect(wasFollowed).toBe(false);
});

it.each([201, 204, 404, 500])('status %i is no key set', async (status) => {
  const url = await serve((_request, response) =>
    response.writeHead(status).end(status === 204 ? '' : '{"keys":[]}'),
  );
  await expect(fetchKeySet(url)()).rejects.toThrow('no key set');
});

it('stops reading a huge answer', async () => {
  let sent = 0;
  const url = await serve((_request, response) => {
    const more = (): void => {
      if (response.destroyed || sent > 64 * 1_024 * 1_024) return;
      sent += 65_536;
      response.write(Buffer.alloc(65_536, ' '), () => setImmediate(more));
    };
    more();
  });
  await expect(fetchKeySet(url)()).rejects.toThrow('too large');
  expect(sent).toBeLessThan(16 * 1_024 * 1_024);
});

it('waits three seconds for a slow answer, head or body', async () => {
  const silent = await serve(() => undefined);
  const dripping = await serve((_request, response) => {
    response.write('{');
    const timer = setInterval(() => response.write(' '), 200);
    response.on('close', () => clearInterval(timer));
  });
  const startedAt = performance.now();
  const outcomes = await Promise.allSettled([fetchKeySet(silent)(), fetchKeySet(dripping)()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(performance.now() - startedAt).toBeLessThan(4_500);
});
