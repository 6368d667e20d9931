import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cosign } from '../../../src/log-format/notes/cosignature.ts';
import { formatVerifierKey } from '../../../src/log-format/notes/note-key.ts';
import { formatSignatureLine, parseNote } from '../../../src/log-format/notes/signed-note.ts';
import {
  LogNotContinued,
  openInstanceLog,
  verifierKeys,
  type InstanceLog,
  type InstanceLogOptions,
} from '../../../src/access-log/continuity/instance-log.ts';
import { writeLastCheckpoint } from '../../../src/access-log/continuity/last-checkpoint.ts';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { exampleRecord, KEYS, LOG } from '../support/example-record.ts';
import { appendMany, appendOne, outcomeOf, UNAVAILABLE, until } from '../support/fixtures.ts';
import { sqliteStoreIn, STORES, type TestStore } from '../support/test-stores.ts';
import {
  NOW_MS,
  ownDirectory,
  startServer,
  startWitness,
  WITNESS,
} from '../../independent/witness/fixtures.ts';

const WITNESS_VKEY = formatVerifierKey(WITNESS.key);

interface TestInstance extends InstanceLog {
  readonly troubles: readonly string[];
}

async function open(store: TestStore, directory: string, url: string | null): Promise<TestInstance> {
  const troubles: string[] = [];
  const options: InstanceLogOptions = {
    instanceId: LOG.split('/')[1] ?? '',
    store: store.settings,
    directory,
    keys: {
      logSeal: KEYS.sealKeys,
      logSearch: [{ id: 's1', key: Buffer.alloc(32, 3) }],
      checkpoint: KEYS.checkpointKeys,
    },
    witness: url === null ? null : { url, key: WITNESS_VKEY },
    observer: {
      onWitnessTrouble: (code) => troubles.push(code),
      onWitnessRecovery: () => troubles.push('recovered'),
      onGap: () => troubles.push('gap'),
    },
  };
  const opened = await openInstanceLog(options);
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= opened.close());
  onTestFinished(close);
  return { ...opened, close, troubles };
}

async function ownWitness(): Promise<string> {
  return (await startWitness(await ownDirectory(), [...verifierKeys(LOG, KEYS.checkpointKeys)])).url;
}

async function cosigned(instance: TestInstance, store: TestStore): Promise<void> {
  const rows = store.openLogRows();
  onTestFinished(() => rows.close());
  await until(async () => (await rows.cosignedSize(LOG)) === instance.writer.size(), 'it is cosigned');
}

describe.each(STORES)('an instance’s log in $name', ({ create }) => {
  test.each([
    {
      what: 'smaller',
      before: 3,
      after: 0,
      wanted: /ends at \d+ entries, the witness cosigned \d+: .*restore-log/,
    },
    { what: 'as large', before: 1, after: 1, wanted: /other entries than those .*restore-log/ },
    { what: 'larger', before: 1, after: 3, wanted: /other entries than those .*restore-log/ },
  ])('is not begun over another tree than the witness knows, $what', async ({ before, after, wanted }) => {
    const url = await ownWitness();
    const known = await create();
    const first = await open(known, await ownDirectory(), url);
    for (let n = 0; n < before; n++) await appendOne(first.writer);
    await cosigned(first, known);
    await first.close();
    const other = await create();
    const alone = await open(other, await ownDirectory(), null);
    for (let n = 0; n < after; n++) await appendOne(alone.writer);
    await alone.close();
    const starting = open(other, await ownDirectory(), url);
    await expect(starting).rejects.toThrow(LogNotContinued);
    await expect(starting).rejects.toThrow(wanted);
  });

  test('takes nothing while its witness knows another history, and goes on once that is over', async () => {
    let answer: 'busy' | 'fork' | 'cosigned' = 'busy';
    const url = await startServer(witnessSaying(() => answer));
    const { writer, troubles } = await open(await create(), await ownDirectory(), url);
    await appendOne(writer);
    await until(() => troubles.includes('unreachable'), 'it is asked');
    expect(writer.isHealthy()).toBe(true);

    answer = 'fork';
    await until(() => troubles.includes('fork'), 'the fork is noticed');
    expect(writer.isHealthy()).toBe(false);
    expect((await outcomeOf(writer.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
    answer = 'busy';
    await until(() => troubles.at(-1) === 'unreachable', 'the witness is gone');
    expect(writer.isHealthy()).toBe(false);

    answer = 'cosigned';
    await until(() => writer.isHealthy(), 'it goes on');
    expect(troubles.at(-1)).toBe('recovered');
    await appendOne(writer);
  });

  test('is gone on with beside another process of the instance, which writes all the while', async () => {
    const url = await ownWitness();
    const store = await create();
    const directory = await ownDirectory();
    const before = await open(store, directory, url);
    const load = { isOver: false };
    const writing = (async () => {
      while (!load.isOver) {
        await appendMany(before.writer, 2);
        const end = await before.reader.end(LOG);
        if (end) await writeLastCheckpoint(directory, end.note);
      }
    })();
    onTestFinished(async () => {
      load.isOver = true;
      await writing;
    });
    for (let start = 0; start < 12; start++) {
      const next = await open(store, directory, url);
      await appendOne(next.writer);
      await next.close();
      expect(next.troubles).toEqual([]);
    }
    load.isOver = true;
    await writing;
    expect(before.troubles).toEqual([]);
  }, 60_000);
});

function witnessSaying(what: () => 'busy' | 'fork' | 'cosigned'): RequestListener {
  return (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const said = what();
      if (said !== 'cosigned') {
        response.writeHead(said === 'fork' ? 422 : 503).end();
        return;
      }
      const note = parseNote(body.slice(body.indexOf('\n\n') + 2));
      response
        .writeHead(200)
        .end(formatSignatureLine(cosign(note?.text ?? '', Math.floor(NOW_MS / 1_000), WITNESS)));
    });
  };
}

test('a time in which answers were refused for want of the log is stated in it once it can be', async () => {
  const directory = await ownDirectory();
  const store = sqliteStoreIn(directory);
  const instance = await open(store, directory, null);
  await appendOne(instance.writer);
  const startedAt = Date.now();
  const file = join(directory, 'access-log.sqlite');
  await rename(file, join(directory, 'elsewhere'));
  await expect(appendOne(instance.writer)).rejects.toMatchObject({ code: 'ACCESS_LOG_UNAVAILABLE' });
  await rename(join(directory, 'elsewhere'), file);
  const found = async () => {
    const filter = { ...EVERYTHING, purpose: 'log-outage' };
    const { entries } = await instance.reader.search(filter, { first: 10, after: null });
    return entries.map(({ answer }) => answer.first.detail as { readonly from: number; readonly to: number });
  };
  await expect.poll(found, { timeout: 20_000 }).toHaveLength(1);
  const [outage] = await found();
  expect(outage?.from).toBeLessThanOrEqual(startedAt + 2_500);
  expect(outage?.to).toBeGreaterThan(startedAt);
  expect(outage?.to).toBeLessThanOrEqual(Date.now());
});

test('entries that do not open are told of when they are met', async () => {
  const directory = await ownDirectory();
  const store = sqliteStoreIn(directory);
  const first = await open(store, directory, null);
  await appendOne(first.writer);
  await first.close();
  rmSync(join(directory, 'access-log-index.sqlite'), { force: true });
  await store.sql('UPDATE log.groups SET sealed = zeroblob(length(sealed)) WHERE first_leaf = 0');
  const { troubles } = await open(store, directory, null);
  await expect.poll(() => troubles, { timeout: 20_000 }).toContain('gap');
});
