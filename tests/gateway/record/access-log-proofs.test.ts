import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { logNameOf } from '../../../src/access-log/entry/log-name.ts';
import { country, startTestGateway, type Json, type TestGateway } from '../../support/gateway.ts';
import { runNdg } from '../../support/run-ndg.ts';

/** What auditors and citizens get of the log, checked by whoever does not believe us. */

const SEED = Buffer.alloc(32, 9);
const VKEY = formatVerifierKey(noteSignerOf(logNameOf('demo'), signingKeyOf(SEED)).key);
const folder = mkdtempSync(join(tmpdir(), 'gateway-proofs-'));
const anh = [...country.people({ with: ['marriage'] }).take(1)][0]?.personalId ?? '';
let gateway: TestGateway;

beforeAll(async () => {
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
  writeFileSync(join(secrets, 'checkpoint-demo.k1.key'), `${SEED.toString('base64')}\n`, { mode: 0o600 });
  gateway = await startTestGateway({
    environment: { DATA_DIR: join(folder, 'data'), SECRETS_DIR: secrets },
  });
  const query = 'query($id: ID!) { citizen(personalId: $id) { name { full } death { date } } }';
  await gateway.ask(query, { id: anh }, { officer: 'le.van.an', caseId: 'H26-261121-0101' });
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

function verifyLog(option: '--bundle' | '--access', text: string) {
  const file = join(folder, 'held');
  writeFileSync(file, text);
  return runNdg(['log', 'verify', '--key', VKEY, option, file]);
}

it('an auditor’s export verifies with the log’s key alone, and an altered one does not', async () => {
  const auditor = { client: 'auditor', officer: 'ktv.minh', purpose: null, caseId: 'KT-261121-0001' };
  const { data } = await gateway.ask('{ accessLogExport { bundle } }', {}, auditor);
  const { bundle } = (data?.['accessLogExport'] ?? { bundle: '' }) as { bundle: string };
  const entries = bundle.trimEnd().split('\n').length - 1;
  expect(entries).toBeGreaterThan(0);
  const honest = await verifyLog('--bundle', bundle);
  expect({ status: honest.status, stdout: honest.stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(`proven, ${entries} entries as the log signed them`),
  });
  const altered = await verifyLog('--bundle', bundle.replace('le.van.an', 'le.van.em'));
  expect(altered.status).toBe(1);
  expect(altered.stdout).toContain('broken-proof');
});

it('a citizen checks one access to their own data', async () => {
  const query = `{ myAccesses { accesses { time text agency purpose legalBasis case outcome
    disclosed { register fields coordinates isNone } proof { leaf index hashes checkpoint } } } }`;
  const {
    status: httpStatus,
    data,
    errors,
  } = await gateway.ask(query, {}, { citizen: anh, purpose: null, caseId: null });
  expect({ httpStatus, errors }).toEqual({ httpStatus: 200, errors: [] });
  const found = data?.['myAccesses'] as { accesses: Json[] } | undefined;
  expect(found?.accesses).toHaveLength(1);
  const { status, stdout } = await verifyLog('--access', JSON.stringify(found?.accesses[0]));
  expect({ status, proven: stdout.includes('held: proven') }).toEqual({ status: 0, proven: true });
});
