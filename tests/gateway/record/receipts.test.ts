import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { readSecrets } from '../../../src/config/secrets/read-secrets.ts';
import { country, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';
import { runNdg } from '../../support/run-ndg.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';

/** A receipt proves to a third party what was asked and answered, with nothing but the log's public key. */

let gateway: TestGateway;
let folder = '';
let vkey = '';
let id = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  folder = mkdtempSync(join(tmpdir(), 'ndg-receipts-'));
  const { secrets } = readSecrets(gateway.secretsDirectory, 'demo', 'demo', DEFAULT_REGISTERS);
  if (!secrets) throw new Error('no secrets');
  const signer = noteSignerOf('national-data-gateway/demo', signingKeyOf(secrets.checkpoint[0].key));
  vkey = formatVerifierKey(signer.key);
  id = country.people({ with: ['land'] }).next().value?.personalId ?? '';
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const WANTED: Caller = { headers: { 'x-receipt': '1' } };

async function exchange(query: string, caller: Caller = WANTED) {
  const request = JSON.stringify({ query, variables: { id } });
  const answer = await gateway.send(request, caller);
  return { request, answer };
}

function verify(files: Readonly<Record<string, string>>, key = vkey) {
  const args = Object.entries(files).flatMap(([name, content]) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return [`--${name}`, file];
  });
  return runNdg(['log', 'verify', '--key', key, ...args]);
}

const CITIZEN =
  'query($id: ID!) { citizen(personalId: $id) { name { full } household { members { person { name { full } } } } } }';

/** Lives with somebody whom no answer to the inspectorate shows. */
function housemateOfProtected(): string {
  for (const { personalId } of country.people({ traits: ['protected'] })) {
    const file = country.person(personalId)?.residenceFileNo;
    const members = (file === undefined ? undefined : country.household(file))?.members ?? [];
    const ids = members.flatMap((one) => one.personalId ?? []);
    const shown = ids.find((one) => country.person(one)?.isProtected === false);
    if (shown !== undefined) return shown;
  }
  throw new Error('nobody protected shares a household');
}

describe('a receipt', () => {
  it('is given on request alone', async () => {
    const { answer } = await exchange(CITIZEN, {});
    expect(answer.text).not.toContain('receipt');
    const { answer: asked } = await exchange(CITIZEN);
    expect(JSON.parse(asked.text)).toMatchObject({ extensions: { receipt: { v: 1 } } });
  });

  it('is checked offline against both bodies', async () => {
    const { request, answer } = await exchange(CITIZEN);
    expect(await verify({ receipt: answer.text, request, answer: answer.text })).toMatchObject({ status: 0 });
  });

  it('covers a byte order mark of the request', async () => {
    const body = JSON.stringify({ query: CITIZEN, variables: { id } });
    const answer = await gateway.send(`\uFEFF${body}`, WANTED);
    expect(answer.status).toBe(200);
    const files = { receipt: answer.text, answer: answer.text };
    expect(await verify({ ...files, request: `\uFEFF${body}` })).toMatchObject({ status: 0 });
    expect(await verify({ ...files, request: body })).not.toMatchObject({ status: 0 });
  });

  it('names the entries of the answer', async () => {
    const { answer } = await exchange(CITIZEN);
    const { note } = (JSON.parse(answer.text) as { extensions: { receipt: { note: string } } }).extensions
      .receipt;
    expect(note.match(/^entry /gm)?.length).toBeGreaterThan(1);
    expect(note).toContain(answer.headers.get('x-access-entry'));
  });

  it('is not given where the request was not read to its end', async () => {
    const answer = await gateway.send(`{"query":"${'x'.repeat(2_000_000)}"}`, WANTED);
    expect([answer.status, answer.text.includes('receipt')]).toEqual([413, false]);
  });

  it('counts nobody whom the answer leaves out', async () => {
    const lines = async (personalId: string) => {
      const request = JSON.stringify({ query: CITIZEN, variables: { id: personalId } });
      const { text } = await gateway.send(request, WANTED);
      const { data, extensions } = JSON.parse(text) as {
        data: { citizen: { household: { members: readonly unknown[] } } };
        extensions: { receipt: { note: string } };
      };
      const named = extensions.receipt.note.match(/^entry /gm)?.length ?? 0;
      return named - data.citizen.household.members.length;
    };
    const [clean] = country.people({});
    expect(await lines(housemateOfProtected())).toBe(await lines(clean?.personalId ?? ''));
  });

  it('is given for refusals too', async () => {
    const { request, answer } = await exchange(CITIZEN, { ...WANTED, purpose: 'form-prefill' });
    expect(answer.status).toBe(403);
    expect(await verify({ receipt: answer.text, request, answer: answer.text })).toMatchObject({ status: 0 });
  });

  it('tells nothing alone: neither who nor what', async () => {
    const { answer } = await exchange(CITIZEN);
    const { receipt } = (JSON.parse(answer.text) as { extensions: { receipt: object } }).extensions;
    const text = JSON.stringify(receipt);
    for (const secret of [id, 'Citizen', 'inspectorate', 'population', 'H26-261121-0001']) {
      expect(text).not.toContain(secret);
    }
  });

  it.each([
    ['another answer', (body: string) => body.replace('"full":"', '"full":"X')],
    ['a longer answer', (body: string) => body.replace('{"data"', '{ "data"')],
  ])('does not pass for %s', async (_name, change) => {
    const { request, answer } = await exchange(CITIZEN);
    const changed = change(answer.text);
    expect(changed).not.toBe(answer.text);
    expect(await verify({ receipt: answer.text, request, answer: changed })).toMatchObject({ status: 1 });
  });

  it('does not pass for another request, nor under another key', async () => {
    const { request, answer } = await exchange(CITIZEN);
    expect((await verify({ receipt: answer.text, request: `${request} `, answer: answer.text })).status).toBe(
      1,
    );
    const other = formatVerifierKey(
      noteSignerOf('national-data-gateway/demo', signingKeyOf(Buffer.alloc(32, 3))).key,
    );
    expect((await verify({ receipt: answer.text }, other)).status).toBe(1);
  });
});
