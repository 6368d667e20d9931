import { describe, expect, test } from 'vitest';
import { readPopulationAnswer } from '../../../src/sources/population/answer.ts';
import { readLandAnswer } from '../../../src/sources/land/answer.ts';
import { parseJson } from '../../../src/sources/wire/json-values.ts';
import { hasMoreThan, REPLY_LIMITS } from '../../../src/sources/wire/reply-limits.ts';
import { readXml } from '../../../src/sources/wire/read-xml.ts';

const ITEMS = [{ kind: 'land.parcel', key: '1', askers: [] }] as const;
const CALL = { requestId: 'r', client: 'c', purpose: 'p', timeoutMs: 1_000 };

test('characters are counted together, wherever they stand', () => {
  expect(hasMoreThan('a,b[c]', [',', '['], 2)).toBe(false);
  expect(hasMoreThan('a,b[c]', [',', '['], 1)).toBe(true);
});

test('what a reply may hold is read', () => {
  expect(parseJson(`[${'{},'.repeat(90_000)}{}]`)).toHaveLength(90_001);
  expect(readXml(`<a>${'<b>&amp;</b>'.repeat(19_000)}</a>`)?.children).toHaveLength(19_000);
});

describe('a reply with more than its limits is broken, at once', () => {
  const rows = `[${'{},'.repeat(REPLY_LIMITS.rows.value)}{}]`;
  test.each([
    [
      'empty objects',
      () => readLandAnswer({ status: 200, body: `{"KETQUA":[${'{},'.repeat(1_300_000)}{}]}` }, ITEMS),
    ],
    [
      'empty lists',
      () => readLandAnswer({ status: 200, body: `{"KETQUA":[${'[],'.repeat(1_300_000)}[]]}` }, ITEMS),
    ],
    [
      'numbers',
      () => readLandAnswer({ status: 200, body: `{"KETQUA":[${'1,'.repeat(2_000_000)}1]}` }, ITEMS),
    ],
    ['rows', () => readLandAnswer({ status: 200, body: `{"KETQUA":${rows}}` }, ITEMS)],
    [
      'elements',
      () => readPopulationAnswer({ status: 200, body: `<a>${'<a/>'.repeat(1_000_000)}</a>` }, ITEMS, CALL),
    ],
  ])('%s', (_name, read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'SOURCE_CONTRACT_BROKEN' }));
  });
});
