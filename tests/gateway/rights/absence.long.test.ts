import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../support/best-threshold.ts';
import { copyDemoAgreements, type DemoFolder } from '../../support/demo-folder.ts';
import { upstreamCalls } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { recordsOf } from '../../support/recorded.ts';

/** `ABSENCE_ROUNDS=40` asks four times as much. */
const ROUNDS = Number(process.env['ABSENCE_ROUNDS'] ?? 10);
/** Ids of each kind; asked ROUNDS times each, the first time cold. */
const OF_EACH = 150;
const BATCH = 5;
const CALLERS = 16;
const UNIT = '00070';
const LATELY = 'contradiction:death-not-in-population';

const KINDS = [
  'absent',
  'protected',
  'mismatched',
  'foreign',
  'deceased',
  'deceased-lately',
  'minor',
] as const;
type Kind = (typeof KINDS)[number];

interface Asked {
  readonly kind: Kind;
  readonly id: string;
  readonly match: { readonly fullName: string; readonly birthDate: string };
}

interface Seen {
  readonly kind: Kind;
  readonly round: number;
  readonly milliseconds: number;
  /** Everything that shows, but for what is random in every answer and for the ids asked. */
  readonly shown: string;
  readonly entry: string;
  readonly calls: string;
}

const SINGLE =
  'query($id:ID!,$match:CitizenMatch){citizen(personalId:$id,match:$match){personalId name{full} landParcels{id} household{members{relationToHead person{name{full}}}}}}';
const LIST =
  'query($ids:[ID!]!,$matches:[CitizenMatch]){citizens(personalIds:$ids,matches:$matches){status personalId citizen{personalId name{full} landParcels{id}}}}';

let folder: DemoFolder;
let gateway: TestGateway;
let client: Pool;
let token = '';

beforeAll(async () => {
  folder = copyDemoAgreements();
  // The demo's office sees minors and the deceased; one without that clearance must not tell them from nobody.
  folder.change('social-assistance.yaml', /clearance: \[minors, deceased\]/, 'clearance: []');
  gateway = await startTestGateway({ environment: { AGREEMENTS_DIR: folder.path } });
  client = new Pool(new URL(gateway.url).origin, { connections: CALLERS });
  token = gateway.token({ client: 'hn-hoankiem-social', officer: 'officer.absence' });
}, 120_000);

afterAll(async () => {
  await client.close();
  await gateway.close();
  folder.delete();
});

function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  let left = count;
  if (left > 0)
    for (const value of values) {
      yield value;
      if (--left === 0) return;
    }
}

/** Who is no adult for years to come: the country's day stands still, the gateway's does not. */
function* children<T extends { readonly birthDate: string }>(people: Iterable<T>): Generator<T> {
  for (const person of people) if (person.birthDate > '2012') yield person;
}

function factorOf(id: string): Asked['match'] {
  const person = country.person(id);
  const fullName = [person?.surname, person?.middle, person?.given].join(' ').trim();
  return { fullName, birthDate: person?.birthDate ?? '' };
}

/** Well-formed ids of the same neighbourhoods that nobody has. */
function* unknownIds(): Generator<string> {
  for (const { personalId } of country.people({})) {
    for (let step = 1; step < 4; step++) {
      const id =
        personalId.slice(0, 6) + String((Number(personalId.slice(6)) + step) % 1_000_000).padStart(6, '0');
      if (!country.person(id)) yield id;
    }
  }
}

function gather(): readonly Asked[] {
  const wrong = { fullName: 'Nguyễn Văn Không', birthDate: '1971-01-31' };
  const residents = [...take(country.people({ unit: UNIT }), OF_EACH)];
  const foreigners = country.people({ unit: '25747' });
  const of = (kind: Kind, ids: readonly string[], match?: Asked['match']): readonly Asked[] =>
    ids.map((id) => ({ kind, id, match: match ?? factorOf(id) }));
  const ids = (people: Iterable<{ readonly personalId: string }>) =>
    [...take(people, OF_EACH)].map(({ personalId }) => personalId);
  const all = [
    ...of('absent', [...take(unknownIds(), OF_EACH)], wrong),
    ...of('protected', ids(country.people({ traits: ['protected'] }))),
    ...of('mismatched', ids(residents), wrong),
    ...of('foreign', ids(foreigners)),
    ...of('deceased', ids(country.people({ unit: UNIT, traits: ['deceased'] }))),
    // Dead in civil status alone; few of them reside in the commune.
    ...of(
      'deceased-lately',
      [
        ...ids(country.people({ unit: UNIT, traits: [LATELY] })),
        ...ids(country.people({ traits: [LATELY] })),
      ].slice(0, OF_EACH),
    ),
    ...of('minor', ids(children(country.people({ unit: UNIT, traits: ['minor'] })))),
  ];
  // Somebody of two kinds would be asked twice in the first round, and be known at the second ask.
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

async function ask(query: string, variables: object) {
  const startedAt = performance.now();
  const response = await client.request({
    path: '/graphql',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-purpose': 'social-assistance',
      'x-case-id': 'H26-261121-0001',
      'x-request-id': 'absence',
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.body.text();
  const milliseconds = performance.now() - startedAt;
  const { date: _date, 'x-access-entry': entry, ...headers } = response.headers;
  return {
    milliseconds,
    text,
    entry: String(entry),
    head: `${response.statusCode} ${JSON.stringify(headers)}`,
  };
}

/** A first round one by one, so that each answer's calls are its own; later ones beside each other. */
async function askAll<T>(
  values: readonly T[],
  round: number,
  one: (value: T) => Promise<void>,
): Promise<void> {
  const queue = shuffled(values, 7 + round);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let value = queue[next++]; value !== undefined; value = queue[next++]) await one(value);
  };
  await Promise.all(Array.from({ length: round === 0 ? 1 : CALLERS }, worker));
}

/** Calls of the one question asked meanwhile. */
async function countCalls<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly calls: string }> {
  const before = upstreamCalls(gateway);
  const result = await work();
  const { dossier: _dossier, ...after } = upstreamCalls(gateway);
  const calls = Object.entries(after).map(
    ([name, count]) => `${name} ${count - before[name as keyof typeof after]}`,
  );
  return { result, calls: calls.join() };
}

function shuffled<T>(values: readonly T[], seed: number): readonly T[] {
  let state = seed;
  return values
    .map((value) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return { value, order: state };
    })
    .sort((one, other) => one.order - other.order)
    .map(({ value }) => value);
}

function report(name: string, seen: readonly Seen[]): void {
  const times = (kind: Kind, isCold: boolean) =>
    seen.filter((one) => one.kind === kind && (one.round === 0) === isCold).map((one) => one.milliseconds);
  for (const kind of KINDS.slice(1)) {
    const [cold, warm] = [true, false].map((isCold) =>
      areaUnderCurve(times('absent', isCold), times(kind, isCold)).toFixed(3),
    );
    console.log(`${name}: ${kind} told from absent by time: AUC ${cold} cold, ${warm} warm`);
  }
}

describe('absence', () => {
  const asked = gather();

  it('has enough of each kind to ask about', () => {
    expect(KINDS.map((kind) => asked.filter((one) => one.kind === kind).length > 50)).toEqual(
      KINDS.map(() => true),
    );
  });

  it(`of ${asked.length * ROUNDS} single questions: bytes, headers, calls and entries are the same for every kind`, async () => {
    const seen: Seen[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await askAll(asked, round, async ({ kind, id, match }) => {
        const { result, calls } = await countCalls(() => ask(SINGLE, { id, match }));
        const { milliseconds, text, entry, head } = result;
        seen.push({ kind, round, milliseconds, shown: `${head} ${text}`, entry, calls });
      });
    }
    report('single', seen);
    expect(new Set(seen.map(({ shown }) => shown)).size).toBe(1);
    expect(seen[0]?.shown).toContain('{"data":{"citizen":null}');
    // Cold one call to each register that has facts, whoever it is; at the second and third ask none. (Records live a minute: later rounds may ask again.)
    const cold = seen.filter(({ round }) => round === 0).map(({ calls }) => calls);
    expect(new Set(cold)).toEqual(new Set(['population 1,business 0,land 0,civil-status 1']));
    const warm = seen.filter(({ round }) => round === 1 || round === 2).map(({ calls }) => calls);
    expect(new Set(warm)).toEqual(new Set(['population 0,business 0,land 0,civil-status 0']));
    const first = seen.filter((one) => one.round === 0);
    const records = recordsOf(
      gateway,
      first.map(({ entry }) => entry),
    );
    expect(new Set(records.map((record) => record?.entries.length))).toEqual(new Set([1]));
    const rules = new Map<string, Set<string>>();
    for (const [index, { kind }] of first.entries()) {
      const [entry] = records[index]?.entries ?? [];
      const known = rules.get(kind) ?? new Set();
      rules.set(kind, known.add(`${entry?.outcome} ${entry?.rule}`));
    }
    expect(Object.fromEntries([...rules].map(([kind, told]) => [kind, [...told].sort()]))).toEqual({
      absent: ['not-found null'],
      protected: ['denied protected'],
      mismatched: ['denied match'],
      foreign: ['denied territory'],
      deceased: ['denied deceased'],
      'deceased-lately': ['denied deceased', 'denied territory'],
      minor: ['denied minor'],
    });
  }, 300_000);

  it('of batches: bytes, headers, calls and number of entries are the same for every kind', async () => {
    const groups = KINDS.flatMap((kind) => {
      const own = asked.filter((one) => one.kind === kind);
      return Array.from({ length: Math.floor(own.length / BATCH) }, (_, at) =>
        own.slice(at * BATCH, (at + 1) * BATCH),
      );
    });
    const other = await startTestGateway({
      environment: { AGREEMENTS_DIR: folder.path },
      mocks: gateway.mocks,
    });
    const seen: Seen[] = [];
    const cold = new Pool(new URL(other.url).origin, { connections: CALLERS });
    const warm = client;
    try {
      client = cold;
      for (let round = 0; round < ROUNDS; round++) {
        await askAll(groups, round, async (group) => {
          const variables = { ids: group.map(({ id }) => id), matches: group.map(({ match }) => match) };
          const { result, calls } = await countCalls(() => ask(LIST, variables));
          const { milliseconds, text, entry, head } = result;
          const shown = group.reduce((all, { id }) => all.replace(id, 'ID'), `${head} ${text}`);
          seen.push({ kind: group[0]?.kind ?? 'absent', round, milliseconds, shown, entry, calls });
        });
      }
      report('batch', seen);
      expect(new Set(seen.map(({ shown }) => shown)).size).toBe(1);
      expect(seen[0]?.shown).toContain('"status":"NOT_FOUND"');
      const early = seen.filter(({ round }) => round < 3);
      expect(new Set(early.map(({ round, calls }) => `${round === 0 ? 'cold' : 'warm'} ${calls}`))).toEqual(
        new Set([
          'cold population 1,business 0,land 0,civil-status 1',
          'warm population 0,business 0,land 0,civil-status 0',
        ]),
      );
      const records = recordsOf(
        other,
        seen.slice(0, groups.length).map(({ entry }) => entry),
      );
      expect(new Set(records.map((record) => record?.entries.length))).toEqual(new Set([BATCH]));
    } finally {
      client = warm;
      await cold.close();
      await other.close();
    }
  }, 300_000);
});
