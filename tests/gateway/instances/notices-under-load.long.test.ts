import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { giveNotice } from '../../support/registers/notices.ts';
import {
  delay,
  hasRedisBinary,
  isSkippedWithout,
  startRedis,
  type OwnRedis,
} from '../../support/servers/redis.ts';
import { startRedisRelay, type RedisRelay } from '../../support/servers/redis-relay.ts';

const NAME = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
const OFFICE = { client: 'hn-land-office', purpose: 'land-registration' };
const PROMISED_MS = 1_000;
const people = country.people({ with: ['land'] });

function nextPerson(): string {
  const { value } = people.next();
  if (!value) throw new Error('the country has too few');
  return value.personalId;
}

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))(
  'a protection notice, on two instances under load',
  { timeout: 60_000 },
  () => {
    const secrets = mkdtempSync(join(tmpdir(), 'ndg-secrets-'));
    let primary: OwnRedis;
    let replica: OwnRedis;
    let relay: RedisRelay;
    let one: TestGateway;
    let other: TestGateway;

    beforeAll(async () => {
      primary = await startRedis();
      replica = await startRedis(['--replicaof', '127.0.0.1', String(primary.port)]);
      relay = await startRedisRelay(primary.port);
      const environment = { REDIS_URL: relay.url, SECRETS_DIR: secrets };
      one = await startTestGateway({ environment });
      other = await startTestGateway({ environment, mocks: one.mocks });
    });
    afterAll(async () => {
      await other.close();
      await one.close();
      await relay.close();
      await replica.stop();
      await primary.stop();
      rmSync(secrets, { recursive: true, force: true });
    });

    async function isSeen(gateway: TestGateway, id: string): Promise<boolean> {
      const answer = await gateway.ask(NAME, { id }, OFFICE);
      expect([answer.status, answer.errors]).toEqual([200, []]);
      return answer.data?.['citizen'] !== null;
    }

    /** Asks both about one person and about others, on and on; gives the times at which the person was still seen. */
    function watch(id: string) {
      const end = new AbortController();
      const seenAt: number[] = [];
      let answers = 0;
      const others = Array.from({ length: 20 }, nextPerson);
      const asking = [one, other, one, other].map(async (gateway, index) => {
        while (!end.signal.aborted) {
          const askedAt = performance.now();
          if (await isSeen(gateway, id)) seenAt.push(askedAt);
          expect(await isSeen(gateway, others[(answers + index) % others.length] ?? id)).toBe(true);
          answers += 2;
        }
      });
      return async () => {
        end.abort();
        await Promise.all(asking);
        return { seenAt, answers };
      };
    }

    const TROUBLES: Readonly<Record<string, () => Promise<void>>> = {
      nothing: async () => {},
      'a paused Redis': async () => {
        primary.process.kill('SIGSTOP');
        setTimeout(() => primary.process.kill('SIGCONT'), 2_500);
        await delay(0);
      },
      'a failover behind one address': async () => {
        const [from, to] = [primary, replica].map(({ url }) => new Redis(url));
        relay.turnTo(replica.port);
        await to?.replicaof('NO', 'ONE');
        await from?.replicaof('127.0.0.1', replica.port);
        from?.disconnect();
        to?.disconnect();
      },
      'a killed Redis that comes back empty': async () => {
        await replica.stop();
        setTimeout(() => {
          void (async () => {
            replica = await startRedis([], replica.port);
          })();
        }, 1_500);
      },
    };

    it.each(Object.keys(TROUBLES))('is honoured within a second, with %s', async (trouble) => {
      const id = nextPerson();
      const stop = watch(id);
      await delay(1_500);
      await TROUBLES[trouble]?.();
      one.mocks.registers.population.protect?.(id);
      const noticedAt = performance.now();
      const taken = giveNotice(one, [id]);
      await delay(5_000);
      await taken;
      const { seenAt, answers } = await stop();
      const late = seenAt.map((at) => Math.round(at - noticedAt)).filter((ms) => ms > 0);
      process.stdout.write(
        `notice with ${trouble}: ${answers} answers, seen for the last time after ${Math.max(0, ...late)} ms\n`,
      );
      expect(seenAt.length).toBeGreaterThan(0);
      expect(late.filter((ms) => ms > PROMISED_MS)).toEqual([]);
    });
  },
);
