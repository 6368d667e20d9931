import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/log-format/notes/checkpoint.ts';
import { verifyInclusion } from '../../../src/log-format/tree/inclusion-proof.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import { readSecrets } from '../../../src/config/secrets/read-secrets.ts';
import { recordOf, rootOf } from '../../support/edge.ts';
import { buildFolderGateways, type FolderGateway } from '../../support/folder-gateways.ts';
import { country, type Caller, type TestGateway } from '../../support/gateway.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';

/** What citizens see of the accesses to their own data, over HTTP. */

/** As promised, in ms. */
const WITHIN_MS = 60_000;
const LOG = 'national-data-gateway/demo';

interface Access {
  readonly time: string;
  readonly text: string;
  readonly agency: string;
  readonly purpose: string | null;
  readonly case: string | null;
  readonly outcome: string;
  readonly disclosed: readonly {
    readonly register: string;
    readonly fields: readonly string[];
    readonly coordinates: readonly string[];
    readonly isNone: boolean;
  }[];
  readonly proof: {
    readonly leaf: string;
    readonly index: number;
    readonly hashes: readonly string[];
    readonly checkpoint: string;
  };
}

const folders = buildFolderGateways();
let folder: FolderGateway;
let gateway: TestGateway;
const people = country.people({ with: ['marriage'] });

/** Nobody of a household that was asked about before. */
function nextPerson(): string {
  for (let skipped = 0; skipped < 7; skipped++) people.next();
  const next = people.next();
  return next.done ? '' : next.value.personalId;
}

beforeAll(async () => {
  folder = await folders.start('one');
  gateway = folder.gateway;
});

afterAll(() => folders.close());

const QUERY = `query($first: Int, $after: String, $includeOwn: Boolean) {
  myAccesses(first: $first, after: $after, includeOwn: $includeOwn) {
    accesses { time text agency purpose purposeWords legalBasis legalBasisWords case outcome disclosed { register fields coordinates isNone }
      proof { leaf entry salt subject index hashes checkpoint } }
    next } }`;

async function accessesOf(citizen: string, variables: object = {}) {
  const answer = await gateway.ask(QUERY, variables, { citizen, purpose: null, caseId: null });
  expect(answer.errors).toEqual([]);
  const page = answer.data?.['myAccesses'] as unknown as { accesses: Access[]; next: string | null };
  return { ...page, answer };
}

const CITIZEN = 'query($id: ID!) { citizen(personalId: $id) { name { full } death { date } } }';
const inspect = (id: string, caller: Caller = {}) =>
  gateway.ask(CITIZEN, { id }, { officer: 'le.van.an', ...caller });

describe('a citizen', () => {
  it('sees within a minute who saw what, when, what for and on which basis, in plain words', async () => {
    const anh = nextPerson();
    expect((await accessesOf(anh)).accesses).toEqual([]);
    const startedAt = performance.now();
    await inspect(anh, { caseId: 'H26-261121-0201' });
    const { accesses } = await accessesOf(anh);
    expect(performance.now() - startedAt).toBeLessThan(WITHIN_MS);
    expect(accesses).toHaveLength(1);
    const [access] = accesses;
    expect(access).toMatchObject({
      agency: 'Thanh tra Chính phủ',
      purpose: 'inspection',
      purposeWords: expect.stringMatching(/^xác minh tài sản, thu nhập/),
      legalBasisWords: expect.any(String),
      case: 'H26-261121-0201',
      outcome: 'DISCLOSED',
      disclosed: [
        { register: 'population', fields: ['Họ, chữ đệm và tên khai sinh', 'Họ tên đầy đủ'], isNone: false },
        { register: 'civil-status', coordinates: ['Citizen.death'], isNone: true },
      ],
    });
    expect(access?.text).toMatch(
      /^Lúc .*, Thanh tra Chính phủ đã xem các thông tin sau của bạn: Họ, chữ đệm và tên khai sinh, Họ tên đầy đủ \(Cơ sở dữ liệu quốc gia về dân cư\); .* \(Cơ sở dữ liệu hộ tịch điện tử: không có dữ liệu\)\. Mục đích: xác minh tài sản, thu nhập .*\. Căn cứ: .*\. Hồ sơ: H26-261121-0201\.$/,
    );
    // The agency answers for its officers.
    expect(access?.text).not.toContain('le.van.an');
  });

  it('gets a proof that the entry stands in the log', async () => {
    const anh = nextPerson();
    await inspect(anh);
    const { accesses } = await accessesOf(anh);
    const proof = accesses[0]?.proof;
    const { secrets } = readSecrets(gateway.secretsDirectory, 'demo', 'demo', DEFAULT_REGISTERS);
    if (!proof || !secrets) throw new Error('no proof');
    const key = noteSignerOf(LOG, signingKeyOf(secrets.checkpoint[0].key)).key;
    const opened = openCheckpoint(proof.checkpoint, [key]);
    if (typeof opened === 'string') throw new Error(opened);
    const { size, root } = opened.checkpoint;
    const hashes = proof.hashes.map((hash) => Buffer.from(hash, 'base64'));
    const leaf = Buffer.from(proof.leaf, 'base64');
    expect(verifyInclusion(leaf, proof.index, size, hashes, root)).toBe(true);
    expect(verifyInclusion(leaf, proof.index - 1, size, hashes, root)).toBe(false);
  });

  it('can show by it alone what the entry says, and that it is about them', async () => {
    const anh = nextPerson();
    await inspect(anh);
    const { accesses } = await accessesOf(anh);
    const { secrets } = readSecrets(gateway.secretsDirectory, 'demo', 'demo', DEFAULT_REGISTERS);
    if (!secrets) throw new Error('no secrets');
    const { key } = noteSignerOf(LOG, signingKeyOf(secrets.checkpoint[0].key));
    const verified = (access: unknown) =>
      verifyHeld({
        keys: [key],
        witnesses: [],
        known: [],
        receipts: [],
        proofs: [{ kind: 'access', name: 'access', bytes: Buffer.from(JSON.stringify(access)) }],
      });
    const result = verified(accesses[0]);
    expect(result).toMatchObject({ verdict: 'verified', missing: [], proofs: [{ shown: 1, opened: 1 }] });
    const text = JSON.stringify(accesses[0]);
    expect(text).toContain(anh);
    const other = JSON.parse(text.replaceAll(anh, nextPerson())) as unknown;
    expect(verified(other).faults.map(({ attack }) => attack)).toEqual(['swapped-opening']);
  });

  it('is told also where nothing was given: refused requests, denials', async () => {
    const anh = nextPerson();
    await inspect(anh, { purpose: 'form-prefill', client: 'dvc-portal' });
    await inspect(anh, { officerPersonalId: anh });
    await inspect(anh, { caseId: 'H26-261121-9001' });
    const { accesses } = await accessesOf(anh);
    expect(accesses.map(({ outcome }) => outcome)).toEqual(['REFUSED', 'DENIED', 'DISCLOSED']);
    expect(accesses[0]?.text).toContain('bị từ chối, không nhận được dữ liệu nào');
  });

  it('is told as a relative whom somebody’s record named', async () => {
    const anh = nextPerson();
    const answer = await gateway.ask(
      'query($id: ID!) { citizen(personalId: $id) { marriages { spouse { personalId name { full } } } } }',
      { id: anh },
    );
    const [marriage] = rootOf<{ marriages: { spouse: { personalId: string } }[] }>(
      answer,
      'citizen',
    ).marriages;
    const { accesses } = await accessesOf(marriage?.spouse.personalId ?? '');
    expect(accesses).toMatchObject([{ outcome: 'DISCLOSED', agency: 'Thanh tra Chính phủ' }]);
  });

  it('sees nobody else’s, whatever is asked, and the own look-ups on wish alone', async () => {
    const [anh, binh] = [nextPerson(), nextPerson()];
    await inspect(binh);
    expect((await accessesOf(anh)).accesses).toEqual([]);
    const own = await accessesOf(anh, { includeOwn: true });
    expect(own.accesses.length).toBeGreaterThan(0);
    expect(own.accesses.every(({ agency }) => agency === 'VNeID')).toBe(true);
    expect(own.accesses[0]?.text).toContain('Nhật ký truy cập');
    // Somebody who asks about another is told to that other.
    await gateway.ask(CITIZEN, { id: binh }, { citizen: anh, purpose: null, caseId: null });
    expect((await accessesOf(binh)).accesses).toMatchObject([
      { outcome: 'DENIED' },
      { outcome: 'DISCLOSED' },
    ]);
  });

  it('pages, newest first', async () => {
    const anh = nextPerson();
    for (const number of ['0301', '0302', '0303']) await inspect(anh, { caseId: `H26-261121-${number}` });
    const first = await accessesOf(anh, { first: 2 });
    const second = await accessesOf(anh, { first: 2, after: first.next });
    expect([...first.accesses, ...second.accesses].map((access) => access.case)).toEqual([
      'H26-261121-0303',
      'H26-261121-0302',
      'H26-261121-0301',
    ]);
    expect(second.next).toBe(null);
  });

  it('is told of every field by its term, in Vietnamese alone', async () => {
    const anh = nextPerson();
    await gateway.ask(
      'query($id: ID!) { citizen(personalId: $id) { personalId birth { father { name { full } } mother { personalId } } landParcels { id } } }',
      { id: anh },
      { officer: 'le.van.an' },
    );
    const [access] = (await accessesOf(anh)).accesses;
    expect(access?.disclosed.flatMap(({ fields }) => fields)).toEqual(
      expect.arrayContaining(['Số định danh cá nhân', 'Khai sinh', 'Cha', 'Mẹ', 'Thửa đất']),
    );
    expect(access?.text).not.toMatch(/\b(that|the|art|Law|Decree|persons)\b/);
  });

  it('has the look itself on record', async () => {
    const anh = nextPerson();
    const { answer } = await accessesOf(anh);
    expect(recordOf(gateway, answer)).toMatchObject({
      answer: { callerKind: 'citizen', citizen: anh, purpose: 'own-data' },
      entries: [{ subject: { kind: 'person', key: anh }, outcome: 'disclosed' }],
    });
  });
});

describe('a covert purpose', () => {
  const soon = { timeout: 10_000, interval: 100 };
  it('is withheld without a gap until its release, by time or by case', async () => {
    const anh = nextPerson();
    await inspect(anh, { caseId: 'H26-261121-0401' });
    folder.put(
      'inspection.yaml',
      `${folder.read('inspection.yaml').replace('version: 1', 'version: 2')}withheldDays: 30\n`,
    );
    await expect
      .poll(async () => {
        const answer = await inspect(nextPerson());
        return recordOf(gateway, answer)?.answer.release !== null;
      }, soon)
      .toBe(true);
    await inspect(anh, { caseId: 'H26-261121-0402' });
    await inspect(anh, { caseId: 'H26-261121-0403' });
    const cases = async () => (await accessesOf(anh)).accesses.map((access) => access.case);
    expect(await cases()).toEqual(['H26-261121-0401']);
    expect((await accessesOf(anh, { first: 1 })).next).toBe(null);

    const orders = folder.read('audit-orders.yaml');
    folder.put('audit-orders.yaml', `${orders}releases:\n  - { case: H26-261121-0402, on: '2026-01-01' }\n`);
    await expect.poll(cases, soon).toEqual(['H26-261121-0402', 'H26-261121-0401']);
  });

  it('is released by the case in whose name the person was read, and told under that', async () => {
    const [anh, binh] = [nextPerson(), nextPerson()];
    const batch = await gateway.ask(
      'query($ids: [ID!]!, $cases: [String]) { citizens(personalIds: $ids, caseIds: $cases) { citizen { name { full } } } }',
      { ids: [anh, binh], cases: [null, 'H26-261121-0502'] },
      { officer: 'le.van.an', caseId: 'H26-261121-0501' },
    );
    expect(batch.errors).toEqual([]);
    const orders = folder.read('audit-orders.yaml');
    const release = (...cases: string[]): void =>
      folder.put(
        'audit-orders.yaml',
        `${orders}${cases.map((one) => `  - { case: ${one}, on: '2026-01-01' }\n`).join('')}`,
      );
    const cases = async (citizen: string) =>
      (await accessesOf(citizen)).accesses.map((access) => [
        access.case,
        access.text.includes(`${access.case}`),
      ]);
    release('H26-261121-0501');
    await expect.poll(() => cases(anh), soon).toEqual([['H26-261121-0501', true]]);
    expect(await cases(binh)).toEqual([]);
    release('H26-261121-0501', 'H26-261121-0502');
    await expect.poll(() => cases(binh), soon).toEqual([['H26-261121-0502', true]]);
  });

  it('is no secret to auditors', async () => {
    const { data } = await gateway.ask(
      '{ accessLog(filter: { case: "H26-261121-0403" }) { entries { case } } }',
      {},
      { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' },
    );
    expect(data).toEqual({ accessLog: { entries: [{ case: 'H26-261121-0403' }] } });
  });

  it('is not told by who looked at it in the log', async () => {
    const anh = nextPerson();
    const { headers } = await inspect(anh, { caseId: 'H26-261121-0404' });
    const day = { from: '2026-01-01T00:00:00Z', to: '2028-01-01T00:00:00Z' };
    const looks: readonly (readonly [query: string, variables: object])[] = [
      ['{ accessLog(filter: { case: "H26-261121-0404" }) { entries { subject { key } } } }', {}],
      ['query($entry: ID!) { replay(entry: $entry) { isSame } }', { entry: headers.get('x-access-entry') }],
      [
        'query($from: DateTime!, $to: DateTime!) { breachReport(officer: "le.van.an", from: $from, to: $to, first: 100) { subjects { key } } }',
        day,
      ],
    ];
    for (const [query, variables] of looks) {
      const auditor: Caller = { client: 'auditor', officer: 'ktv.minh', purpose: null };
      const look = await gateway.ask(query, variables, { ...auditor, caseId: 'KT-261121-0001' });
      expect(recordOf(gateway, look)?.entries.map(({ subject }) => subject.key)).toContain(anh);
    }
    expect((await accessesOf(anh)).accesses).toEqual([]);
  });
});
