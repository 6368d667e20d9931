import { describe, expect, test } from 'vitest';
import { gatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import { appendAct } from '../../../src/access-log/write/append-act.ts';
import { appendOne, codes, expectThere, openLog, outcomeOf, UNAVAILABLE } from '../support/fixtures.ts';
import { KEYS } from '../support/example-record.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';

/** A trigger that swallows rows leaves no error behind: the answer would leave, and nothing would be on record. */

const TABLES = ['groups', 'answers', 'seal_keys', 'documents'] as const;

async function swallow({ settings, sql }: TestStore, table: string, when: 'BEFORE' | 'AFTER'): Promise<void> {
  if (settings.kind === 'sqlite') {
    const body = when === 'BEFORE' ? 'SELECT RAISE(IGNORE)' : `DELETE FROM ${table} WHERE rowid = NEW.rowid`;
    const own = ['seal_keys', 'documents'].includes(table) && when === 'AFTER';
    await sql(
      `CREATE TRIGGER swallow ${when} INSERT ON ${table} BEGIN ${own ? `DELETE FROM ${table}` : body}; END`,
    );
    return;
  }
  const body = when === 'BEFORE' ? 'RETURN NULL' : `DELETE FROM log.${table}; RETURN NULL`;
  await sql(
    `CREATE FUNCTION log.swallow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${body}; END $$`,
  );
  await sql(
    `CREATE TRIGGER swallow ${when} INSERT ON log.${table} FOR EACH ROW EXECUTE FUNCTION log.swallow()`,
  );
}

describe.each(STORES)('rows that a trigger swallows, in $name', ({ create }) => {
  test.each(TABLES.flatMap((table) => (['BEFORE', 'AFTER'] as const).map((when) => [table, when] as const)))(
    'of %s, %s the insert: no answer leaves',
    async (table, when) => {
      const store = await create();
      const { seen, observer } = codes();
      const log = await openLog(store, { observer, appendTimeoutMs: 300 });
      // Seal keys and documents are stored once, with the first record: these two tables are swallowed before any.
      if (!['seal_keys', 'documents'].includes(table)) await appendOne(log);
      await swallow(store, table, when);
      const { error } = await outcomeOf(appendOne(log));
      expect(error).toMatchObject(UNAVAILABLE);
      expect(seen.some((code) => ['rows-not-stored', 'foreign-trigger'].includes(code))).toBe(true);
      expect(log.isHealthy()).toBe(false);
    },
  );

  test('and a log on which a trigger stands is not opened, by commands neither', async () => {
    const store = await create();
    const log = await openLog(store);
    const id = await appendOne(log);
    await log.close();
    await swallow(store, 'answers', 'BEFORE');
    await expect(openLog(store)).rejects.toThrow('foreign-trigger');
    const act = gatewayAct('gateway-1', { purpose: 'exported', at: Date.now(), detail: {} });
    const writer = { store: store.settings, instanceId: 'gateway-1', ...KEYS };
    await expect(appendAct(writer, act)).rejects.toThrow('foreign-trigger');
    await store.sql(
      store.settings.kind === 'sqlite' ? 'DROP TRIGGER swallow' : 'DROP TRIGGER swallow ON log.answers',
    );
    await expectThere(store, [id]);
    await appendOne(await openLog(store));
  });
});
