import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { readBody, UnreadableBody } from '../../src/http/read-body.ts';
import { rawConnection } from '../support/servers/raw-http.ts';

const servers: ReturnType<typeof createServer>[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

/** A request whose head has come and whose body has not. */
async function halfRequest() {
  const arrived = Promise.withResolvers<IncomingMessage>();
  const server = createServer((request) => arrived.resolve(request));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await rawConnection((server.address() as AddressInfo).port);
  connection.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345');
  return { connection, request: await arrived.promise };
}

it('ends for a client that leaves while its body is read', async () => {
  const { connection, request } = await halfRequest();
  const body = readBody(request);
  connection.socket.destroy();
  await expect(body).rejects.toBeInstanceOf(UnreadableBody);
});

it('ends for a client that left before, so that its place among the requests in flight comes back', async () => {
  const { connection, request } = await halfRequest();
  connection.socket.destroy();
  await new Promise((resolve) => request.socket.once('close', resolve));
  await expect(readBody(request)).rejects.toBeInstanceOf(UnreadableBody);
});
