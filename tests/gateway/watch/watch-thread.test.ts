import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compactVerify } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseVerifierKey } from '../../../src/log-format/notes/note-key.ts';
import { importPublicKey } from '../../../src/log-format/crypto.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { askPatiently, awaitAlert, seenAlerts } from './alert-desk.ts';

/** The thread of early warning stands in nobody's way, and a restart opens no alert twice. */

const folder = mkdtempSync(join(tmpdir(), 'gateway-watch-'));
const NAME = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
const received: string[] = [];
let receiver: Server;
let isReceiverBroken = true;
let gateway: TestGateway;

const start = () =>
  startTestGateway({
    environment: {
      EARLY_WARNING: 'on',
      ALERT_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`,
      DATA_DIR: join(folder, 'data'),
      SECRETS_DIR: join(folder, 'secrets'),
    },
  });

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (!isReceiverBroken) received.push(body);
      response.writeHead(isReceiverBroken ? 500 : 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  gateway = await start();
});
afterAll(async () => {
  await gateway.close();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function walk(officer: string, from: number): Promise<void> {
  const [one] = [...country.people({}).take(1)];
  for (let step = 0; step < 4; step++) {
    const id = `${one?.personalId.slice(0, 6)}${String(from + step).padStart(6, '0')}`;
    await askPatiently(gateway, NAME, { id }, { officer, caseId: `H26-261121-700${step}` });
  }
}

async function health(): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(gateway.url.replace('/graphql', '/health/ready'));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
  return Number(new RegExp(`^${name.replaceAll(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
}

it('an alert goes out as a signed message once its receiver takes it', async () => {
  await walk('do.so', 100);
  const alert = await awaitAlert(gateway, { pattern: 'walking-identifiers' });
  await vi.waitUntil(async () => (await metric('gateway_watch_troubles_total{code="webhook-failed"}')) > 0, {
    timeout: 10_000,
    interval: 200,
  });
  isReceiverBroken = false;
  const jws = await vi.waitUntil(() => received[0], { timeout: 25_000, interval: 200 });
  const { payload, protectedHeader } = await compactVerify(jws, ({ kid }) => {
    const key = parseVerifierKey(kid ?? '');
    if (!key) throw new Error('no key');
    return importPublicKey(key.publicBytes);
  });
  expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'alert+jws' });
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    act: 'alert-opened',
    alert: alert.id,
    pattern: 'walking-identifiers',
    client: 'inspectorate',
    evidence: alert.evidence,
  });
}, 60_000);

it('a thread that dies stops no answer, is told of, and comes back', async () => {
  const before = await seenAlerts(gateway);
  await gateway.gateway.earlyWarning.kill();
  expect(await health()).toMatchObject({ status: 200, body: { status: 'ok', earlyWarning: 'down' } });
  expect(await metric('gateway_watch_alive')).toBe(0);
  const [one] = [...country.people({}).take(1)];
  const answer = await askPatiently(gateway, NAME, { id: one?.personalId }, { officer: 'le.van.an' });
  expect(answer.status).toBe(200);
  await vi.waitUntil(async () => (await metric('gateway_watch_alive')) === 1, {
    timeout: 10_000,
    interval: 100,
  });
  const after = await seenAlerts(gateway);
  expect(after.map(({ id, history }) => [id, history.length])).toEqual(
    before.map(({ id, history }) => [id, history.length]),
  );
});

it('a gateway that starts again opens no alert twice, and goes on judging', async () => {
  const before = await seenAlerts(gateway);
  await gateway.close();
  gateway = await start();
  await walk('do.tiep', 5_000);
  await awaitAlert(
    gateway,
    { pattern: 'walking-identifiers' },
    ({ id }) => !before.some((one) => one.id === id),
  );
  const after = await seenAlerts(gateway, { pattern: 'walking-identifiers' });
  expect(after).toHaveLength(before.filter(({ pattern }) => pattern === 'walking-identifiers').length + 1);
  expect(after.flatMap(({ history }) => history.filter(({ act }) => act === 'alert-opened'))).toHaveLength(
    after.length,
  );
});
