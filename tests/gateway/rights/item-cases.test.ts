import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEntry } from '../../../src/independent/verify/reading/entry-reader.ts';
import { take } from '../../support/attacker.ts';
import { recordOf, registerCalls, upstreamCalls } from '../../support/edge.ts';
import { withLog } from '../../support/recorded.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type Caller,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';

/** A batch over several dossiers: each item is asked in the name of its own, or of the request's. */
const HEADER = 'H26-261121-0001';
const OWN = 'H26-261121-0101';
const OTHER_OWN = 'H26-261121-0102';
/** Its party is somebody who leads to none of the items. */
const STRANGERS = 'H26-261121-0611';

let gateway: TestGateway;

/** Three of each that nobody else leads to. */
const people = [...take(country.people({ with: ['land', 'business'] }), 60)];
const citizens = people.filter((_, index) => index % 20 === 0).map(({ personalId }) => personalId);
const businesses = citizens.map((id) => country.businessesOf(id)[0] ?? '');
const parcels = citizens.map((id) => country.parcelsOf(id)[0] ?? '');

interface Root {
  readonly root: string;
  readonly item: string;
  readonly ids: readonly string[];
  readonly query: string;
}

const ROOTS: readonly Root[] = [
  {
    root: 'citizens',
    item: 'citizen',
    ids: citizens,
    query:
      'query($ids:[ID!]!,$cases:[String]){citizens(personalIds:$ids,caseIds:$cases){status citizen{personalId name{full} landParcels{id area} businesses{code status}}}}',
  },
  {
    root: 'businesses',
    item: 'business',
    ids: businesses,
    query:
      'query($ids:[ID!]!,$cases:[String]){businesses(codes:$ids,caseIds:$cases){status business{code status legalRepresentatives{person{personalId name{full}}}}}}',
  },
  {
    root: 'landParcels',
    item: 'landParcel',
    ids: parcels,
    query:
      'query($ids:[ID!]!,$cases:[String]){landParcels(ids:$ids,caseIds:$cases){status landParcel{id area holders{person{personalId name{full}}}}}}',
  },
];

const BAD = [
  { why: 'closed', caseId: 'H26-261121-9001' },
  { why: 'another office’s', caseId: 'H26-261121-8001' },
  { why: 'about nobody', caseId: 'H26-261121-7001' },
  { why: 'about somebody else', caseId: STRANGERS },
  { why: 'another officer’s', caseId: 'H26-261121-0612' },
  { why: 'of a procedure that does not fit', caseId: 'H26-261121-0613' },
  { why: 'unknown', caseId: 'H26-261121-0614' },
  { why: 'malformed', caseId: 'H26-261121-1' },
  { why: 'empty', caseId: '' },
  { why: 'no case but somebody’s name', caseId: 'Nguyễn Văn An 0912345678' },
];

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
  const { book } = gateway.mocks.dossier;
  const good = {
    procedure: '1.004222',
    office: 'inspectorate',
    officers: ['inspectorate'],
    state: 'DANG_XU_LY',
    parties: [
      ...citizens.map((ma) => ({ loai: 'CA_NHAN' as const, ma })),
      ...businesses.map((ma) => ({ loai: 'TO_CHUC' as const, ma })),
      ...parcels.map((ma) => ({ loai: 'THUA_DAT' as const, ma })),
    ],
    receivedOn: '2026-11-21',
  } as const;
  book.set(OWN, good);
  book.set(OTHER_OWN, good);
  const stranger = people[1]?.personalId ?? '';
  book.set(STRANGERS, { ...good, parties: [{ loai: 'CA_NHAN', ma: stranger }] });
  book.set('H26-261121-0612', { ...good, officers: ['somebody.else'] });
  book.set('H26-261121-0613', { ...good, procedure: '2.000815' });
  book.set('H26-261121-0614', null);
});

afterAll(() => gateway.close());

const ask = (
  { query, ids }: Root,
  cases: readonly (string | null)[] | null,
  caller: Caller = {},
): Promise<TestAnswer> => gateway.ask(query, { ids, cases }, { caseId: HEADER, ...caller });

/** `kind key dossier` of every item that the registers were asked for by the work, by their own logs. */
async function loggedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const registers = Object.values(gateway.mocks.registers);
  const before = registers.map(({ log }) => log.entries().length);
  await work();
  const lines = registers.flatMap(({ log }, index) => log.entries().slice(before[index]));
  return [...new Set(lines.map(({ kind, key, dossier }) => `${kind} ${key} ${dossier}`))].sort();
}

const inCase = (lines: readonly string[], caseId: string): readonly string[] =>
  lines.filter((line) => line.endsWith(caseId)).map((line) => line.slice(0, -caseId.length - 1));

const statusesOf = ({ data }: TestAnswer, { root }: Root): readonly unknown[] =>
  [data?.[root] ?? []].flat().map((item) => Object(item)['status']);

describe.each(ROOTS)('$root', (root) => {
  const [first = '', second = '', third = ''] = root.ids;

  it.each(BAD)('an item whose own case is $why is denied, and the others stay', async ({ caseId }) => {
    let answer: TestAnswer | undefined;
    const lines = await loggedBy(async () => (answer = await ask(root, [OWN, caseId, null])));
    if (!answer) throw new Error('no answer');
    expect(statusesOf(answer, root)).toEqual(['OK', 'DENIED', 'OK']);
    expect(faultsOf(answer)).toEqual([`${root.root}.1.${root.item} CASE_NOT_VALID`]);
    expect(answer.data?.[root.root]).toMatchObject([
      { [root.item]: {} },
      { [root.item]: null },
      { [root.item]: {} },
    ]);
    // A party may lead to the item: whether to somebody who may be seen, the person's facts alone say.
    const facts = caseId === STRANGERS ? `CONG_DAN ${second} ${caseId}` : '';
    expect(lines.filter((line) => line.split(' ').includes(second) && line !== facts)).toEqual([]);
    expect(inCase(lines, OWN).some((line) => line.endsWith(first))).toBe(true);
    expect(inCase(lines, HEADER).some((line) => line.endsWith(third))).toBe(true);
    const entry = recordOf(gateway, answer)?.entries.find(({ subject }) => subject.key === second);
    expect(entry).toMatchObject({ outcome: 'denied', disclosed: [] });
    // A text that is no dossier number may be anything, a person's name included.
    const isWellFormed = /^H\d{2}-\d{6}-\d{4}$/.test(caseId);
    expect(entry?.caseIds).toEqual([isWellFormed ? caseId : '']);
  });

  it.each([
    ['every item’s own case fails', ['H26-261121-9001', 'H26-261121-8001', ''], HEADER],
    ['the request’s own case fails for one that uses it', [OWN, OTHER_OWN, null], 'H26-261121-9001'],
    ['the request’s own case fails for all', null, 'H26-261121-7001'],
    ['the request’s own case is closed, though no item uses it', [OWN, OWN, OWN], 'H26-261121-9001'],
    ['the request’s own case is malformed, though no item uses it', [OWN, OWN, OWN], 'H26-261121-1'],
  ])('%s: the whole is refused, and no register is asked', async (_why, cases, caseId) => {
    const before = registerCalls(gateway);
    const answer = await ask(root, cases, { caseId });
    expect(answer.status).toBe(403);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['CASE_NOT_VALID']);
    expect(answer.data ?? null).toBeNull();
    expect(registerCalls(gateway)).toBe(before);
    expect(recordOf(gateway, answer)?.answer).toMatchObject({ outcome: 'refused', code: 'CASE_NOT_VALID' });
  });

  it.each([[[]], [[OWN]], [[OWN, null]], [[OWN, null, null, null]]])(
    'a list of another length is refused: %j',
    async (cases) => {
      const before = upstreamCalls(gateway);
      const answer = await ask(root, cases);
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      expect(answer.status).toBe(400);
      expect(upstreamCalls(gateway)).toEqual(before);
    },
  );

  it('the registers and the access log name each item’s own case, for what was reached from it too', async () => {
    const alone = async (id: string, caseId: string) => {
      let answer: TestAnswer | undefined;
      const one = { ...root, ids: [id] };
      const lines = await loggedBy(async () => (answer = await ask(one, null, { caseId })));
      return { lines: inCase(lines, caseId), subjects: answer ? subjectsOf(answer) : [] };
    };
    const subjectsOf = (answer: TestAnswer) =>
      (recordOf(gateway, answer)?.entries ?? [])
        .map(({ subject }) => `${subject.kind} ${subject.key}`)
        .sort();
    const wanted = [await alone(first, OWN), await alone(second, HEADER), await alone(third, OTHER_OWN)];
    let answer: TestAnswer | undefined;
    const lines = await loggedBy(async () => (answer = await ask(root, [OWN, null, OTHER_OWN])));
    if (!answer) throw new Error('no answer');
    const cases = [OWN, HEADER, OTHER_OWN];
    expect(cases.map((caseId) => inCase(lines, caseId))).toEqual(wanted.map((one) => one.lines));
    const entries = recordOf(gateway, answer)?.entries ?? [];
    const named = cases.map((caseId) =>
      entries
        .filter(({ caseIds }) => (caseIds.length === 0 ? HEADER : caseIds.join()) === caseId)
        .map(({ subject }) => `${subject.kind} ${subject.key}`)
        .sort(),
    );
    expect(named).toEqual(wanted.map((one) => one.subjects));
    // Each leads to somebody or something else, or joins would not show.
    for (const one of wanted) expect(one.lines.length).toBeGreaterThan(1);
  });

  it('whoever is asked for in two cases is on record with both', async () => {
    const twice = { ...root, ids: [first, first] };
    let answer: TestAnswer | undefined;
    const lines = await loggedBy(async () => (answer = await ask(twice, [OWN, null])));
    if (!answer) throw new Error('no answer');
    const entry = recordOf(gateway, answer)?.entries.find(({ subject }) => subject.key === first);
    expect(entry?.caseIds).toEqual([OWN, HEADER]);
    for (const caseId of [OWN, HEADER])
      expect(inCase(lines, caseId).some((line) => line.endsWith(first))).toBe(true);
  });
});

it('leaves no entry that a verifier would call malformed', () => {
  const leaves = withLog(gateway, (reader) =>
    reader.answerIds().flatMap((id) => (reader.opened(id)?.entries ?? []).map(({ leaf }) => leaf)),
  );
  expect(leaves.length).toBeGreaterThan(30);
  expect(leaves.filter((leaf) => typeof readEntry(leaf) === 'string')).toEqual([]);
});
