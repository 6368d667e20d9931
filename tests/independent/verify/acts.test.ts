import { expect, test } from 'vitest';
import type { JsonValue } from '../../../src/log-format/canonical-json.ts';
import { honestLog } from './vectors/forged-export.ts';
import { verifyForged } from './vectors/verify-forged.ts';

/** Acts of the gateway whose detail others read. */
const ALERT = 'ab'.repeat(16);
const SHED = { client: 'portal-hn', officer: 'an.nguyen', count: 3, from: 1_768_442_400_000 };

function attacksIn(purpose: string, detail: JsonValue): readonly string[] {
  const forge = honestLog();
  forge.act(purpose, detail);
  forge.checkpoint();
  return verifyForged(forge.export()).faults.map(({ attack }) => attack);
}

test.each<readonly [purpose: string, detail: JsonValue]>([
  ['requests-shed', SHED],
  ['alert-opened', { alert: ALERT, rule: 'same-household', officer: 'an.nguyen' }],
  ['alert-explained', { alert: ALERT, by: 'truong.phong', text: 'x' }],
  ['alert-escalated', { alert: ALERT, by: 'gateway' }],
  ['alert-closed', { alert: ALERT, by: 'truong.phong' }],
  ['something-new', { anything: [1, null] }],
])('%s is an act that the verifier knows, or lets be', (purpose, detail) => {
  expect(attacksIn(purpose, detail)).toEqual([]);
});

test.each<readonly [purpose: string, detail: JsonValue]>([
  ['requests-shed', { ...SHED, count: 0 }],
  ['requests-shed', { ...SHED, more: 1 }],
  ['alert-opened', { alert: ALERT }],
  ['alert-opened', { alert: '1', rule: 'x' }],
  ['alert-explained', { alert: ALERT }],
  ['alert-escalated', { by: 'x' }],
  ['alert-closed', {}],
])('%s without what it must have is malformed', (purpose, detail) => {
  expect(attacksIn(purpose, detail)).toEqual(['malformed-entry']);
});
