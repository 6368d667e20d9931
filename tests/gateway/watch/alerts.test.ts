import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { logNameOf } from '../../../src/access-log/entry/log-name.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { copyDemoAgreements } from '../../support/demo-folder.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { rootOf } from '../../support/edge.ts';
import { runNdg } from '../../support/run-ndg.ts';
import { actOnAlert, askPatiently, AUDITOR, awaitAlert, seenAlerts, takeStrangers } from './alert-desk.ts';

/** Early warning over HTTP: what is noticed, what people do about it, and that all of it is on record. */

const SEED = Buffer.alloc(32, 11);
const VKEY = formatVerifierKey(noteSignerOf(logNameOf('demo'), signingKeyOf(SEED)).key);
const folder = mkdtempSync(join(tmpdir(), 'gateway-alerts-'));
const agreements = copyDemoAgreements();
const thief = { officer: 'ke.gian', caseId: 'H26-261121-0001' };
const NAME = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
let gateway: TestGateway;

beforeAll(async () => {
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
  writeFileSync(join(secrets, 'checkpoint-demo.k1.key'), `${SEED.toString('base64')}\n`, { mode: 0o600 });
  agreements.change('inspection.yaml', /^validFrom:/m, 'suspendsOnCritical: true\nvalidFrom:');
  gateway = await startTestGateway({
    environment: {
      EARLY_WARNING: 'on',
      DATA_DIR: join(folder, 'data'),
      SECRETS_DIR: secrets,
      AGREEMENTS_DIR: agreements.path,
    },
  });
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
  agreements.delete();
});

describe('a token that takes hundreds of strangers’ records', () => {
  it('raises an alert that names entries and no person, and suspends the officer, since the agreement says so', async () => {
    const ids = await takeStrangers(gateway, 400, thief);
    const alert = await awaitAlert(
      gateway,
      { pattern: 'drain-by-batches' },
      ({ severity }) => severity === 'CRITICAL',
    );
    expect(alert).toMatchObject({
      client: 'inspectorate',
      name: 'Lấy dữ liệu hàng loạt',
      isSuspending: true,
      closing: null,
    });
    expect(alert.evidence.length).toBeGreaterThan(0);
    const text = JSON.stringify(alert);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
    expect(text).not.toContain(thief.officer);
    await vi.waitUntil(async () => (await gateway.ask(NAME, { id: ids[0] }, thief)).status === 401, {
      timeout: 10_000,
      interval: 100,
    });
    // Others of the same client go on.
    const colleague = await askPatiently(gateway, NAME, { id: ids[0] }, { officer: 'le.van.an' });
    expect(colleague.status).toBe(200);
  });

  it('is lifted by a person, and both stand on record', async () => {
    // A dossier about 400 persons is suspicious too: each alert that suspends is lifted for itself.
    await awaitAlert(gateway, { pattern: 'ever-new-strangers' }, ({ isSuspending }) => isSuspending);
    const suspending = (await seenAlerts(gateway)).filter(({ isSuspending }) => isSuspending);
    for (const { id } of suspending) {
      const lifted = await actOnAlert(gateway, { alert: id, act: 'lift', note: 'Đã làm việc với cơ quan' });
      expect(lifted.status).toBe(200);
    }
    const [person] = [...country.people({}).take(1)];
    await vi.waitUntil(
      async () => (await gateway.ask(NAME, { id: person?.personalId }, thief)).status === 200,
      { timeout: 10_000, interval: 100 },
    );
    const detail = await actsOf(['agreements']);
    const entry = `officer inspectorate ${thief.officer}`;
    expect(detail.some((one) => String(one['suspended']).includes(entry))).toBe(true);
    await vi.waitUntil(
      async () => (await actsOf(['agreements'])).some((one) => String(one['lifted']).includes(entry)),
      { timeout: 10_000, interval: 200 },
    );
  });
});

it('identifiers one beside the other are noticed', async () => {
  const [one] = [...country.people({}).take(1)];
  const first = Number(one?.personalId.slice(-6)) % 900_000;
  for (let step = 0; step < 4; step++) {
    const id = `${one?.personalId.slice(0, 6)}${String(first + step).padStart(6, '0')}`;
    await askPatiently(gateway, NAME, { id }, { officer: 'do.so', caseId: 'H26-261121-7001' });
  }
  const alert = await awaitAlert(gateway, { pattern: 'walking-identifiers' });
  expect(alert).toMatchObject({ client: 'inspectorate', state: 'OPEN', severity: 'HIGH' });
  expect(alert.tried).toContainEqual({
    reason: 'party',
    words: 'Người được xem không phải đương sự của hồ sơ',
    explained: 0,
    accesses: alert.evidence.length,
  });
});

describe('an alert', () => {
  it('is explained, closed with a reason of the list, and reopened, each act with a name and a note', async () => {
    const { id } = await awaitAlert(gateway, { pattern: 'walking-identifiers' });
    const acts = [
      { act: 'explain', note: 'Đề nghị giải trình' },
      { act: 'escalate', note: 'Chưa có trả lời' },
      { act: 'close', note: 'Kiểm thử của nhà cung cấp', reason: 'automatic-job' },
      { act: 'reopen', note: 'Có tình tiết mới' },
      { act: 'close', note: 'Chưa đủ căn cứ', reason: 'undecided' },
      { act: 'close', note: 'Đã xử lý kỷ luật', reason: 'true-misuse' },
    ];
    for (const act of acts) {
      expect(await actOnAlert(gateway, { alert: id, ...act })).toMatchObject({ status: 200 });
    }
    const [alert] = (await seenAlerts(gateway, { state: 'CLOSED' })).filter((one) => one.id === id);
    expect(alert).toMatchObject({ closing: 'true-misuse', closingWords: 'Vi phạm thật', level: 2 });
    expect(alert?.history.map(({ act, by, why }) => [act, by, why])).toEqual([
      ['alert-opened', 'gateway', null],
      ['alert-explained', 'ktv.minh', null],
      ['alert-escalated', 'ktv.minh', 'person'],
      ['alert-closed', 'ktv.minh', null],
      ['alert-reopened', 'ktv.minh', null],
      ['alert-escalated', 'ktv.minh', 'undecided'],
      ['alert-closed', 'ktv.minh', null],
    ]);
    expect(await seenAlerts(gateway, { state: 'WAITING', pattern: 'walking-identifiers' })).toEqual([]);
  });

  it('has its acts in the log, as verify-log sees them', async () => {
    const query = `query($filter: AccessLogFilter) { accessLogExport(filter: $filter, first: 100) { bundle } }`;
    for (const purpose of ['alert-opened', 'alert-closed', 'alert-reopened', 'alert-suspension-lifted']) {
      const answer = await gateway.ask(query, { filter: { client: 'gateway', purpose } }, AUDITOR);
      const { bundle } = rootOf<{ bundle: string }>(answer, 'accessLogExport');
      const file = join(folder, 'bundle.jsonl');
      writeFileSync(file, bundle);
      const { status, stdout } = await runNdg(['log', 'verify', '--key', VKEY, '--bundle', file]);
      expect({ purpose, status, stdout }).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('proven'),
      });
    }
  });

  it('takes no act that does not fit, and refusals are on record', async () => {
    const { id } = await awaitAlert(gateway, { pattern: 'walking-identifiers' });
    const order = { alert: id, act: 'explain', note: 'x' };
    const refused = [
      [{ ...order }, AUDITOR, 400],
      [{ ...order, act: 'lift' }, AUDITOR, 400],
      [{ ...order, act: 'close' }, AUDITOR, 400],
      [{ ...order, act: 'reopen', note: ' ' }, AUDITOR, 400],
      [{ ...order, alert: '0'.repeat(32) }, AUDITOR, 404],
      [order, { ...AUDITOR, caseId: 'KT-261121-0003' }, 404],
      [order, { ...AUDITOR, caseId: 'KT-261121-0999' }, 403],
      [order, { ...AUDITOR, caseId: null }, 400],
      [order, { client: 'inspectorate', officer: 'le.van.an' }, 403],
    ] as const;
    for (const [body, caller, status] of refused) {
      const answer = await actOnAlert(gateway, body, caller);
      expect({ ...body, ...caller, status: answer.status }).toEqual({ ...body, ...caller, status });
      expect(answer.entry).toMatch(/^[0-9a-f]{32}$/);
    }
  });
});

it('alerts are for auditors under an order, and their counts for the centre', async () => {
  const { id } = await awaitAlert(gateway, {});
  const asked = '{ alerts { alerts { id } } }';
  const owner = { client: 'population-owner', officer: 'chu.quan', purpose: null, caseId: null };
  expect((await gateway.ask(asked, {}, owner)).errors[0]?.extensions.code).toBe('FIELD_NOT_GRANTED');
  expect((await gateway.ask(asked, {}, { ...AUDITOR, caseId: null })).errors[0]?.extensions.code).toBe(
    'CASE_REQUIRED',
  );
  const narrow = await gateway.ask(
    `{ alert(id: "${id}") { id } }`,
    {},
    { ...AUDITOR, caseId: 'KT-261121-0003' },
  );
  expect(narrow.data).toEqual({ alert: null });
  const centre = { client: 'centre', officer: 'truc.ban', purpose: null, caseId: null };
  const counts = await gateway.ask('{ alertCounts { pattern severity state alerts } }', {}, centre);
  expect(counts.errors).toEqual([]);
  expect(counts.data?.['alertCounts']).toContainEqual({
    pattern: 'walking-identifiers',
    severity: 'HIGH',
    state: 'CLOSED',
    alerts: 1,
  });
  expect((await gateway.ask(asked, {}, centre)).errors[0]?.extensions.code).toBe('FIELD_NOT_GRANTED');
});

/** Details of the gateway's own acts, newest first. */
async function actsOf(purposes: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const query = `query($filter: AccessLogFilter) { accessLog(filter: $filter, first: 100) { entries { detail } } }`;
  const details: Record<string, unknown>[] = [];
  for (const purpose of purposes) {
    const answer = await gateway.ask(query, { filter: { client: 'gateway', purpose } }, AUDITOR);
    const { entries } = rootOf<{ entries: { detail: string }[] }>(answer, 'accessLog');
    details.push(...entries.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>));
  }
  return details;
}
