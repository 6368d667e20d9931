import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatewayError, messageOf } from '../../../src/errors.ts';
import type { FetchedRow } from '../../../src/sources/calls/connector.ts';
import { buildInProcessTransport } from '../../support/registers/in-process-transport.ts';
import { businessFixture } from '../fixtures/business.ts';
import { civilStatusFixture } from '../fixtures/civil-status.ts';
import { landFixture } from '../fixtures/land.ts';
import { populationFixture } from '../fixtures/population.ts';
import { answering, CALL, codeOf, fetchRows, itemOf, requestOf } from '../fixtures/register-fixture.ts';

const FIXTURES = [populationFixture, businessFixture, civilStatusFixture, landFixture];
const STRANGE = `O'Brien <b>"&amp;"</b> Nguyễn\u0001 ]]> \ud800`;

function statesOf(rows: readonly FetchedRow[]): Record<string, string> {
  return Object.fromEntries(rows.map((row) => [row.key, row.outcome.state]));
}

/** The keys whose marked texts stand in a row's value. */
function marksIn(row: FetchedRow): readonly string[] {
  const text = row.outcome.state === 'found' ? JSON.stringify(row.outcome.value) : '';
  return [...text.matchAll(/\[([^[\]",]+)\]/g)].map((match) => match[1] ?? '');
}

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

describe.each(FIXTURES)('$register', (fixture) => {
  const { keys, kind } = fixture;
  const [first = '', second = '', third = '', fourth = ''] = keys;
  const whole = keys.map((key) => fixture.row(key));

  test('gives each key its own record, frozen, with the date of the data', async () => {
    const { rows, strayRows } = await fetchRows(fixture, fixture.answer(whole));
    expect(rows.map((row) => [row.kind, row.key, row.outcome.state])).toEqual(
      keys.map((key) => [kind, key, 'found']),
    );
    expect(strayRows).toBe(0);
    for (const row of rows) {
      if (row.outcome.state !== 'found') continue;
      expect(row.outcome).toMatchObject({ asOf: '2026-11-20', isIntact: true });
      expect(new Set(marksIn(row))).toEqual(new Set([row.key]));
      expect(isDeeplyFrozen(row.outcome.value)).toBe(true);
      expect(row.refused).toEqual([]);
    }
  });

  test('matches rows by key, in whatever order', async () => {
    const inOrder = await fetchRows(fixture, fixture.answer(whole));
    const reversed = await fetchRows(fixture, fixture.answer(whole.toReversed()));
    expect(reversed).toEqual(inOrder);
  });

  const changes: readonly (readonly [string, readonly string[], Record<string, string>, number])[] = [
    ['missing', whole.slice(1), { [first]: 'broken' }, 0],
    ['doubled', [...whole, fixture.row(second)], { [second]: 'broken' }, 0],
    ['doubled, once absent', [...whole, fixture.absentRow(second)], { [second]: 'broken' }, 0],
    ['not found', [fixture.absentRow(first), ...whole.slice(1)], { [first]: 'absent' }, 0],
    [
      'another inside than outside',
      [fixture.row(first, second), ...whole.slice(1)],
      { [first]: 'broken' },
      0,
    ],
    [
      'two swapped inside',
      [fixture.row(first, second), fixture.row(second, first), ...whole.slice(2)],
      { [first]: 'broken', [second]: 'broken' },
      0,
    ],
    [
      'an unreadable refusal',
      [fixture.unreadableRefusalRow(first), ...whole.slice(1)],
      { [first]: 'broken' },
      0,
    ],
  ];
  test.each(changes)('%s: that row alone', async (_name, rows, changed, stray) => {
    const batch = await fetchRows(fixture, fixture.answer(rows));
    const expected = { ...Object.fromEntries(keys.map((key) => [key, 'found'])), ...changed };
    expect(statesOf(batch.rows)).toEqual(expected);
    expect(batch.strayRows).toBe(stray);
  });

  test('drops and counts what nobody asked', async () => {
    const batch = await fetchRows(fixture, fixture.answer(whole), [
      itemOf(kind, third),
      itemOf(kind, fourth),
    ]);
    expect(statesOf(batch.rows)).toEqual({ [third]: 'found', [fourth]: 'found' });
    expect(batch.strayRows).toBe(2);
    expect(batch.primed).toEqual([]);
  });

  test('an empty list of rows is broken for every key, not absent', async () => {
    const batch = await fetchRows(fixture, fixture.answer([]));
    expect(new Set(Object.values(statesOf(batch.rows)))).toEqual(new Set(['broken']));
  });

  test('names whom the register refuses, the record stays', async () => {
    const rows = [fixture.refusingRow(first, 'officer.two'), ...whole.slice(1)];
    const batch = await fetchRows(fixture, fixture.answer(rows));
    expect(batch.rows[0]).toMatchObject({ refused: ['officer.two'], outcome: { state: 'found' } });
    expect(batch.rows[1]?.refused).toEqual([]);
  });

  test.each(Object.entries(fixture.brokenEnvelopes))('refuses an answer: %s', async (_name, body) => {
    expect(await codeOf(fetchRows(fixture, body))).toBe('SOURCE_CONTRACT_BROKEN');
  });

  test.each(Object.entries(fixture.statedErrors))('is not available: %s', async (_name, body) => {
    expect(await codeOf(fetchRows(fixture, body))).toBe('SOURCE_UNAVAILABLE');
  });

  test.each([302, 400, 401, 404, 500, 503])('is not available: HTTP %d', async (status) => {
    const connector = fixture.build(answering(fixture.answer(whole), status));
    expect(await codeOf(connector.fetch([itemOf(kind, first)], CALL))).toBe('SOURCE_UNAVAILABLE');
  });

  test('passes a time-out on', async () => {
    const connector = fixture.build(buildInProcessTransport(() => new Promise(() => {})));
    expect(await codeOf(connector.fetch([itemOf(kind, first)], { ...CALL, timeoutMs: 5 }))).toBe(
      'SOURCE_TIMEOUT',
    );
  });

  test('says nothing of an answer in its errors', async () => {
    const failed = fetchRows(fixture, 'SECRET-BODY {').catch((error: unknown) => error);
    const error = await failed;
    expect(error).toBeInstanceOf(GatewayError);
    expect(String(error)).toBe(`GatewayError: ${messageOf('SOURCE_CONTRACT_BROKEN')}`);
    expect((error as Error).cause).toBeUndefined();
  });

  test('the request carries whatever text officers and dossiers have, and credentials outside the body', async () => {
    const request = await requestOf(fixture, [
      { kind, key: first, askers: [{ officer: STRANGE, dossier: 'H26-261121-0001' }] },
    ]);
    expect(request.method).toBe('POST');
    expect(request.headers['authorization']).toMatch(/^(Bearer|Basic) /);
    expect(request.body).not.toMatch(/s&cret|"secret"/);
    expect(request.body).toContain(fixture.encode(STRANGE));
  });

  test('one changed character never throws anything but a typed error, nor gives a record another key', async () => {
    const valid = fixture.answer(whole);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(valid.length - 1),
        fc.constantFrom('', '<', '"', '0', '7', 'x', ',', ' ', '}', '&'),
        fc.boolean(),
        async (at, replacement, isCut) => {
          const body = isCut ? valid.slice(0, at) : valid.slice(0, at) + replacement + valid.slice(at + 1);
          const code = await codeOf(fetchRows(fixture, body));
          expect(['fulfilled', 'SOURCE_CONTRACT_BROKEN', 'SOURCE_UNAVAILABLE']).toContain(code);
          const rows = code === 'fulfilled' ? (await fetchRows(fixture, body)).rows : [];
          expect(rows.map((row) => row.key)).toEqual(code === 'fulfilled' ? keys : []);
          for (const { key, outcome } of rows) {
            const value = outcome.state === 'found' ? outcome.value : { id: key };
            expect(value['personalId'] ?? value['code'] ?? value['id']).toBe(key);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('rows moved, doubled, dropped, retagged: never a value under another key', async () => {
    const action = fc.record({
      outer: fc.constantFrom(...keys),
      inner: fc.constantFrom(...keys),
      isAbsent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 8 }), async (actions) => {
        const rows = actions.map(({ outer, inner, isAbsent }) =>
          isAbsent ? fixture.absentRow(outer) : fixture.row(inner).replace(inner, outer),
        );
        const batch = await fetchRows(fixture, fixture.answer(rows));
        for (const row of batch.rows) {
          const mine = actions.filter(({ outer }) => outer === row.key);
          const [only] = mine;
          const isOwn = mine.length === 1 && only?.inner === row.key;
          const expected = mine.length === 1 && only?.isAbsent ? 'absent' : isOwn ? 'found' : 'broken';
          expect(row.outcome.state).toBe(expected);
          expect(marksIn(row).every((mark) => mark === row.key)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
