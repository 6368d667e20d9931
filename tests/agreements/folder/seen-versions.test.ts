import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  faultsOfVersions,
  readSeenVersions,
  withSeen,
  SeenVersionsUnwritable,
  stageSeenVersions,
} from '../../../src/agreements/folder/seen-versions.ts';
import { agreementOf } from '../../support/agreement.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const SEEN = new Map([['one', { version: 3, digest: A }]]);

test.each<[string, number, string, readonly string[]]>([
  ['one', 3, A, []],
  ['one', 4, B, []],
  ['one', 4, A, []],
  ['one', 3, B, ['one: changed without a higher version than 3']],
  ['one', 2, A, ['one: version 2 is below 3']],
  ['one', 2, B, ['one: version 2 is below 3']],
  ['two', 1, B, []],
])('%s in version %i with digest %.1s after one@3 with a: %j', (id, version, digest, faults) => {
  expect(faultsOfVersions([agreementOf({ id, version, digest })], SEEN)).toEqual(faults);
});

test('what was seen once is not forgotten with its file', () => {
  const seen = withSeen(SEEN, [agreementOf({ id: 'two', version: 1, digest: B })]);
  expect([...seen.keys()]).toEqual(['one', 'two']);
  expect(withSeen(seen, [agreementOf({ id: 'one', version: 4, digest: B })]).get('one')).toEqual({
    version: 4,
    digest: B,
  });
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seen-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('is remembered over a restart, and nothing but the file is left', () => {
  const file = join(folder, 'agreements-seen.json');
  expect(readSeenVersions(file)).toEqual(new Map());
  stageSeenVersions(file, SEEN)();
  stageSeenVersions(file, withSeen(SEEN, [agreementOf({ id: 'two', version: 1, digest: B })]))();
  expect([...readSeenVersions(file).keys()]).toEqual(['one', 'two']);
  expect(readdirSync(folder)).toEqual(['agreements-seen.json']);
});

test.each([
  ['{'],
  [''],
  ['{}'],
  ['{"agreements":{"one":{"version":0,"digest":"x"}}}'],
  [`{"agreements":{"one":{"version":"3","digest":"${A}"}}}`],
])('%s is not taken for a first start', (text) => {
  const file = join(folder, 'agreements-seen.json');
  writeFileSync(file, text);
  expect(() => readSeenVersions(file)).toThrow(Error);
});

test('a folder in its place is not taken for a first start', () => {
  expect(() => readSeenVersions(folder)).toThrow('EISDIR');
});

test.each(['agreements-seen.json', 'agreements-seen.json.new'])(
  'a folder in the place of %s is found before anything is put on record',
  (name) => {
    mkdirSync(join(folder, name));
    const file = join(folder, 'agreements-seen.json');
    expect(() => stageSeenVersions(file, SEEN)).toThrow(SeenVersionsUnwritable);
  },
);

test('what was staged and not put in place is not remembered', () => {
  const file = join(folder, 'agreements-seen.json');
  stageSeenVersions(file, SEEN);
  expect(readSeenVersions(file)).toEqual(new Map());
  stageSeenVersions(file, SEEN)();
  expect([...readSeenVersions(file).keys()]).toEqual(['one']);
});
