import { describe, expect, it } from 'vitest';
import { FIRST_ES256, mintToken } from '../../mocks/identity/mint-token.ts';
import type { RegisteredClients } from '../../src/identity/registered-clients.ts';
import { codeOf, identityAt, jwkOf, keySetText, NOON, NOON_SECONDS } from './fixtures.ts';

describe('a remembered token', () => {
  it('expires exactly from exp on', async () => {
    const clock = { now: NOON };
    const identity = identityAt(clock);
    const token = `Bearer ${mintToken({ clientId: 'inspectorate', now: NOON, ttlSeconds: 20 })}`;
    const codes: string[] = [];
    for (const offset of [0, 19_000, 19_999, 20_000, 20_001, 60_000]) {
      clock.now = NOON + offset;
      codes.push(await codeOf(identity, token));
    }
    expect(codes).toEqual(['OK', 'OK', 'OK', 'TOKEN_EXPIRED', 'TOKEN_EXPIRED', 'TOKEN_EXPIRED']);
  });

  it('names its own caller only', async () => {
    const identity = identityAt({ now: NOON });
    const tokens = ['a', 'b'].map(
      (sub) => `Bearer ${mintToken({ clientId: 'inspectorate', sub, now: NOON })}`,
    );
    const seen = [];
    for (const token of [...tokens, ...tokens]) seen.push((await identity.identify(token)).subject);
    expect(seen).toEqual(['a', 'b', 'a', 'b']);
  });

  it('is not believed where only its signature differs', async () => {
    const identity = identityAt({ now: NOON });
    const token = mintToken({ clientId: 'inspectorate', now: NOON });
    await identity.identify(`Bearer ${token}`);
    const other = mintToken({ clientId: 'inspectorate', now: NOON }).split('.')[2] ?? '';
    const forged = [...token.split('.').slice(0, 2), other].join('.');
    expect(await codeOf(identity, `Bearer ${forged}`)).toBe('UNAUTHENTICATED');
  });

  it('counts for as long as its client stays as it is registered', async () => {
    const inspectorate = {
      id: 'inspectorate',
      kind: 'agency',
      name: 'I',
      unit: null,
      register: null,
      province: null,
    } as const;
    let clients: RegisteredClients = new Map([['inspectorate', inspectorate]]);
    const identity = identityAt({ now: NOON }, undefined, () => clients);
    const token = `Bearer ${mintToken({ clientId: 'inspectorate', scope: 'agency', now: NOON })}`;
    expect(await codeOf(identity, token)).toBe('OK');
    clients = new Map([['inspectorate', { ...inspectorate, unit: '00070' }]]);
    expect((await identity.identify(token)).unit).toBe('00070');
    clients = new Map([['inspectorate', { ...inspectorate, kind: 'auditor' }]]);
    expect(await codeOf(identity, token)).toBe('UNAUTHENTICATED');
    clients = new Map();
    expect(await codeOf(identity, token)).toBe('UNAUTHENTICATED');
  });

  it('says who asks', async () => {
    const identity = identityAt({ now: NOON });
    const officer = await identity.identify(
      `Bearer ${mintToken({ clientId: 'hn-hoankiem-civil', sub: 'lan.nt', officerPersonalId: '001094000001', now: NOON })}`,
    );
    expect(officer).toMatchObject({
      client: { id: 'hn-hoankiem-civil', kind: 'agency' },
      subject: 'lan.nt',
      officer: 'lan.nt',
      officerPersonalId: '001094000001',
      unit: '00070',
      keyId: FIRST_ES256.kid,
      expiresAt: NOON_SECONDS + 3_600,
    });
    const elsewhere = await identity.identify(
      `Bearer ${mintToken({ clientId: 'hn-hoankiem-civil', unit: '00004', now: NOON })}`,
    );
    expect(elsewhere.unit).toBe('00004');
    // Registers are told the citizen's channel, never the citizen's id as an officer account.
    const citizen = await identity.identify(
      `Bearer ${mintToken({ clientId: 'vneid', sub: '001094000001', now: NOON })}`,
    );
    expect(citizen).toMatchObject({ subject: '001094000001', officer: 'vneid', officerPersonalId: null });
  });
});

it('forged tokens never cost a fetch of keys, well-formed ones of an unknown key one', async () => {
  let fetches = 0;
  const identity = identityAt({ now: NOON }, async () => {
    fetches += 1;
    return keySetText(jwkOf(FIRST_ES256));
  });
  for (const header of [{ typ: 'JWT' }, { crit: ['x'] }, { kid: 7 }]) {
    expect(
      await codeOf(identity, `Bearer ${mintToken({ clientId: 'inspectorate', now: NOON, header })}`),
    ).toBe('UNAUTHENTICATED');
  }
  expect(fetches).toBe(0);
  expect(await codeOf(identity, `Bearer ${mintToken({ clientId: 'inspectorate', now: NOON })}`)).toBe('OK');
  const unknown = Array.from({ length: 1_000 }, (_, index) => {
    const header = { kid: `invented-${index}` };
    return codeOf(identity, `Bearer ${mintToken({ clientId: 'inspectorate', now: NOON, header })}`);
  });
  expect(new Set(await Promise.all(unknown))).toEqual(new Set(['UNAUTHENTICATED']));
  expect(fetches).toBe(1);
});

it('without keys a good token is KEY_SET_UNAVAILABLE, a forged one UNAUTHENTICATED', async () => {
  const identity = identityAt({ now: NOON }, () => Promise.reject(new Error('down')));
  const good = mintToken({ clientId: 'inspectorate', now: NOON });
  const forged = mintToken({ clientId: 'inspectorate', now: NOON, header: { typ: 'JWT' } });
  expect(await codeOf(identity, `Bearer ${good}`)).toBe('KEY_SET_UNAVAILABLE');
  expect(await codeOf(identity, `Bearer ${forged}`)).toBe('UNAUTHENTICATED');
});
