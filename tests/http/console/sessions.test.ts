import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { buildMemorySessions, type SessionStore } from '../../../src/http/console/session/session-store.ts';
import { buildConsoleSessions, SESSION_LIMITS } from '../../../src/http/console/session/sessions.ts';

const GIVEN = {
  account: 'auditor\nkiem.toan.01',
  kind: 'auditor',
  agency: 'Kiểm tra nhà nước',
  accessToken: 'eyJ.access.token',
  tokenExpiresAt: Number.MAX_SAFE_INTEGER,
  refreshToken: null,
  idToken: 'eyJ.id.token',
  displayName: 'Nguyễn Thị Kiểm',
} as const;

/** A store whose content a test reads and changes. */
function openStore(): { readonly store: SessionStore; readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  const memory = buildMemorySessions();
  const store: SessionStore = {
    ...memory,
    get: async (name) => held.get(name) ?? null,
    set: async (name, text) => void held.set(name, text),
    async setIfAbsent(name, text) {
      held.set(name, held.get(name) ?? text);
      return held.get(name) ?? '';
    },
    delete: async (name) => void held.delete(name),
  };
  return { store, held };
}

it('keeps nothing in the store that tells who or with which token', async () => {
  const { store, held } = openStore();
  const sessions = buildConsoleSessions(store, randomBytes(32));
  const { id } = await sessions.create(GIVEN);
  const all = [...held].flat().join('\n');
  expect(all).not.toContain('eyJ');
  expect(all).not.toContain('kiem.toan');
  expect(all).not.toContain(id);
});

it('opens with its own secret and id alone, and not from another place', async () => {
  const { store, held } = openStore();
  const secret = randomBytes(32);
  const sessions = buildConsoleSessions(store, secret);
  const one = await sessions.create(GIVEN);
  const two = await sessions.create(GIVEN);
  expect((await sessions.open(one.id))?.content.accessToken).toBe(GIVEN.accessToken);
  expect(await buildConsoleSessions(store, randomBytes(32)).open(one.id)).toBe(null);
  expect(await sessions.open('x')).toBe(null);
  const [first = '', second = ''] = [...held.keys()].filter((name) => name.startsWith('session:'));
  held.set(first, held.get(second) ?? '');
  expect(await sessions.open(one.id)).toBe(null);
  expect(await sessions.open(two.id)).not.toBe(null);
});

it('ends after a working day, however much it is used', async () => {
  let now = 1_000_000;
  const sessions = buildConsoleSessions(openStore().store, randomBytes(32), () => now);
  const { id } = await sessions.create(GIVEN);
  now += SESSION_LIMITS.absolute.value - 1;
  expect(await sessions.open(id)).not.toBe(null);
  now += 1;
  expect(await sessions.open(id)).toBe(null);
});

it('ends all of one person, and a new one begins afresh', async () => {
  const sessions = buildConsoleSessions(openStore().store, randomBytes(32));
  const [one, two] = [await sessions.create(GIVEN), await sessions.create(GIVEN)];
  const other = await sessions.create({ ...GIVEN, account: 'auditor\nsomebody.else' });
  await sessions.endAll(one);
  expect(await sessions.open(one.id)).toBe(null);
  expect(await sessions.open(two.id)).toBe(null);
  expect(await sessions.open(other.id)).not.toBe(null);
  const again = await sessions.create(GIVEN);
  expect(await sessions.open(again.id)).not.toBe(null);
  expect(await sessions.open(two.id)).toBe(null);
});
