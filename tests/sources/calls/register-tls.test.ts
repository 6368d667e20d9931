import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { buildRegisterTransport, type TransportTls } from '../../../src/sources/calls/pooled-transport.ts';
import {
  AUTHORITY_CERT,
  CLIENT_CERT,
  CLIENT_KEY,
  SERVER_CERT,
  SERVER_KEY,
} from '../../support/servers/certificates.ts';

const cleanUps: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A register that wants to see the certificate of its caller. */
async function startRegister(): Promise<string> {
  const server = createServer(
    { cert: SERVER_CERT, key: SERVER_KEY, ca: AUTHORITY_CERT, requestCert: true, rejectUnauthorized: true },
    (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function askBy(url: string, tls?: TransportTls) {
  const transport = buildRegisterTransport(url, tls);
  cleanUps.push(() => transport.close());
  return transport.send({ method: 'GET', path: '/', headers: {} }, 5_000);
}

test('the authorities of REGISTER_CA certify a register, which sees the certificate of the gateway', async () => {
  const url = await startRegister();
  const answer = await askBy(url, { ca: AUTHORITY_CERT, cert: CLIENT_CERT, key: CLIENT_KEY });
  expect(answer).toEqual({ status: 200, body: 'client' });
});

test.each<[string, TransportTls | undefined]>([
  ['a register that the system does not know', undefined],
  ['a caller without a certificate', { ca: AUTHORITY_CERT, cert: null, key: null }],
  ['an authority that did not certify it', { ca: CLIENT_CERT, cert: CLIENT_CERT, key: CLIENT_KEY }],
])('without trust there is no answer: %s', async (_name, tls) => {
  const url = await startRegister();
  await expect(askBy(url, tls)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});
