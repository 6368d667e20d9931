import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportLog } from '../../../src/access-log/export/export-log.ts';
import { exportRange } from '../../../src/access-log/export/export-range.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf, parseVerifierKey } from '../../../src/log-format/notes/note-key.ts';
import { logNameOf } from '../../../src/access-log/entry/log-name.ts';
import { openLogRows } from '../../../src/access-log/read/open-reader.ts';
import { verifyExport } from '../../../src/independent/verify/verify-export.ts';
import { startServer, WITNESS } from '../../independent/witness/fixtures.ts';
import { runLogCommand } from '../../commands/log-command.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startWitnessProcess, type WitnessProcess } from '../../support/servers/witness-process.ts';

const LOG = logNameOf('demo');
const SEED = Buffer.alloc(32, 7);
const KEY = noteSignerOf(LOG, signingKeyOf(SEED)).key;
const [person] = country.people({});
const QUESTION = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';

/** An instance's folders, which outlive its runs; with the key that its witness knows. */
function ownFolders() {
  const top = mkdtempSync(join(tmpdir(), 'gateway-witness-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const secrets = join(top, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
  writeFileSync(join(secrets, 'checkpoint-demo.k1.key'), `${SEED.toString('base64')}\n`, { mode: 0o600 });
  const data = join(top, 'data');
  return {
    top,
    data,
    logFile: join(data, 'access-log.sqlite'),
    lastCheckpoint: join(data, 'last-checkpoint'),
    environment: { DATA_DIR: data, SECRETS_DIR: secrets },
  };
}

/** As an operator restores a backup. */
function putBack(backup: string, logFile: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(logFile + suffix, { force: true });
  copyFileSync(backup, logFile);
}

type Folders = ReturnType<typeof ownFolders>;

async function start(
  { environment }: Folders,
  witness?: Pick<WitnessProcess, 'url' | 'vkey'>,
): Promise<TestGateway> {
  const gateway = await startTestGateway({
    environment: {
      ...environment,
      ...(witness ? { WITNESS_URL: witness.url, WITNESS_KEY: witness.vkey } : {}),
    },
  });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (!isClosed) await gateway.close();
    isClosed = true;
  };
  onTestFinished(close);
  return { ...gateway, close };
}

async function ask(gateway: TestGateway): Promise<void> {
  const { status } = await gateway.ask(QUESTION, { id: person?.personalId ?? '' });
  expect(status).toBe(200);
}

async function eventually<T>(what: string, look: () => Promise<T | null | undefined>): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`in vain waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Sizes that were cosigned, once the last of them is the log's. */
function cosignedSizes({ data }: Folders): Promise<readonly number[]> {
  return eventually('a cosignature of the newest checkpoint', async () => {
    const rows = openLogRows({ kind: 'sqlite', directory: data, maxPages: null });
    const sizes = (await rows.cosignatures(LOG, 0)).map(({ size }) => size);
    const end = await rows.end(LOG);
    await rows.close();
    return end && sizes.at(-1) === end.size ? sizes : null;
  });
}

function rememberedSize({ lastCheckpoint }: Folders): number {
  return existsSync(lastCheckpoint) ? Number(readFileSync(lastCheckpoint, 'utf8').split('\n')[1]) : 0;
}

test('within seconds the newest checkpoint is cosigned, and an export says so', async () => {
  const folders = ownFolders();
  const witness = await startWitnessProcess(join(folders.top, 'witness'), formatVerifierKey(KEY));
  const gateway = await start(folders, witness);
  await ask(gateway);
  const sizes = await cosignedSizes(folders);
  await ask(gateway);
  expect((await cosignedSizes(folders)).length).toBeGreaterThan(sizes.length);

  const rows = openLogRows({ kind: 'sqlite', directory: folders.data, maxPages: null });
  const out = join(folders.top, 'export');
  const range = await exportRange(rows, LOG, { from: 0, to: null });
  await exportLog(rows, { log: LOG, range, folder: out, opener: null });
  await rows.close();
  const witnesses = [parseVerifierKey(witness.vkey)].flatMap((key) => key ?? []);
  const { verdict, faults, cosigned } = verifyExport(out, {
    keys: [KEY],
    witnesses,
    known: [],
    receipts: [],
  });
  expect({ verdict, faults, cosigned }).toMatchObject({
    verdict: 'verified',
    faults: [],
    cosigned: [{ size: range.to }],
  });
});

test('without its witness the gateway goes on, says so once, and is cosigned again when it is back', async () => {
  const folders = ownFolders();
  const memory = join(folders.top, 'witness');
  const witness = await startWitnessProcess(memory, formatVerifierKey(KEY));
  const gateway = await start(folders, witness);
  await ask(gateway);
  await cosignedSizes(folders);
  await witness.end();
  await ask(gateway);
  const troubles = () => gateway.logLines.filter((line) => line.includes('"witness.trouble"'));
  await eventually('the trouble', async () => troubles()[0]);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await ask(gateway);
  expect(troubles()).toEqual([expect.stringContaining('"unreachable"')]);
  const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
  expect(metrics).toMatch(/gateway_witness_troubles_total\{code="unreachable"\} [2-9]/);

  await startWitnessProcess(memory, formatVerifierKey(KEY), Number(new URL(witness.url).port));
  await cosignedSizes(folders);
  await eventually('recovery', async () =>
    gateway.logLines.find((line) => line.includes('witness.recovered')),
  );
});

test('starts without its witness too', async () => {
  const folders = ownFolders();
  const witness = await startWitnessProcess(join(folders.top, 'witness'), formatVerifierKey(KEY));
  await witness.end();
  const gateway = await start(folders, witness);
  await ask(gateway);
  expect(gateway.logLines.find((line) => line.includes('witness.trouble'))).toContain('unreachable');
});

test('is not ready, and gives no answer, while its witness knows another history of its log', async () => {
  let status = 503;
  const url = await startServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end());
  });
  const gateway = await start(ownFolders(), { url, vkey: formatVerifierKey(WITNESS.key) });
  const isReady = async () => (await fetch(new URL('/health/ready', gateway.url))).status === 200;
  await ask(gateway);
  expect(await isReady()).toBe(true);
  status = 422;
  await eventually('the fork', async () => ((await isReady()) ? null : true));
  const { status: answered, headers } = await gateway.ask(QUESTION, { id: person?.personalId ?? '' });
  expect({ answered, entry: headers.get('x-access-entry') }).toEqual({ answered: 503, entry: null });
  expect(gateway.logLines.filter((line) => line.includes('"witness.trouble"')).at(-1)).toContain('"fork"');
});

test('a store that was put back is refused at start: what was signed last stands beside it', async () => {
  const folders = ownFolders();
  const first = await start(folders);
  await ask(first);
  await first.close();
  const backup = join(folders.top, 'backup.sqlite');
  copyFileSync(folders.logFile, backup);
  const second = await start(folders);
  for (let n = 0; n < 3; n++) await ask(second);
  const isRemembered = rememberedSize(folders);
  await second.close();
  expect(rememberedSize(folders)).toBeGreaterThan(isRemembered);

  putBack(backup, folders.logFile);
  await expect(start(folders)).rejects.toThrow(/ends at \d+ entries, this instance signed \d+ .*restore-log/);
  // Nothing was written to it.
  await expect(start(folders)).rejects.toThrow('restore-log');

  const restored = runLogCommand('restore-log', [], { ...folders.environment, INSTANCE_ID: 'demo' });
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const third = await start(folders);
  await ask(third);
  await third.close();
  expect(readFileSync(folders.lastCheckpoint, 'utf8').split('\n')[0]).toBe(`${LOG}/2`);

  rmSync(folders.logFile);
  await expect(start(folders)).rejects.toThrow('ends at 0 entries');
});

test('where all of DATA_DIR was put back, the witness knows better', async () => {
  const folders = ownFolders();
  const witness = await startWitnessProcess(join(folders.top, 'witness'), formatVerifierKey(KEY));
  const first = await start(folders, witness);
  await ask(first);
  await first.close();
  const backup = join(folders.top, 'backup.sqlite');
  copyFileSync(folders.logFile, backup);
  const second = await start(folders, witness);
  await ask(second);
  await cosignedSizes(folders);
  await second.close();

  putBack(backup, folders.logFile);
  rmSync(folders.lastCheckpoint);
  await expect(start(folders, witness)).rejects.toThrow(/the witness cosigned \d+: .*restore-log/);
});

test('what is no checkpoint of this log stops the start', async () => {
  const folders = ownFolders();
  mkdirSync(folders.data);
  writeFileSync(folders.lastCheckpoint, 'something else\n');
  await expect(start(folders)).rejects.toThrow('DATA_DIR/last-checkpoint is no checkpoint');
});
