import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FIRST_ES256, FIRST_RS256, mintToken, type TokenRequest } from '../../mocks/identity/mint-token.ts';
import {
  codeOf,
  DERIVING_KEY,
  ENCRYPTION_KEY,
  identityAt,
  jwkOf,
  newKey,
  NOON,
  NOON_SECONDS,
} from './fixtures.ts';

const publicPem = (key: typeof FIRST_ES256): string =>
  'privateKey' in key
    ? createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }).toString()
    : '';
const STRANGER = newKey(FIRST_ES256.kid);
const foreignRsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

const claimsText = (extra: string): string =>
  `{"iss":"https://idp.demo.invalid/","aud":"national-data-gateway","iat":${NOON_SECONDS},"exp":${NOON_SECONDS + 600},` +
  `"jti":"t1","client_id":"inspectorate","sub":"officer-1"${extra}}`;

type Forged = readonly [attack: string, request: Partial<TokenRequest>, code?: string];

const TIMES: readonly Forged[] = [
  ['no exp', { claims: { exp: undefined } }],
  ['exp as text', { claims: { exp: String(NOON_SECONDS + 60) } }],
  ['exp beyond any year', { claims: { exp: 9e15 } }],
  ['exp infinite', { payloadText: claimsText('').replace(/"exp":\d+/, '"exp":1e999') }],
  ['exp negative', { claims: { exp: -1 } }],
  ['exp before iat', { claims: { exp: NOON_SECONDS - 10 } }],
  ['exp in milliseconds', { claims: { exp: NOON + 600_000 } }],
  ['lifetime of an hour and a second', { ttlSeconds: 3_601 }],
  ['long life hidden by a late iat', { claims: { iat: NOON_SECONDS + 3_000, exp: NOON_SECONDS + 6_000 } }],
  ['no iat', { claims: { iat: undefined } }],
  ['iat null', { claims: { iat: null } }],
  ['iat 61 s ahead', { claims: { iat: NOON_SECONDS + 61 } }],
  ['iat a fraction beyond the skew', { claims: { iat: NOON_SECONDS + 60.5 } }],
  ['lifetime a fraction over an hour', { claims: { exp: NOON_SECONDS + 3_600.001 } }],
  ['nbf 61 s ahead', { claims: { nbf: NOON_SECONDS + 61 } }],
  ['nbf as text', { claims: { nbf: 'now' } }],
  ['expired this second', { claims: { iat: NOON_SECONDS - 600, exp: NOON_SECONDS } }, 'TOKEN_EXPIRED'],
  [
    'expired within the skew',
    { claims: { iat: NOON_SECONDS - 600, exp: NOON_SECONDS - 30 } },
    'TOKEN_EXPIRED',
  ],
  [
    'expired, and for another audience',
    { claims: { iat: NOON_SECONDS - 600, exp: NOON_SECONDS, aud: 'other' } },
  ],
  ['expired, of nobody', { claims: { iat: NOON_SECONDS - 600, exp: NOON_SECONDS, sub: '' } }],
];

const HEADERS: readonly Forged[] = [
  ['crit of something unknown', { header: { crit: ['x'] } }],
  ['crit empty', { header: { crit: [] } }],
  ['b64 false', { header: { b64: false, crit: ['b64'] } }],
  ['typ JWT', { header: { typ: 'JWT' } }],
  ['typ of an id token', { header: { typ: 'id+jwt' } }],
  ['no typ', { header: { typ: undefined } }],
  ['typ as list', { header: { typ: ['at+jwt'] } }],
  ['crit of a name that it has', { header: { crit: ['alg'] } }],
  ['crit null', { header: { crit: null } }],
  ['key brought along', { key: STRANGER, header: { jwk: jwkOf(STRANGER) } }],
  ['key by address', { key: STRANGER, header: { jku: 'http://127.0.0.1:1/jwks' } }],
  ['certificate brought along', { key: STRANGER, header: { x5c: ['AA'] } }],
  ['doubled alg', { headerText: '{"typ":"at+jwt","alg":"none","alg":"ES256","kid":"demo-es256-1"}' }],
  ['doubled kid', { headerText: '{"typ":"at+jwt","alg":"ES256","kid":"x","kid":"demo-es256-1"}' }],
  [
    'doubled kid, escaped',
    { headerText: String.raw`{"typ":"at+jwt","alg":"ES256","k\u0069d":"x","kid":"demo-es256-1"}` },
  ],
  ['header a list', { headerText: '["at+jwt"]' }],
  ['header null', { headerText: 'null' }],
  ['header no JSON', { headerText: '{typ:"at+jwt"}' }],
  ['header a string without end', { headerText: '{"typ":"at+jwt","alg":"ES256' }],
  ['unknown kid', { header: { kid: 'nobody' } }],
  ['no kid', { header: { kid: undefined } }],
  ['kid a number', { header: { kid: 1 } }],
  ['kid empty', { header: { kid: '' } }],
  ['kid of a prototype', { header: { kid: '__proto__' } }],
];

const ALGORITHMS: readonly Forged[] = [
  ['none', { key: { alg: 'none', kid: FIRST_ES256.kid } }],
  ['None', { key: { alg: 'none', kid: FIRST_ES256.kid }, header: { alg: 'None' } }],
  [
    'HS256 with the EC public key',
    { key: { alg: 'HS256', kid: FIRST_ES256.kid, secret: publicPem(FIRST_ES256) } },
  ],
  [
    'HS256 with the RSA public key',
    { key: { alg: 'HS256', kid: FIRST_RS256.kid, secret: publicPem(FIRST_RS256) } },
  ],
  ['RS256 under the EC key', { key: { ...FIRST_RS256, kid: FIRST_ES256.kid } }],
  ['ES256 under the RSA key', { key: { ...FIRST_ES256, kid: FIRST_RS256.kid } }],
  ['PS256 named under the RSA key', { key: FIRST_RS256, header: { alg: 'PS256' } }],
  ['RS512 named under the RSA key', { key: FIRST_RS256, header: { alg: 'RS512' } }],
  ['somebody else’s EC key', { key: newKey(FIRST_ES256.kid) }],
  ['somebody else’s RSA key', { key: { alg: 'RS256', kid: FIRST_RS256.kid, privateKey: foreignRsa } }],
  ['a key for encryption', { key: ENCRYPTION_KEY }],
  ['a key for deriving', { key: DERIVING_KEY }],
];

const CLAIMS: readonly Forged[] = [
  ['payload a list', { payloadText: '[]' }],
  ['payload null', { payloadText: 'null' }],
  ['payload no JSON', { payloadText: 'sub=officer' }],
  ['doubled sub', { payloadText: claimsText(',"sub":"officer-2"') }],
  ['doubled sub, escaped', { payloadText: claimsText(String.raw`,"\u0073ub":"officer-2"`) }],
  ['doubled name further down', { payloadText: claimsText(',"act":{"sub":"a","sub":"b"}') }],
  ['other issuer', { claims: { iss: 'https://idp.other.example/' } }],
  ['issuer without its slash', { claims: { iss: 'https://idp.demo.invalid' } }],
  ['issuer as list', { claims: { iss: ['https://idp.demo.invalid/'] } }],
  ['no issuer', { claims: { iss: undefined } }],
  ['other audience', { claims: { aud: 'other-gateway' } }],
  ['other audiences', { claims: { aud: ['other-gateway', 'portal'] } }],
  ['no audience', { claims: { aud: undefined } }],
  ['empty list of audiences', { claims: { aud: [] } }],
  ['nested list of audiences', { claims: { aud: [['national-data-gateway']] } }],
  ['no jti', { claims: { jti: undefined } }],
  ['sub as object', { claims: { sub: { id: 'officer-1' } } }],
  ['sub as number', { claims: { sub: 12 } }],
  ['sub empty', { claims: { sub: '' } }],
  ['sub with a line break', { claims: { sub: 'officer\r\nx-other: 1' } }],
  ['sub of 129 characters', { claims: { sub: 'o'.repeat(129) } }],
  ['client_id as list', { claims: { client_id: ['inspectorate'] } }],
  ['client_id unregistered', { clientId: 'nobody' }],
  ['client_id of a prototype', { clientId: 'constructor' }],
  ['client_id in capitals', { claims: { client_id: 'Inspectorate' } }],
  ['no client_id', { claims: { client_id: undefined } }],
  ['scope as list', { claims: { scope: ['agency'] } }],
  ['scope null', { claims: { scope: null } }],
  ['scope of a citizen', { scope: 'citizen' }],
  ['scope of an auditor beside the own', { scope: 'agency openid auditor' }],
  ['scope of an owner', { scope: 'owner' }],
  ['an auditor as agency', { clientId: 'auditor', scope: 'agency' }],
  ['unit of four digits', { unit: '0070' }],
  ['unit as number', { claims: { unit: 70 } }],
  ['unit null', { claims: { unit: null } }],
  ['officer_personal_id of eleven digits', { officerPersonalId: '00109400000' }],
  ['officer_personal_id in other digits', { officerPersonalId: '００１０９４０００００１' }],
  ['officer_personal_id with a line break', { officerPersonalId: '001094000001\n' }],
  ['citizen who is an account', { clientId: 'vneid', sub: 'officer-1' }],
  ['citizen who is the system', { clientId: 'vneid' }],
];

const GOOD: readonly Forged[] = [
  ['plain', {}],
  ['RS256', { key: FIRST_RS256 }],
  ['typ in full, in capitals', { header: { typ: 'application/AT+JWT' } }],
  ['an hour', { ttlSeconds: 3_600 }],
  ['iat 60 s ahead', { claims: { iat: NOON_SECONDS + 60 } }],
  ['nbf 60 s ahead', { claims: { nbf: NOON_SECONDS + 60 } }],
  ['exp and iat with fractions', { claims: { iat: NOON_SECONDS - 0.75, exp: NOON_SECONDS + 0.25 } }],
  ['nbf with a fraction', { claims: { nbf: NOON_SECONDS + 59.5 } }],
  ['thumbprints of a certificate', { header: { x5t: 'AA', 'x5t#S256': 'AA' } }],
  ['a key brought along beside its own', { header: { jwk: { kty: 'oct', k: 'AA' } } }],
  ['an address of keys', { header: { jku: 'http://127.0.0.1:1/jwks', x5u: 'http://127.0.0.1:1/' } }],
  ['a certificate', { header: { x5c: ['AA'] } }],
  ['b64 that is not in crit', { header: { b64: true } }],
  ['a header of its issuer', { header: { 'urn:example:tier': { gold: true }, cty: 'json', zip: 'x' } }],
  ['one second left', { claims: { iat: NOON_SECONDS - 600, exp: NOON_SECONDS + 1 } }],
  ['audience among others', { claims: { aud: ['portal', 'national-data-gateway'] } }],
  ['no scope', { scope: null }],
  ['empty scope', { scope: '' }],
  ['scope of other words', { scope: 'openid profile Citizen' }],
  ['further claims', { claims: { act: { sub: 'x' }, roles: ['a', 'a'] } }],
  ['citizen', { clientId: 'vneid', sub: '001094000001' }],
];

const rows = (table: readonly Forged[]) =>
  table.map(([attack, request, code = 'UNAUTHENTICATED']) => ({ attack, request, code }));

describe.each([
  ['times', TIMES],
  ['headers', HEADERS],
  ['algorithms', ALGORITHMS],
  ['claims', CLAIMS],
])('forged %s', (_name, table) => {
  it.each(rows(table))('$attack', async ({ request, code }) => {
    const token = mintToken({ clientId: 'inspectorate', now: NOON, ...request });
    expect(await codeOf(identityAt({ now: NOON }), `Bearer ${token}`)).toBe(code);
  });
});

it.each(rows(GOOD))('good: $attack', async ({ request }) => {
  const token = mintToken({ clientId: 'inspectorate', now: NOON, ...request });
  expect(await codeOf(identityAt({ now: NOON }), `Bearer ${token}`)).toBe('OK');
});

describe('the header', () => {
  const token = mintToken({ clientId: 'inspectorate', now: NOON });
  const [head = '', body = '', signature = ''] = token.split('.');
  const huge = mintToken({ clientId: 'inspectorate', now: NOON, claims: { pad: 'x'.repeat(7_000) } });
  const table: readonly (readonly [string, string | undefined, string])[] = [
    ['absent', undefined, 'UNAUTHENTICATED'],
    ['empty', '', 'UNAUTHENTICATED'],
    ['no token', 'Bearer ', 'UNAUTHENTICATED'],
    ['no scheme', token, 'UNAUTHENTICATED'],
    ['another scheme', `DPoP ${token}`, 'UNAUTHENTICATED'],
    ['scheme in other letters (RFC 9110 11.1)', `bEARER ${token}`, 'OK'],
    ['more spaces (RFC 6750 2.1)', `Bearer   ${token}`, 'OK'],
    ['a tab', `Bearer\t${token}`, 'UNAUTHENTICATED'],
    ['space behind', `Bearer ${token} `, 'UNAUTHENTICATED'],
    ['a line break behind', `Bearer ${token}\n`, 'UNAUTHENTICATED'],
    ['two tokens', `Bearer ${token}, Bearer ${token}`, 'UNAUTHENTICATED'],
    ['no signature', `Bearer ${head}.${body}.`, 'UNAUTHENTICATED'],
    ['two parts', `Bearer ${head}.${body}`, 'UNAUTHENTICATED'],
    ['four parts', `Bearer ${token}.${signature}`, 'UNAUTHENTICATED'],
    ['empty parts', 'Bearer ..', 'UNAUTHENTICATED'],
    ['padded', `Bearer ${head}=.${body}.${signature}`, 'UNAUTHENTICATED'],
    [
      'payload of another token',
      `Bearer ${head}.${body.replace(/.$/, 'A')}B.${signature}`,
      'UNAUTHENTICATED',
    ],
    ['huge', `Bearer ${huge}`, 'UNAUTHENTICATED'],
  ];
  it.each(table)('%s', async (_name, authorization, code) => {
    expect(await codeOf(identityAt({ now: NOON }), authorization)).toBe(code);
  });
});
