import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEXT_SHARE_LIMITS } from '../../../src/access-log/write/group/text-shares.ts';
import { country, startTestGateway, type TestAnswer, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
const [person] = country.people({});
const citizen = { citizen: person?.personalId ?? '', purpose: null, caseId: null };

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

/** Texts of operations that are stored, in characters. */
function storedTexts(): number {
  const store = new DatabaseSync(join(gateway.dataDirectory, 'access-log.sqlite'), { readOnly: true });
  try {
    const { sum } =
      store.prepare(`SELECT sum(length(text)) AS sum FROM documents WHERE text LIKE '%myAccesses%'`).get() ??
      {};
    return Number(sum ?? 0);
  } finally {
    store.close();
  }
}

/** 38 kB, each time another. */
const text = (n: number): string =>
  `{ myAccesses(first: 1) { ${Array.from({ length: 600 }, (_, at) => `${`a${n}_${at}_`.padEnd(63, 'x')}: next`).join(' ')} } }`;

it('a citizen’s invented texts do not fill the log that is kept for years', async () => {
  expect((await gateway.ask(text(0), {}, citizen)).status).toBe(200);
  for (let n = 1; n <= 60; n++) {
    const answer = await gateway.ask(text(n), {}, citizen);
    expect({ status: answer.status, entry: answer.headers.has('x-access-entry') }).toEqual({
      status: 200,
      entry: true,
    });
  }
  const stored = storedTexts();
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThanOrEqual(TEXT_SHARE_LIMITS.ofCitizen.value);
});

it('a citizen who asks on and on is refused, and nobody else', async () => {
  const statuses: number[] = [];
  let refused: TestAnswer | undefined;
  for (let round = 0; round < 12 && !statuses.includes(429); round++) {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => gateway.ask('{ __typename }', {}, citizen)),
    );
    statuses.push(...answers.map(({ status }) => status));
    refused ??= answers.find(({ status }) => status === 429);
  }
  expect([...new Set(statuses)]).toEqual([200, 429]);
  expect(refused?.errors.map(({ extensions }) => extensions.code)).toEqual(['QUOTA_EXCEEDED']);
  expect(refused?.headers.get('retry-after')).toBe('1');
  const [, other] = country.people({});
  expect(
    (await gateway.ask('{ __typename }', {}, { ...citizen, citizen: other?.personalId ?? '' })).status,
  ).toBe(200);
});
