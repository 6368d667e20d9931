import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { take } from '../../support/attacker.ts';
import { copyDemoAgreements, type DemoFolder } from '../../support/demo-folder.ts';
import { recordOf, upstreamCalls } from '../../support/edge.ts';
import { country, startTestGateway, type TestAnswer, type TestGateway } from '../../support/gateway.ts';
import { delay } from '../../support/servers/redis.ts';

/** What one agreement may ask for in an hour, and how old a record it accepts. */
const VOLUME = 6;
const HOUR_S = 3_600;
const MOST_SECONDS = 20;

const people = [...take(country.people({ with: ['land'] }), VOLUME + 1)].map(({ personalId }) => personalId);
const [landowner = ''] = people;
const parcels = country.parcelsOf(landowner).length;
const unknown = people.map(nobodyNear);
const hidden = [...take(country.people({ traits: ['protected'] }), VOLUME + 1)].map((one) => one.personalId);

function nobodyNear(id: string): string {
  for (let step = 1; ; step += 7) {
    const other = id.slice(0, 6) + String((Number(id.slice(6)) + step) % 1_000_000).padStart(6, '0');
    if (!country.person(other)) return other;
  }
}

/** Each is an agreement, and a purpose, of its own; the volume is the last number. */
const PURPOSES = {
  found: VOLUME,
  unknown: VOLUME,
  hidden: VOLUME,
  same: VOLUME,
  mismatched: VOLUME,
  malformed: VOLUME,
  whole: VOLUME,
  'joined-full': 1 + parcels,
  'joined-free': 2 + parcels,
  'aged-one': 1_000,
  'aged-any': 1_000,
};

let folder: DemoFolder;
let gateway: TestGateway;

beforeAll(async () => {
  folder = copyDemoAgreements();
  const inspection = folder.read('inspection.yaml');
  for (const [name, volume] of Object.entries(PURPOSES)) {
    const text = inspection
      .replace('id: asset-inspection', `id: agreement-${name}`)
      .replace('purpose: inspection', `purpose: ${name}`)
      .replace(/recordsPerHour: \d+/, `recordsPerHour: ${volume}`);
    folder.put(`${name}.yaml`, name === 'aged-one' ? `${text}recordAge: 1\n` : text);
  }
  gateway = await startTestGateway({ environment: { AGREEMENTS_DIR: folder.path } });
  // A count begins anew with the hour.
  const left = HOUR_S - ((Date.now() / 1_000) % HOUR_S);
  if (left < MOST_SECONDS) await delay(left * 1_000 + 100);
}, 60_000);

afterAll(async () => {
  await gateway.close();
  folder.delete();
});

const QUERY =
  'query($ids:[ID!]!,$all:[CitizenMatch]){citizens(personalIds:$ids,matches:$all){status citizen{name{full}}}}';
const ask = (
  purpose: string,
  ids: readonly string[],
  all: readonly object[] | null = null,
): Promise<TestAnswer> => gateway.ask(QUERY, { ids, all }, { purpose });

const codeOf = ({ status, errors }: TestAnswer): string =>
  `${status} ${errors[0]?.extensions.code ?? 'none'}`;
const statusesOf = ({ data }: TestAnswer): ReadonlySet<unknown> =>
  new Set([data?.['citizens'] ?? []].flat().map((item) => Object(item)['status']));

describe('the volume of an agreement', () => {
  it.each([
    ['found', people, 'OK'],
    ['unknown', unknown, 'NOT_FOUND'],
    ['hidden', hidden, 'NOT_FOUND'],
    ['same', people.map(() => landowner), 'OK'],
  ])('counts ids that are %s', async (purpose, ids, status) => {
    for (const part of [ids.slice(0, 2), ids.slice(2, VOLUME)]) {
      const answer = await ask(purpose, part);
      expect(codeOf(answer)).toBe('200 none');
      expect(statusesOf(answer)).toEqual(new Set([status]));
    }
    const { dossier: _before, ...before } = upstreamCalls(gateway);
    const answer = await ask(purpose, ids.slice(0, 1));
    const { dossier: _after, ...after } = upstreamCalls(gateway);
    expect(codeOf(answer)).toBe('429 QUOTA_EXCEEDED');
    expect(answer.data ?? null).toBeNull();
    expect(after).toEqual(before);
    const left = HOUR_S - ((Date.now() / 1_000) % HOUR_S);
    expect(Math.abs(Number(answer.headers.get('retry-after')) - left)).toBeLessThan(MOST_SECONDS);
    expect(recordOf(gateway, answer)).toMatchObject({
      answer: { outcome: 'refused', code: 'QUOTA_EXCEEDED', purpose },
      entries: [{ subject: { kind: 'person', key: ids[0] }, outcome: 'refused', disclosed: [] }],
    });
  });

  it('counts ids whose factor does not fit', async () => {
    const wrong = people.map(() => ({ fullName: 'Nguyễn Văn Không', birthDate: '1971-01-31' }));
    const answer = await ask('mismatched', people.slice(0, VOLUME), wrong.slice(0, VOLUME));
    expect(statusesOf(answer)).toEqual(new Set(['NOT_FOUND']));
    expect(codeOf(await ask('mismatched', [landowner]))).toBe('429 QUOTA_EXCEEDED');
  });

  it('does not count what no register could be asked for', async () => {
    expect(
      statusesOf(
        await ask(
          'malformed',
          people.map(() => 'x'),
        ),
      ),
    ).toEqual(new Set(['BAD_IDENTIFIER']));
    expect(codeOf(await ask('malformed', people.slice(0, VOLUME)))).toBe('200 none');
    expect(codeOf(await ask('malformed', [landowner]))).toBe('429 QUOTA_EXCEEDED');
  });

  it('refuses an operation whole, and does not charge it', async () => {
    expect(codeOf(await ask('whole', people.slice(0, VOLUME - 1)))).toBe('200 none');
    expect(codeOf(await ask('whole', people.slice(0, 2)))).toBe('429 QUOTA_EXCEEDED');
    expect(codeOf(await ask('whole', [landowner]))).toBe('200 none');
    expect(codeOf(await ask('whole', [landowner]))).toBe('429 QUOTA_EXCEEDED');
  });

  it('counts what joins lead to', async () => {
    const joined = 'query($id:ID!){citizen(personalId:$id){landParcels{id area}}}';
    for (const purpose of ['joined-full', 'joined-free']) {
      const answer = await gateway.ask(joined, { id: landowner }, { purpose });
      expect(Object(answer.data?.['citizen'])['landParcels']).toHaveLength(parcels);
    }
    expect(codeOf(await ask('joined-full', [landowner]))).toBe('429 QUOTA_EXCEEDED');
    expect(codeOf(await ask('joined-free', [landowner]))).toBe('200 none');
    expect(codeOf(await ask('joined-free', [landowner]))).toBe('429 QUOTA_EXCEEDED');
  });

  it('is each agreement’s own, and needs a purpose of data only', async () => {
    expect(codeOf(await gateway.ask('{__typename}', {}, { purpose: 'found' }))).toBe('200 none');
    expect(codeOf(await ask('inspection', people))).toBe('200 none');
  });
});

describe('the age of records that an agreement accepts', () => {
  it('a cached record that is older is read anew, for this agreement alone', async () => {
    const calls = async (purpose: string): Promise<number> => {
      const before = upstreamCalls(gateway).population;
      const answer = await ask(purpose, [people[VOLUME] ?? '']);
      expect(statusesOf(answer)).toEqual(new Set(['OK']));
      return upstreamCalls(gateway).population - before;
    };
    // Whoever asked before, and of whatever age the record is now.
    await delay(1_100);
    await calls('aged-any');
    expect(await calls('aged-any')).toBe(0);
    await delay(1_100);
    expect([await calls('aged-any'), await calls('aged-one')]).toEqual([0, 1]);
    await delay(1_100);
    expect([await calls('aged-one'), await calls('aged-any')]).toEqual([1, 0]);
  });
});
