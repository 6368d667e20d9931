import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import {
  buildFolderGateways,
  codeOf,
  MARGIN_MS,
  PROMISED_MS,
  type FolderGateway,
} from '../../support/folder-gateways.ts';
import { country, type Caller, type TestAnswer } from '../../support/gateway.ts';
import { startRedisRelay } from '../../support/servers/redis-relay.ts';
import { delay, hasRedisBinary, isSkippedWithout, startRedis } from '../../support/servers/redis.ts';

const LIMIT_MS = PROMISED_MS + MARGIN_MS;
const CALLERS = 8;
/** More than two readings of the folder: what is undone by the next one is noticed. */
const AFTERMATH_MS = 2_000;
const INSPECTION: Caller = {};
const LAND: Caller = { client: 'hn-land-office', purpose: 'land-registration' };
const WITHDRAWAL = 'agreements: [{ id: asset-inspection }]';
const [someone, someoneElse] = country.people({}).map(({ personalId }) => personalId);

const folders = buildFolderGateways();
/** Servers of one test, closed in turn. */
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});
afterAll(() => folders.close());

const ask = ({ gateway }: FolderGateway, caller: Caller, id = someone): Promise<TestAnswer> =>
  gateway.ask('query ($id: ID!) { citizen(personalId: $id) { personalId birthDate } }', { id }, caller);

interface Asked {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly code: string;
}

interface Load {
  /** Whether the last answer of each caller was a refusal. */
  isRefused(): boolean;
  /** What each caller was answered. */
  stop(): Promise<readonly (readonly Asked[])[]>;
}

/** Callers that ask on and on, each as soon as it is answered. */
function startLoad(instance: FolderGateway, caller: Caller, callers: number): Load {
  const stopping = new AbortController();
  const answered: Asked[][] = Array.from({ length: callers }, () => []);
  const ended = answered.map(async (answers) => {
    while (!stopping.signal.aborted) {
      const askedAt = performance.now();
      const code = codeOf(await ask(instance, caller));
      answers.push({ askedAt, answeredAt: performance.now(), code });
    }
  });
  return {
    isRefused: () => answered.every((answers) => (answers.at(-1)?.code ?? 'OK') !== 'OK'),
    async stop() {
      stopping.abort();
      await Promise.all(ended);
      return answered;
    },
  };
}

/** Changes something under load and lets the load go on until all that should be refused is, and a while longer. */
async function changeUnder(
  loads: { readonly ending: readonly Load[]; readonly lasting: readonly Load[] },
  change: () => void,
) {
  await delay(500);
  const changedAt = performance.now();
  change();
  while (!loads.ending.every((load) => load.isRefused()) && performance.now() - changedAt < LIMIT_MS) {
    await delay(50);
  }
  await delay(AFTERMATH_MS);
  const stopAll = async (some: readonly Load[]) =>
    (await Promise.all(some.map((load) => load.stop()))).flat();
  return { changedAt, ending: await stopAll(loads.ending), lasting: await stopAll(loads.lasting) };
}

/** Each caller got data until the change and for at most the promised time after it, then one refusal for good. */
function expectEnded(callers: readonly (readonly Asked[])[], changedAt: number, refusal: string): void {
  expect(callers.map(turnsOf)).toEqual(callers.map(() => ['OK', refusal]));
  const all = callers.flat();
  const lastOk = Math.max(...all.filter(({ code }) => code === 'OK').map(({ askedAt }) => askedAt));
  const firstRefusal = Math.min(
    ...all.filter(({ code }) => code !== 'OK').map(({ answeredAt }) => answeredAt),
  );
  expect(lastOk - changedAt).toBeLessThan(LIMIT_MS);
  expect(firstRefusal).toBeGreaterThan(changedAt);
}

function turnsOf(answers: readonly Asked[]): readonly string[] {
  return answers.map(({ code }) => code).filter((code, index, codes) => code !== codes[index - 1]);
}

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('two instances over one Redis', () => {
  it('a withdrawal in the folder of one ends the agreement on both, and no other', async () => {
    const redis = await startRedis();
    toClose.push(() => redis.stop());
    const environment = { REDIS_URL: redis.url };
    const told = await folders.start('told', { environment });
    const untold = await folders.start('untold', { environment });
    const { changedAt, ending, lasting } = await changeUnder(
      {
        ending: [told, untold].map((instance) => startLoad(instance, INSPECTION, CALLERS)),
        lasting: [told, untold].map((instance) => startLoad(instance, LAND, 2)),
      },
      () => told.put('withdrawn.yaml', WITHDRAWAL),
    );
    expectEnded(ending, changedAt, 'AGREEMENT_EXPIRED');
    expect(lasting.map(turnsOf)).toEqual(lasting.map(() => ['OK']));
  });

  it('the one that is cut off no longer answers, the other goes on', async () => {
    const redis = await startRedis();
    const relay = await startRedisRelay(redis.port);
    toClose.push(relay.close, () => redis.stop());
    const environment = { REDIS_URL: redis.url, AGREEMENT_LEASES: 'redis' };
    const connected = await folders.start('connected', { environment });
    const cutOff = await folders.start('cut-off', { environment: { ...environment, REDIS_URL: relay.url } });
    const { changedAt, ending, lasting } = await changeUnder(
      {
        ending: [startLoad(cutOff, INSPECTION, CALLERS)],
        lasting: [startLoad(connected, INSPECTION, CALLERS)],
      },
      () => relay.cut(),
    );
    expectEnded(ending, changedAt, 'AGREEMENT_UNCONFIRMED');
    expect(lasting.map(turnsOf)).toEqual(lasting.map(() => ['OK']));
  });
});

describe('an operation that is in flight', () => {
  let one: FolderGateway;
  beforeAll(async () => {
    one = await folders.start('slow', {
      environment: { RECORD_CACHE: 'off' },
      overrides: { requestTimeoutMs: 20_000, registerTimeoutMs: 20_000 },
    });
  });

  const agreementOf = (answer: TestAnswer) => recordOf(one.gateway, answer)?.answer.agreement;
  const seen = async (caller: Caller) => {
    const answer = await ask(one, caller, someoneElse);
    return [codeOf(answer), agreementOf(answer)?.version ?? null];
  };

  it('ends under the version with which it began, across a new version and across a withdrawal', async () => {
    const { faults, log } = one.gateway.mocks.registers.population;
    faults.set({ fault: 'delay', ms: PROMISED_MS, onlyWithKey: someone ?? '' });
    const callsBefore = log.calls;
    const soon = { timeout: LIMIT_MS, interval: 50 };
    let hasEnded = false;
    const slow = [INSPECTION, LAND].map((caller) => ask(one, caller).finally(() => (hasEnded = true)));
    // Both have reached the register.
    await expect.poll(() => log.calls - callsBefore, soon).toBe(slow.length);

    one.put('inspection.yaml', one.read('inspection.yaml').replace('version: 1', 'version: 2'));
    one.put('withdrawn.yaml', 'agreements: [{ id: hanoi-land-registration }]');
    await expect.poll(() => seen(INSPECTION), soon).toMatchObject(['OK', 2]);
    await expect.poll(() => seen(LAND), soon).toMatchObject(['AGREEMENT_EXPIRED', null]);
    expect(hasEnded).toBe(false);

    const answers = await Promise.all(slow);
    faults.clear();
    expect(answers.map((answer) => [codeOf(answer), agreementOf(answer)])).toMatchObject([
      ['OK', { id: 'asset-inspection', version: 1 }],
      ['OK', { id: 'hanoi-land-registration', version: 1 }],
    ]);
    expect(codeOf(await ask(one, LAND))).toBe('AGREEMENT_EXPIRED');
    expect(agreementOf(await ask(one, INSPECTION))).toMatchObject({ id: 'asset-inspection', version: 2 });
  });
});
