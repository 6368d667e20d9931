import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTargets, openAttacker, outcomeAt, take, type Attacker } from '../../support/attacker.ts';
import { copyDemoAgreements, type DemoFolder } from '../../support/demo-folder.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { ATTACKS, createRandom, type Hearsay } from '../../support/evaluations/evaluation-attacks.ts';
import {
  isFitting,
  QuestionRights,
  type Outcome,
  type Question,
} from '../../support/evaluations/evaluation-rights.ts';
import { SPELLINGS, type Target } from '../../support/evaluations/evaluation-spellings.ts';
import { hasRedisBinary, isSkippedWithout, startRedis, type OwnRedis } from '../../support/servers/redis.ts';

/** Requests against each minimised field, and against `match`. */
const CALLS = 1_000;
const UNIT = '00070';
const CASES = ['H26-261121-0001', 'H26-261121-0002'];
const DOSSIER_DATE = '2026-11-21';
/** Viet Nam's. */
const TODAY = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
/** Distinct factors that may be tried on somebody in one case. */
const FACTORS = 20;

let folder: DemoFolder;
let gateway: TestGateway;
let attacker: Attacker;
let targets: readonly Target[] = [];

beforeAll(async () => {
  folder = copyDemoAgreements();
  // The household's persons may be asked about too: a join is another way to the same questions.
  folder.change(
    'social-assistance.graphql',
    /birthDate\n {6}\}/,
    `birthDate
        matches(fullName: $fullName, birthDate: $birthDate)
        ageAtLeast(years: $years, on: $on) isAdult(on: $on) livesIn(unitCode: $unit) isAlive isMarried(on: $on)
        ownsParcel(id: $parcel) representsBusiness(code: $code)
      }`,
  );
  gateway = await startTestGateway({ environment: { AGREEMENTS_DIR: folder.path } });
  attacker = openAttacker(gateway, 'hn-hoankiem-social', 'social-assistance');
  targets = await findTargets(attacker, 4);
}, 60_000);

afterAll(async () => {
  await attacker.close();
  await gateway.close();
  folder.delete();
});

function targetAt(index: number): Target {
  const target = targets[index];
  if (!target) throw new Error('no target');
  return target;
}

function hearsayOf({ id, match }: Target): Hearsay {
  const others = [...take(country.people({ with: ['land', 'business'] }), 40)];
  return {
    ...match,
    unit: UNIT,
    today: TODAY,
    dossierDate: DOSSIER_DATE,
    parcels: [id, ...others.map(({ personalId }) => personalId)].flatMap((one) => country.parcelsOf(one)),
    // Enterprises: about another's household business, which is that person, nothing is ever said.
    businesses: [id, ...others.map(({ personalId }) => personalId)]
      .flatMap((one) => country.businessesOf(one))
      .filter((code) => code.length === 10),
  };
}

function createRights(): QuestionRights {
  return new QuestionRights({
    country,
    agreement: readFileSync(join(folder.path, 'social-assistance.yaml'), 'utf8'),
    symbols: { today: TODAY, 'dossier-date': DOSSIER_DATE, 'own-unit': UNIT },
  });
}

type Send = Attacker['ask'];

/** Asks on and on; each answer is the one foretold. Gives the distinct truths that were told. */
async function attack(field: string, target: Target, calls: number, send: Send): Promise<number> {
  const rights = createRights();
  const random = createRandom(7 + field.length);
  const questioner = ATTACKS[field]?.(hearsayOf(target), random);
  if (!questioner) throw new Error('no attack');
  const told = new Set<string>();
  const mistakes: object[] = [];
  let heard: Outcome | undefined;
  for (let call = 0; call < calls; call++) {
    const caseId = CASES[call % 5 === 4 ? 1 : 0] ?? '';
    const questions: Question[] = [];
    for (let more = random(16) === 0 ? 20 : 1; more > 0; more--) {
      const question: Question = { field, given: questioner.next(heard).value };
      heard = undefined;
      // One that cannot be put at all would refuse those beside it.
      if (isFitting(question) || questions.length === 0) questions.push(question);
      if (!isFitting(question)) break;
    }
    const spelled = SPELLINGS[random(SPELLINGS.length)]?.(target, questions);
    if (!spelled) throw new Error('no spelling');
    const reply = await send(spelled, random(9), caseId);
    if (!questions.every(isFitting)) {
      if (reply.status !== 400 || reply.data) mistakes.push({ spelled, text: reply.text });
      continue;
    }
    const wanted = questions.map((question) => rights.reply(target.id, caseId, question));
    const outcomes = spelled.places.map((places) => {
      const [first, ...others] = places.map((place) => outcomeAt(reply, place));
      return others.every((other) => other === first) ? first : 'SEVERAL_ANSWERS';
    });
    if (outcomes.join() !== wanted.join()) mistakes.push({ spelled, outcomes, wanted });
    heard = outcomes.at(-1);
    for (const [index, outcome] of outcomes.entries()) {
      const given = questions[index]?.given;
      if (typeof outcome === 'boolean')
        told.add(`${caseId} ${JSON.stringify({ ...given, on: given?.['on'] ?? TODAY })}`);
    }
  }
  expect(mistakes.slice(0, 3)).toEqual([]);
  expect(told.size).toBe(rights.learnt(target.id, field));
  expect(told.size).toBeLessThanOrEqual(rights.evaluations * CASES.length);
  return told.size;
}

/** Tries birth dates on an id with a known name, the right one after so many wrong ones; gives how often it was told. */
async function guess({ id, match }: Target, wrongFirst: number, calls: number): Promise<number> {
  const random = createRandom(wrongFirst);
  const { fullName } = match;
  const names = [fullName, fullName.toUpperCase(), fullName.normalize('NFD'), ` ${fullName} `];
  const wrong = new Set<string>();
  let hasHit = false;
  let told = 0;
  const mistakes: object[] = [];
  const nextDate = () => {
    const isHit = wrong.size >= wrongFirst && (!hasHit || random(5) === 0);
    hasHit ||= isHit;
    const other = `18${String(10 + random(90))}-0${1 + random(9)}-1${random(10)}`;
    if (!isHit) wrong.add(other);
    return isHit ? match.birthDate : other;
  };
  const factor = () => {
    const birthDate = nextDate();
    const isTold = birthDate === match.birthDate && wrongFirst < FACTORS;
    return { isTold, match: { fullName: names[random(names.length)], birthDate } };
  };
  for (let call = 0; call < calls; call++) {
    const factors = Array.from({ length: random(10) === 0 ? 20 : 1 }, factor);
    const isBatch = random(3) === 0;
    const types = factors.map((_, index) => `$m${index}:CitizenMatch`).join(' ');
    const roots = factors.map((_, index) => `r${index}:citizen(personalId:$id,match:$m${index}){personalId}`);
    const reply = await attacker.ask(
      isBatch
        ? {
            query: 'query($ids:[ID!]!,$all:[CitizenMatch]){citizens(personalIds:$ids,matches:$all){status}}',
            variables: { ids: factors.map(() => id), all: factors.map((one) => one.match) },
          }
        : {
            query: `query($id:ID! ${types}){${roots.join(' ')}}`,
            variables: { id, ...Object.fromEntries(factors.map((one, index) => [`m${index}`, one.match])) },
          },
      random(9),
    );
    const wanted = isBatch
      ? { citizens: factors.map(({ isTold }) => ({ status: isTold ? 'OK' : 'NOT_FOUND' })) }
      : Object.fromEntries(
          factors.map(({ isTold }, index) => [`r${index}`, isTold ? { personalId: id } : null]),
        );
    // Behind the data stand the registers that were asked: the same for everybody.
    const text = `{"data":${JSON.stringify(wanted)},"extensions":{"sources":[`;
    if (!reply.text.startsWith(text)) mistakes.push({ factors, text: reply.text, wanted: text });
    told += factors.filter(({ isTold }) => isTold).length;
  }
  expect(mistakes.slice(0, 3)).toEqual([]);
  expect(wrong.size).toBeGreaterThan(FACTORS);
  return told;
}

describe(`an attacker with ${CALLS} calls against each`, () => {
  it('learns of every minimised field, and by every factor, what is granted and not a truth more', async () => {
    const fields = Object.keys(ATTACKS);
    const [told, early, late] = await Promise.all([
      Promise.all(fields.map((field) => attack(field, targetAt(0), CALLS, attacker.ask))),
      guess(targetAt(1), FACTORS - 1, CALLS / 2),
      guess(targetAt(2), FACTORS, CALLS / 2),
    ]);
    expect(Object.fromEntries(fields.map((field, index) => [field, told[index]]))).toEqual({
      ageAtLeast: 6,
      isAdult: 4,
      livesIn: 2,
      isAlive: 2,
      isMarried: 4,
      ownsParcel: 6,
      representsBusiness: 6,
      matches: 6,
    });
    // Right within the limit, it is right again and again; one try later it is as good as a wrong one.
    expect(early).toBeGreaterThan(50);
    expect(late).toBe(0);
  }, 120_000);

  it('has no more from a hundred questions at once', async () => {
    const { id, match } = targetAt(3);
    const query =
      'query($id:ID!,$match:CitizenMatch,$parcel:ID!){citizen(personalId:$id,match:$match){ownsParcel(id:$parcel)}}';
    const parcels = hearsayOf(targetAt(3)).parcels.slice(0, 30);
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        attacker.ask({ query, variables: { id, match, parcel: parcels[index % parcels.length] } }, index),
      ),
    );
    const told = new Set<unknown>();
    for (const [index, reply] of replies.entries()) {
      const outcome = outcomeAt(reply, ['citizen', 'ownsParcel']);
      if (outcome !== 'EVALUATIONS_EXCEEDED') told.add(`${parcels[index % parcels.length]} ${outcome}`);
    }
    expect(told.size).toBe(createRights().evaluations);
  });
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('two instances over one Redis', () => {
  it('share the count', async () => {
    const redis: OwnRedis = await startRedis();
    const environment = {
      AGREEMENTS_DIR: folder.path,
      REDIS_URL: redis.url,
      SECRETS_DIR: gateway.secretsDirectory,
    };
    const instances: TestGateway[] = [];
    try {
      for (let count = 0; count < 2; count++) {
        instances.push(await startTestGateway({ environment, mocks: gateway.mocks }));
      }
      const askers = instances.map((one) => openAttacker(one, 'hn-hoankiem-social', 'social-assistance'));
      let turn = 0;
      const either: Send = (...asked) =>
        askers[turn++ % 2]?.ask(...asked) ?? Promise.reject(new Error('nobody'));
      expect(await attack('ownsParcel', targetAt(0), 200, either)).toBe(6);
      expect(await attack('ageAtLeast', targetAt(0), 200, either)).toBe(6);
      await Promise.all(askers.map((one) => one.close()));
    } finally {
      for (const instance of instances) await instance.close();
      await redis.stop();
    }
  });
});
