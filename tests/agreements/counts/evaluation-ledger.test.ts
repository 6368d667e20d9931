import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import {
  buildEvaluationLedger,
  type EvaluationLedgerOptions,
} from '../../../src/agreements/counts/build-evaluation-ledger.ts';
import { buildSharedRedis } from '../../../src/agreements/shared/shared-redis.ts';
import type { AskedEvaluation, EvaluationLedger } from '../../../src/policy/agreement/evaluation-ledger.ts';
import { hasRedisBinary, isSkippedWithout, startRedis, type OwnRedis } from '../../support/servers/redis.ts';
import { WAIT } from '../opened-store.ts';

const WEEK = 7 * 86_400_000;
const macKey = randomBytes(32);
const QUESTION: AskedEvaluation = {
  agreement: 'one',
  caseId: 'H26-261121-0001',
  subject: 'person 001190900011',
  field: 'Citizen.ageAtLeast',
  given: '{"years":18}',
  limit: 2,
};
const asking = (given: string, other: Partial<AskedEvaluation> = {}): AskedEvaluation => ({
  ...QUESTION,
  given,
  ...other,
});

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function ledgerOf(options: Partial<EvaluationLedgerOptions> = {}): EvaluationLedger {
  return buildEvaluationLedger({ redis: null, macKey, ...options });
}

describe('distinct questions are few', () => {
  test('the same one is free, refused ones are refused again, and nothing frees a place', async () => {
    const ledger = ledgerOf();
    const answers = [];
    for (const given of ['a', 'a', 'b', 'a', 'c', 'c', 'd', 'b', 'a']) {
      answers.push(...(await ledger.admit([asking(given)])));
    }
    expect(answers).toEqual([true, true, true, true, false, false, false, true, true]);
  });

  test('over the aliases of one request as over requests', async () => {
    const ledger = ledgerOf();
    expect(await ledger.admit(['a', 'b', 'c', 'a', 'd'].map((given) => asking(given)))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test.each<[string, Partial<AskedEvaluation>]>([
    ['agreement', { agreement: 'two' }],
    ['case', { caseId: 'H26-261121-0002' }],
    ['subject', { subject: 'person 001190900012' }],
    ['field', { field: 'Citizen.livesIn' }],
  ])('each %s counts for itself', async (_name, other) => {
    const ledger = ledgerOf();
    await ledger.admit([asking('a'), asking('b')]);
    expect(
      await ledger.admit([asking('c'), asking('c', other), asking('b', other), asking('a', other)]),
    ).toEqual([false, true, true, false]);
  });

  test('parts that read alike when joined are not one', async () => {
    const ledger = ledgerOf();
    const one = asking('a', { caseId: 'x', subject: 'y","z' });
    const other = asking('a', { caseId: 'x","y', subject: 'z' });
    await ledger.admit([one, { ...one, given: 'b' }]);
    expect(await ledger.admit([{ ...other, given: 'c' }])).toEqual([true]);
  });

  test('what is refused at a lower limit stays refused, and a higher one opens the rest', async () => {
    const ledger = ledgerOf();
    await ledger.admit([asking('a'), asking('b')]);
    expect(await ledger.admit([asking('c', { limit: 1 }), asking('a', { limit: 1 })])).toEqual([false, true]);
    expect(await ledger.admit([asking('c', { limit: 3 }), asking('d', { limit: 3 })])).toEqual([true, false]);
  });

  test('for a week since the last question, refused ones included', async () => {
    const clock = { now: 0 };
    const ledger = ledgerOf({ now: () => clock.now });
    await ledger.admit([asking('a'), asking('b')]);
    clock.now = WEEK - 1;
    expect(await ledger.admit([asking('c')])).toEqual([false]);
    clock.now = 2 * WEEK - 2;
    expect(await ledger.admit([asking('c')])).toEqual([false]);
    clock.now = 3 * WEEK - 2;
    expect(await ledger.admit([asking('c')])).toEqual([true]);
  });

  test.each([{ maxEntries: 2 }, { maxBytes: 500 }])(
    'in bounded memory: the least recently asked are forgotten first: %j',
    async (bound) => {
      const ledger = ledgerOf(bound);
      const about = (subject: string, given: string) => asking(given, { subject, limit: 1 });
      await ledger.admit([about('1', 'a'), about('2', 'a')]);
      expect(await ledger.admit([about('1', 'b')])).toEqual([false]);
      await ledger.admit([about('3', 'a')]);
      expect(await ledger.admit([about('1', 'b')])).toEqual([false]);
      expect(await ledger.admit([about('2', 'b')])).toEqual([true]);
    },
  );
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('with a Redis', () => {
  async function connect(server: OwnRedis, options: Partial<EvaluationLedgerOptions> = {}) {
    const redis = buildSharedRedis(server.url);
    closing.push(() => redis.disconnect());
    await expect.poll(() => redis.status, WAIT).toBe('ready');
    return { redis, ledger: ledgerOf({ redis, ...options }) };
  }
  async function start(args: readonly string[] = [], port?: number): Promise<OwnRedis> {
    const server = await startRedis(args, port);
    closing.push(() => server.stop());
    return server;
  }
  const dumpOf = async (redis: Redis): Promise<string> => {
    const keys = await redis.keys('*');
    return JSON.stringify([keys, await Promise.all(keys.map((key) => redis.smembers(key)))]);
  };

  test('instances share one count, exactly, however they race', async () => {
    const server = await start();
    const ledgers = await Promise.all([connect(server), connect(server), connect(server)]);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        ledgers[index % 3]?.ledger.admit([asking(`g${index % 20}`), asking(`h${index % 20}`)]),
      ),
    );
    const admitted = new Set(
      answers.flatMap((answer, index) =>
        [`g${index % 20}`, `h${index % 20}`].filter((_, place) => answer?.[place] === true),
      ),
    );
    expect(admitted.size).toBe(2);
    // And each instance says the same afterwards.
    for (const { ledger } of ledgers) {
      expect(await ledger.admit([...admitted].map((given) => asking(given)))).toEqual([true, true]);
      expect(await ledger.admit([asking('new')])).toEqual([false]);
    }
  });

  test('a dump tells no case, subject or argument, and expires', async () => {
    const { ledger, redis } = await connect(await start());
    await ledger.admit([QUESTION]);
    const dump = await dumpOf(redis);
    expect(dump).toContain('ndg:evaluations:');
    for (const part of ['001190900011', 'H26', 'ageAtLeast', 'years', '18}'])
      expect(dump).not.toContain(part);
    const [key = ''] = await redis.keys('*');
    expect(await redis.pttl(key)).toBeGreaterThan(WEEK - 60_000);
  });

  test('while it is away the count of this instance holds, and is told afterwards', async () => {
    const server = await start();
    const { ledger, redis } = await connect(server);
    expect(await ledger.admit([asking('a')])).toEqual([true]);
    await server.stop();
    await expect.poll(() => redis.status, WAIT).not.toBe('ready');
    expect(await ledger.admit([asking('b'), asking('c')])).toEqual([true, false]);
    const again = await start([], server.port);
    await expect.poll(() => redis.status, WAIT).toBe('ready');
    // A question of another limit makes it speak; what it admitted alone comes with it.
    expect(await ledger.admit([asking('d', { limit: 3 })])).toEqual([true]);
    const { ledger: other } = await connect(again);
    expect(await other.admit([asking('a'), asking('b'), asking('e')])).toEqual([true, true, false]);
  });

  test('silent or full, it costs a moment and never an error', async () => {
    const silent = await start();
    const { ledger } = await connect(silent);
    silent.process.kill('SIGSTOP');
    expect(await ledger.admit([asking('a'), asking('b'), asking('c')])).toEqual([true, true, false]);
    silent.process.kill('SIGCONT');
    const full = await connect(await start(['--maxmemory', '1']));
    expect(await full.ledger.admit([asking('a'), asking('b'), asking('c')])).toEqual([true, true, false]);
  });
});
