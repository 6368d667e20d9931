import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleMyAccessesQuery } from '../../../src/generated/console-operations.ts';
import { textOfProof } from '../../../src/console/citizen/proof-text.ts';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import { parseVerifierKey } from '../../../src/log-format/notes/note-key.ts';
import { checkAccess, type MyAccess } from '../../../src/console/proof/check-access.ts';
import { buildConsoleBrowser, type ConsoleBrowser } from '../../support/console-browser.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** A citizen's page over HTTP: its data, and its proof as the browser checks it. */

let gateway: TestGateway;
let citizen: ConsoleBrowser;
let looks: readonly MyAccess[];
let logKeys: readonly string[];

const CITIZEN = 'query($id: ID!) { citizen(personalId: $id) { name { full } death { date } } }';

async function listed(): Promise<NonNullable<ConsoleMyAccessesQuery['myAccesses']>> {
  const answer = await citizen.ask('my-accesses');
  const { data } = (await answer.json()) as { readonly data: ConsoleMyAccessesQuery };
  if (!data.myAccesses) throw new Error('no list');
  return data.myAccesses;
}

beforeAll(async () => {
  gateway = await startTestGateway();
  citizen = buildConsoleBrowser(gateway.url);
  await citizen.signIn('citizen-1', '/my-accesses');
  const session = (await (await citizen.get('/console/session')).json()) as {
    readonly logKeys: readonly string[];
    readonly displayName: string;
  };
  logKeys = session.logKeys;
  const id = /\d{12}/.exec(session.displayName)?.[0];
  await gateway.ask(CITIZEN, { id }, { officer: 'le.van.an' });
  looks = ((await listed()).accesses ?? []).filter((look) => look !== null);
});
afterAll(() => gateway.close());

it('is where a citizen lands, and lists who saw what and why', async () => {
  const page = await citizen.get('/my-accesses');
  expect(page.status).toBe(200);
  const home = await citizen.get('/console');
  expect(home.headers.get('location')).toBe('/my-accesses');
  expect(looks).toMatchObject([
    { agency: 'Thanh tra Chính phủ', purpose: 'inspection', outcome: 'DISCLOSED', text: expect.any(String) },
  ]);
});

it('is on record itself, and told when one’s own look-ups are asked for', async () => {
  const answer = await citizen.ask('my-accesses', { includeOwn: true });
  const { data } = (await answer.json()) as { readonly data: ConsoleMyAccessesQuery };
  expect((data.myAccesses?.accesses ?? []).length).toBeGreaterThan(looks.length);
  expect(answer.headers.get('x-access-entry')).toMatch(/./);
});

it.each(['kiem.toan.01', 'chu.quan.01'])('refuses %s with 403', async (account) => {
  const other = buildConsoleBrowser(gateway.url);
  await other.signIn(account);
  expect((await other.get('/my-accesses')).status).toBe(403);
  expect((await other.ask('my-accesses')).status).toBe(403);
});

describe('a proof, as the browser checks it', () => {
  const first = (): MyAccess => {
    const [look] = looks;
    if (!look?.proof) throw new Error('no proof');
    return look;
  };
  const withProof = (change: Partial<NonNullable<MyAccess['proof']>>): MyAccess => ({
    ...first(),
    proof: { ...first().proof, ...change } as MyAccess['proof'],
  });

  it('holds', () => {
    const { proof } = first();
    expect(checkAccess(first(), logKeys)).toMatchObject({
      fault: null,
      index: proof?.index,
      person: expect.stringMatching(/^\d{12}$/),
    });
  });

  it('is saved as `verify-log` takes it', () => {
    const bytes = Buffer.from(textOfProof(first()));
    const key = parseVerifierKey(logKeys[0] ?? '');
    if (!key) throw new Error('no key');
    const { verdict } = verifyHeld({
      keys: [key],
      witnesses: [],
      known: [],
      receipts: [],
      proofs: [{ kind: 'access', name: 'access', bytes }],
    });
    expect(verdict).toBe('verified');
  });

  it('names what is wrong, and holds nothing that was changed', () => {
    const { entry = '', subject = '', checkpoint = '', index } = first().proof ?? {};
    const changed = (entry ?? '').replace('"inspection"', '"inspectioX"');
    const faults: readonly (readonly [string, MyAccess])[] = [
      ['no-proof', { ...first(), proof: null }],
      ['not-in-log', withProof({ index: (index ?? 0) + 1 })],
      ['not-in-log', withProof({ leaf: Buffer.alloc(32).toString('base64') })],
      ['changed', withProof({ entry: changed })],
      ['not-signed', withProof({ checkpoint: (checkpoint ?? '').replace(/\n\d+\n/, '\n999\n') })],
      ['told-otherwise', { ...first(), agency: 'Cơ quan khác' }],
      ['told-otherwise', { ...first(), outcome: 'REFUSED' }],
      ['other-person', withProof({ subject: (subject ?? '').replace(/\d{12}/, '001090000001') })],
    ];
    for (const [fault, look] of faults) expect(checkAccess(look, logKeys)).toEqual({ fault });
    expect(checkAccess(first(), [])).toEqual({ fault: 'unknown-log' });
  });
});
