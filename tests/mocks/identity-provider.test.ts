import { createPublicKey, type JsonWebKey } from 'node:crypto';

import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';

import { DEMO_AUDIENCE, DEMO_ISSUER } from '../../mocks/identity/demo-identity.ts';
import { buildIdentityProvider, type IdentityProviderMock } from '../../mocks/identity/identity-provider.ts';
import { FIRST_RS256, mintToken } from '../../mocks/identity/mint-token.ts';

type PublishedJwk = JsonWebKey & {
  readonly kid: string;
  readonly alg: 'ES256' | 'RS256';
  readonly use: string;
};

async function fetchKeys(provider: IdentityProviderMock): Promise<readonly PublishedJwk[]> {
  const answer = await provider.handle({ method: 'GET', path: '/jwks', headers: {} });
  return (JSON.parse(answer.body) as { keys: PublishedJwk[] }).keys;
}

/** Verified by another library, with the published key that the token names. */
async function verify(provider: IdentityProviderMock, token: string): Promise<jsonwebtoken.Jwt> {
  const kid = jsonwebtoken.decode(token, { complete: true })?.header.kid;
  const jwk = (await fetchKeys(provider)).find((key) => key.kid === kid);
  if (jwk === undefined) throw new Error('key not published');
  const key = createPublicKey({ format: 'jwk', key: jwk });
  return jsonwebtoken.verify(token, key, {
    algorithms: [jwk.alg],
    issuer: DEMO_ISSUER,
    audience: DEMO_AUDIENCE,
    complete: true,
  });
}

test('the key set has both first keys, for signatures, and no private part', async () => {
  const keys = await fetchKeys(buildIdentityProvider());
  expect(keys.map(({ kid, alg, use, kty }) => ({ kid, alg, use, kty }))).toEqual([
    { kid: 'demo-es256-1', alg: 'ES256', use: 'sig', kty: 'EC' },
    { kid: 'demo-rs256-1', alg: 'RS256', use: 'sig', kty: 'RSA' },
  ]);
  for (const key of keys) expect(Object.keys(key)).not.toContain('d');
});

describe('tokens', () => {
  test('follow RFC 9068 and carry what was asked', async () => {
    const token = mintToken({
      clientId: 'inspectorate',
      sub: 'officer.an',
      officerPersonalId: '001190912345',
      unit: '00070',
      ttlSeconds: 600,
    });
    const { header, payload } = await verify(buildIdentityProvider(), token);
    expect(header).toEqual({ typ: 'at+jwt', alg: 'ES256', kid: 'demo-es256-1' });
    const { iat, exp } = payload as jsonwebtoken.JwtPayload;
    expect((exp ?? 0) - (iat ?? 0)).toBe(600);
    expect(payload).toEqual({
      iss: 'https://idp.demo.invalid/',
      aud: 'national-data-gateway',
      iat,
      exp,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      client_id: 'inspectorate',
      sub: 'officer.an',
      scope: 'agency',
      officer_personal_id: '001190912345',
      unit: '00070',
    });
  });

  test('default to the system itself for an hour, and can be signed with RS256', async () => {
    const { header, payload } = await verify(
      buildIdentityProvider(),
      mintToken({ clientId: 'auditor', scope: null, key: FIRST_RS256, now: Date.now() - 1_000 }),
    );
    expect(header.alg).toBe('RS256');
    const { iat = 0, exp, sub } = payload as jsonwebtoken.JwtPayload;
    expect({ sub, exp }).toEqual({ sub: 'auditor', exp: iat + 3600 });
    expect(payload).not.toHaveProperty('scope');
    expect(payload).not.toHaveProperty('unit');
  });

  test('can be forged freely for tests', () => {
    const decode = (token: string) => jsonwebtoken.decode(token, { complete: true });
    const odd = decode(
      mintToken({
        clientId: 'x',
        claims: { exp: undefined, sub: { a: 1 }, nbf: 5 },
        header: { typ: 'JWT', crit: ['b64'], kid: undefined },
        key: { alg: 'HS256', kid: 'k', secret: 'public key text' },
      }),
    );
    expect(odd?.header).toEqual({ alg: 'HS256', typ: 'JWT', crit: ['b64'] });
    expect(odd?.payload).toMatchObject({ sub: { a: 1 }, nbf: 5 });
    expect(odd?.payload).not.toHaveProperty('exp');
    expect(mintToken({ clientId: 'x', key: { alg: 'none', kid: 'k' } })).toMatch(/\.$/);
    const [, payload = ''] = mintToken({ clientId: 'x', payloadText: '{"sub":"a","sub":"b"}' }).split('.');
    expect(Buffer.from(payload, 'base64url').toString()).toBe('{"sub":"a","sub":"b"}');
  });
});

describe('rotation', () => {
  test.each(['ES256', 'RS256'] as const)('to %s: both keys until the old one retires', async (alg) => {
    const provider = buildIdentityProvider();
    const old = provider.mintToken({ clientId: 'inspectorate' });
    const kid = provider.rotate(alg);
    const young = provider.mintToken({ clientId: 'inspectorate' });
    expect((await verify(provider, young)).header).toMatchObject({ kid, alg });
    expect((await verify(provider, old)).header.kid).toBe('demo-es256-1');
    provider.retire();
    expect((await verify(provider, young)).header.kid).toBe(kid);
    await expect(verify(provider, old)).rejects.toThrow('key not published');
    expect(provider.log.calls).toBe(4);
  });

  test('over HTTP', async () => {
    const provider = buildIdentityProvider();
    const rotated = await provider.handle({ method: 'POST', path: '/_rotate', headers: {} });
    expect(JSON.parse(rotated.body)).toEqual({ kid: 'demo-es256-2' });
    await provider.handle({ method: 'POST', path: '/_retire', headers: {} });
    expect((await fetchKeys(provider)).map(({ kid }) => kid)).toEqual(['demo-es256-2']);
  });
});

test('faults', async () => {
  const provider = buildIdentityProvider();
  const body = async () => (await provider.handle({ method: 'GET', path: '/jwks', headers: {} })).body;
  provider.faults.set({ fault: 'no-rows', times: 1 });
  expect(await body()).toBe('{"keys":[]}');
  provider.faults.set({ fault: 'wrong-shape', times: 1 });
  expect(JSON.parse(await body())).toMatchObject({ keys: [{ kty: 7 }, { kty: 7 }] });
  provider.faults.set({ fault: 'omit-row', key: 'demo-es256-1', times: 1 });
  expect(await body()).not.toContain('demo-es256-1');
  expect(await body()).toContain('demo-es256-1');
});
