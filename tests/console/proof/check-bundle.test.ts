import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkBundle } from '../../../src/console/proof/check-bundle.ts';
import { buildConsoleBrowser } from '../../support/console-browser.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

const PERSON = '001199000002';

let gateway: TestGateway;
let bundle = '';
let keys: readonly string[] = [];

beforeAll(async () => {
  gateway = await startTestGateway();
  const query = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
  for (let count = 0; count < 3; count += 1) await gateway.ask(query, { id: PERSON });
  const browser = buildConsoleBrowser(gateway.url);
  await browser.signIn('kiem.toan.01');
  await browser.post('/console/order', { order: 'KT-261121-0002' });
  const filter = { client: 'inspectorate', subject: { kind: 'PERSON', key: PERSON } };
  const answer = await browser.ask('bundle', { filter });

  const { data } = (await answer.json()) as { data: { accessLogExport: { bundle: string } } };
  bundle = data.accessLogExport.bundle;
  keys = ((await browser.session()) as unknown as { readonly logKeys: readonly string[] }).logKeys;
});
afterAll(() => gateway.close());

it('takes what the log signed', () => {
  const checked = checkBundle(bundle, keys);
  expect(checked.fault).toBe(null);
  expect(checked.entries).toHaveLength(3);
  expect(checked.entries.map(({ entry }) => entry.answer.caller.client)).toEqual([
    'inspectorate',
    'inspectorate',
    'inspectorate',
  ]);
  expect(checked.entries.map(({ subject }) => subject)).toEqual([PERSON, PERSON, PERSON]);
});

it('refuses what was changed', () => {
  const changed = (from: string | RegExp, to: string): string | null =>
    checkBundle(bundle.replace(from, to), keys).fault;
  expect(changed('inspectorate', 'inspectorste')).toBe('not-in-log');
  expect(changed(`"key":"${PERSON}"`, '"key":"001199000009"')).toBe('other-subject');
  expect(changed(/"index":(\d+)/, '"index":999999')).toBe('not-in-log');
  expect(changed('{"leaf"', '{"leaves"')).toBe('malformed');
  expect(changed(/"log":"[^"]*"/, '"log":"national-data-gateway/other"')).toBe('unknown-log');
  expect(checkBundle(bundle, []).fault).toBe('unknown-log');
  expect(checkBundle('', keys).fault).toBe('malformed');
  expect(changed(/\\n\\n— ([^ ]+) ([^\\]{20})/, '\\n\\n— $1 AAAAAAAAAAAAAAAAAAAA')).not.toBe(null);
});
