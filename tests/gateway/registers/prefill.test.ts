import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchangedToken } from '../../../mocks/identity/mint-token.ts';
import { recordOf } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Forms of administrative procedures, filled for a citizen by a portal, and for the parties of an office's dossier. */

interface Field {
  readonly key: string;
  readonly row: number | null;
  readonly party: string;
  readonly value: string | null;
  readonly absence: string | null;
  readonly source: { readonly register: string } | null;
  readonly candidates: readonly string[] | null;
}

const FORM = `query ($code: ID!, $parties: [PrefillParty!]) { prefill(procedure: $code, parties: $parties) {
  procedure fields { key row party value absence candidates source { register recordNo recordDate asOf freshness } }
  components { name state reason } contradictions { fact values { register value } prevails correctedBy } } }`;
const CT01 = '1.004222';
const BIRTH = '1.001193';

let gateway: TestGateway;
let person = { id: '', spouse: '' };
beforeAll(async () => {
  gateway = await startTestGateway();
  const [one] = country.people({ with: ['marriage', 'land'], unit: '00070' });
  person = {
    id: one?.personalId ?? '',
    spouse: country.person(one?.personalId ?? '')?.spouse?.personalId ?? '',
  };
});
afterAll(() => gateway.close());

const tokenFor = (id: string): string =>
  gateway.mocks.identityProvider.mintToken(exchangedToken('dvc-portal', id));

interface Asked {
  readonly code?: string;
  readonly parties?: readonly object[];
  readonly token?: string;
}

async function fill({ code = CT01, parties = [], token = tokenFor(person.id) }: Asked = {}) {
  const answer = await gateway.ask(FORM, { code, parties }, { token, purpose: 'form-prefill', caseId: null });
  const form = answer.data?.['prefill'] as unknown as {
    readonly fields: readonly Field[];
    readonly components: readonly { readonly state: string }[];
  };
  return { answer, form, of: (key: string) => form.fields.find((field) => field.key === key) };
}

test('CT01 is filled for the citizen whose token the portal has exchanged, without a case', async () => {
  const { answer, form, of } = await fill();
  expect([answer.status, answer.errors]).toEqual([200, []]);
  const record = country.person(person.id);
  expect(of('so_dinh_danh')).toMatchObject({
    value: person.id,
    absence: null,
    source: { register: 'population' },
  });
  expect(of('ngay_sinh')?.value).toBe(record?.birthDate);
  expect(of('noi_dung_de_nghi')?.absence).toBe('APPLICANT_PROVIDES');
  expect(form.components[0]?.state).toBe('REPLACED');
});

test('every field has either a value with its source, or exactly one absence', async () => {
  const { form } = await fill();
  const wrong = form.fields.filter(
    ({ value, absence, source }) =>
      (value === null) !== (absence !== null) || (value === null) !== (source === null),
  );
  expect(wrong).toEqual([]);
});

test('the answer is on record for the citizen, with the operation that the form stands for', async () => {
  const { answer } = await fill();
  expect(recordOf(gateway, answer)?.answer).toMatchObject({
    callerKind: 'citizen',
    citizen: person.id,
    operationName: 'Prefill',
  });
});

test('a newborn’s parents are the applicant and whom the register knows as spouse', async () => {
  const { of } = await fill({ code: BIRTH });
  const sexOf = (id: string) => country.person(id)?.sex;
  const mother = sexOf(person.id) === 2 ? person.id : person.spouse;
  const father = sexOf(person.id) === 1 ? person.id : person.spouse;
  expect(of('so_dinh_danh_ca_nhan_me')?.value).toBe(mother);
  expect(of('so_dinh_danh_ca_nhan_cha')?.value).toBe(father);
});

describe('a party', () => {
  const stranger = (): string => {
    const [one] = country.people({ unit: '25747' });
    return one?.personalId ?? '';
  };
  const role = () => (country.person(person.id)?.sex === 2 ? 'father' : 'mother');
  const key = () => (role() === 'father' ? 'ho_ten_cha' : 'ho_ten_me');

  test('who is a stranger fills nothing, and is on record', async () => {
    const { answer, of } = await fill({ code: BIRTH, parties: [{ role: role(), personalId: stranger() }] });
    expect(of(key())).toMatchObject({ value: null, absence: 'NO_RECORD' });
    const entries = recordOf(gateway, answer)?.entries ?? [];
    expect(entries.find(({ subject }) => subject.key === stranger())).toMatchObject({ disclosed: [] });
    expect(answer.text).not.toContain(stranger());
  });

  test('who has confirmed is filled', async () => {
    const confirmation = tokenFor(stranger());
    const { of } = await fill({
      code: BIRTH,
      parties: [{ role: role(), personalId: stranger(), confirmation }],
    });
    expect(of(`so_dinh_danh_ca_nhan_${role() === 'father' ? 'cha' : 'me'}`)?.value).toBe(stranger());
    expect(of(key())?.absence).toBeNull();
  });

  test('for whom somebody else has confirmed fills nothing', async () => {
    const confirmation = tokenFor(person.spouse);
    const { of } = await fill({
      code: BIRTH,
      parties: [{ role: role(), personalId: stranger(), confirmation }],
    });
    expect(of(key())?.absence).toBe('NO_RECORD');
  });
});

test('the portal’s own token fills nothing and asks no register', async () => {
  const token = gateway.mocks.identityProvider.mintToken({ clientId: 'dvc-portal' });
  const { answer, form } = await fill({ token, parties: [{ role: 'applicant', personalId: person.id }] });
  expect(answer.status).toBe(200);
  expect(form.fields.filter(({ value }) => value !== null)).toEqual([]);
  expect(recordOf(gateway, answer)?.answer.upstream ?? []).toEqual([]);
});

test('an office fills a form for the parties of its dossier', async () => {
  const { data } = await gateway.ask(
    FORM,
    { code: BIRTH, parties: [{ role: 'requester', personalId: person.id }] },
    { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration', officer: 'tran.thi.binh' },
  );
  const { fields } = (data?.['prefill'] ?? { fields: [] }) as unknown as {
    readonly fields: readonly Field[];
  };
  expect(fields.find(({ key }) => key === 'so_dinh_danh_nguoi_yeu_cau')?.value).toBe(person.id);
});

test('a register that is down leaves its fields empty, and says when to ask again', async () => {
  gateway.mocks.registers['civil-status']?.faults.set({ fault: 'drop' });
  const { of } = await fill({ code: BIRTH });
  gateway.mocks.registers['civil-status']?.faults.clear();
  expect(of('gcn_ket_hon_so')).toMatchObject({ value: null, absence: 'SOURCE_UNAVAILABLE' });
});

test('an unknown procedure is told', async () => {
  const { answer } = await fill({ code: '9.999999' });
  expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  expect(answer.errors[0]?.message).toContain('"procedure"');
});

test('a province’s copy of a procedure is the ministry’s', async () => {
  expect((await fill({ code: `${CT01}.H61` })).answer.data).toMatchObject({ prefill: { procedure: CT01 } });
});

test('stands alone in its operation', async () => {
  const { status, errors } = await gateway.ask(
    `{ prefill(procedure: "${CT01}") { name } citizen(personalId: "${person.id}") { personalId } }`,
    {},
    { token: tokenFor(person.id), purpose: 'form-prefill', caseId: null },
  );
  expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
});
