import { expect, it, vi } from 'vitest';
import { standForLeader } from '../../../src/watch/thread/leadership.ts';
import {
  createPostgresTestStore,
  isPostgresMissing,
  postgresUrl,
} from '../../access-log/support/test-stores.ts';

it.skipIf(isPostgresMissing)(
  'of the instances that share a database one opens alerts, and another takes over',
  async () => {
    const { settings } = await createPostgresTestStore(await postgresUrl());
    const first = standForLeader(settings);
    await vi.waitUntil(() => first.isLeader(), { timeout: 5_000, interval: 20 });
    const second = standForLeader(settings);
    await vi.waitUntil(
      async () => {
        await first.close();
        return second.isLeader();
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(first.isLeader()).toBe(false);
    await second.close();
  },
);

it('a SQLite log has one instance, which leads', () => {
  const own = standForLeader({ kind: 'sqlite', directory: '.', maxPages: null });
  expect(own.isLeader()).toBe(true);
});
