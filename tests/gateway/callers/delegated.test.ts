import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchangedToken } from '../../../mocks/identity/mint-token.ts';
import { recordOf } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** A portal acts for a citizen by an exchanged token (RFC 8693): `sub` the citizen, `act.sub` the portal. */

const OWN = 'query($id: ID!) { citizen(personalId: $id) { personalId name { full } } }';
let gateway: TestGateway;
let citizen = '';
let other = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  const [first, second] = [...country.people({ unit: '00070' }).take(2)];
  citizen = first?.personalId ?? '';
  other = second?.personalId ?? '';
});
afterAll(() => gateway.close());

function exchanged(claims: object = {}, portal = 'dvc-portal'): string {
  const request = exchangedToken(portal, citizen);
  return gateway.mocks.identityProvider.mintToken({ ...request, claims: { ...request.claims, ...claims } });
}

const ask = (id: string, token: string, purpose = 'form-prefill') =>
  gateway.ask(OWN, { id }, { token, purpose, caseId: null });

test('sees the citizen’s own record without a case, on record for the citizen', async () => {
  const answer = await ask(citizen, exchanged());
  expect([answer.status, answer.data]).toMatchObject([200, { citizen: { personalId: citizen } }]);
  expect(recordOf(gateway, answer)?.answer).toMatchObject({
    callerKind: 'citizen',
    citizen,
    client: 'dvc-portal',
    officer: 'dvc-portal',
    caseId: null,
  });
});

test('sees nobody else', async () => {
  const { status, data, errors } = await ask(other, exchanged());
  expect([status, data]).toEqual([200, { citizen: null }]);
  expect(errors).toMatchObject([{ extensions: { code: 'ROW_DENIED', rule: 'own-data' } }]);
});

test('has no other purpose', async () => {
  const { status, errors } = await ask(citizen, exchanged(), 'inspection');
  expect([status, errors[0]?.extensions.code]).toEqual([403, 'PURPOSE_NOT_GRANTED']);
});

describe('a token is refused', () => {
  test.each<[string, object, string?]>([
    ['whose actor is another portal', { act: { sub: 'vneid' } }],
    ['with a chain of actors', { act: { sub: 'dvc-portal', act: { sub: 'x' } } }],
    ['whose actor is no object', { act: 'dvc-portal' }],
    ['whose actor is nothing', { act: {} }],
    ['of a citizen channel that acts', { act: { sub: 'vneid' }, client_id: 'vneid' }],
    ['of an auditor that acts', { act: { sub: 'auditor' }, client_id: 'auditor' }],
    ['with the scope of an auditor', { scope: 'auditor' }],
  ])('%s', async (_what, claims) => {
    expect((await ask(citizen, exchanged(claims))).status).toBe(401);
  });
});

describe('the demo’s identity provider exchanges tokens', () => {
  const exchange = async (fields: Readonly<Record<string, string>>) => {
    const response = await fetch(`${gateway.mocks.urls.identityProvider}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        client_id: 'dvc-portal',
        ...fields,
      }),
    });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, string>> };
  };
  const own = (): string => gateway.mocks.identityProvider.mintToken({ clientId: 'vneid', sub: citizen });

  test('a citizen’s own for one by which the portal acts', async () => {
    const { status, body } = await exchange({ subject_token: own() });
    expect([status, body]).toMatchObject([200, { token_type: 'Bearer' }]);
    expect((await ask(citizen, body['access_token'] ?? '')).data).toMatchObject({
      citizen: { personalId: citizen },
    });
  });

  test.each([
    ['no token', 400, () => ({ subject_token: 'x' })],
    ['an officer’s token', 400, () => ({ subject_token: gateway.token({ officer: 'le.van.an' }) })],
    ['an unknown portal', 401, () => ({ subject_token: own(), client_id: 'x' })],
    ['another grant', 400, () => ({ subject_token: own(), grant_type: 'password' })],
  ])('not for %s', async (_what, wanted, fields) => {
    expect((await exchange(fields())).status).toBe(wanted);
  });
});
