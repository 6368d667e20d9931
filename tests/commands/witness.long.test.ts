import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyCosignature } from '../../src/log-format/notes/cosignature.ts';
import {
  formatVerifierKey,
  parseVerifierKey,
  type VerifierKey,
} from '../../src/log-format/notes/note-key.ts';
import { parseNote, parseSignatureLines } from '../../src/log-format/notes/signed-note.ts';
import {
  LOG_NAME,
  LOG_VKEY,
  logSigner,
  ownDirectory,
  post,
  TestLog,
} from '../independent/witness/fixtures.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const COMMAND = ['src/commands/ndg.ts', 'witness'];
const log = new TestLog();

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly vkey: string;
  readonly stderr: () => string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function start(directory: string, ...more: readonly string[]): Promise<Running> {
  const args = [...COMMAND, '--log', LOG_VKEY, '--dir', directory, '--port', '0', ...more];
  const child = spawn(process.execPath, args, { cwd: ROOT });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close');
  const first = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)]);
  const [, url = '', vkey = ''] = /^WITNESS_URL=(\S+) WITNESS_KEY=(\S+)\n$/.exec(String(first?.[0])) ?? [];
  if (url === '') throw new Error(`it did not start: ${stderr}`);
  return {
    child,
    url,
    vkey,
    stderr: () => stderr,
    async end(signal) {
      child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe('npm run witness', () => {
  it('cosigns for the logs that it is told of, with a key of its own that stays', async () => {
    const directory = join(await ownDirectory(), 'new', 'folder');
    const first = await start(directory, '--name', 'witness.example/w');
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { status, body } = await post(first.url, log.growth(0, 60));
    expect(status).toBe(200);
    const [signature] = parseSignatureLines(body) ?? [];
    const key = parseVerifierKey(first.vkey) as VerifierKey;
    expect(key.name).toBe('witness.example/w');
    const seconds = signature && verifyCosignature(parseNote(log.note(60))?.text ?? '', signature, key);
    expect(Math.abs(Number(seconds) - Date.now() / 1_000)).toBeLessThan(60);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await start(directory);
    expect(second.vkey).toBe(first.vkey);
    expect(await post(second.url, log.growth(0, 70))).toMatchObject({ status: 409, body: '60\n' });
    expect(await second.end('SIGINT')).toBe(0);
  });

  it('takes all vkeys of a log in one value, as log-keys prints them after a rotation', async () => {
    const rotated = logSigner(LOG_NAME, 2);
    const vkeys = `${formatVerifierKey(rotated.key)}\n${LOG_VKEY}\n`;
    const witness = await start(await ownDirectory(), '--log', vkeys);
    expect((await post(witness.url, log.growth(0, 60))).status).toBe(200);
    expect((await post(witness.url, new TestLog(rotated).growth(60, 70))).status).toBe(200);
  });

  it('keeps key and memory from other users', async () => {
    const directory = join(await ownDirectory(), 'witness');
    const witness = await start(directory);
    await post(witness.url, log.growth(0, 60));
    const modes = ['', 'witness.key', 'witness.db', 'witness.db-wal'].map(
      (name) => statSync(join(directory, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
  });

  it('forgets no size that it signed, killed at any moment', async () => {
    const directory = await ownDirectory();
    let promised = 0;
    for (let round = 0; round < 4; round++) {
      const witness = await start(directory);
      // Asked as if it knew nothing: it names what it knows, or learns this.
      const { status, body } = await post(witness.url, log.growth(0, 1));
      const known = status === 409 ? Number(body) : 1;
      expect(known).toBeGreaterThanOrEqual(promised);
      promised = known;
      const last = promised + 5 + round;
      for (; promised < last; promised++) {
        expect((await post(witness.url, log.growth(promised, promised + 1))).status).toBe(200);
      }
      // The next one is on its way when the process dies; if it was answered, it counts.
      const next = post(witness.url, log.growth(last, last + 1)).catch(() => null);
      await new Promise((done) => setTimeout(done, round));
      await witness.end('SIGKILL');
      if ((await next)?.status === 200) promised += 1;
    }
    expect(promised).toBeGreaterThan(20);
  });

  it('prints both notes of a log that shows two histories, once', async () => {
    const witness = await start(await ownDirectory());
    const forked = new TestLog(logSigner(), 50);
    await post(witness.url, log.growth(0, 60));
    await post(witness.url, forked.growth(60, 60));
    await post(witness.url, forked.growth(60, 60));
    await witness.end('SIGTERM');
    expect(JSON.parse(witness.stderr())).toEqual({
      event: 'witness.fork',
      known: log.note(60),
      submitted: forked.note(60),
    });
  });
});

describe('--show', () => {
  it('prints the last note of each epoch of each log, also while it runs', async () => {
    const directory = await ownDirectory();
    const other = logSigner('national-data-gateway/b', 2);
    const witness = await start(directory, '--log', formatVerifierKey(other.key));
    const second = new TestLog(logSigner(`${LOG_NAME}/2`), 50);
    const others = new TestLog(other);
    await post(witness.url, log.growth(0, 20));
    await post(witness.url, log.growth(20, 60));
    await post(witness.url, second.growth(0, 55));
    await post(witness.url, others.growth(0, 7));
    // Who asks what it knows leaves a tree of no entries, which nobody lost.
    await post(witness.url, new TestLog(logSigner(`${LOG_NAME}/3`)).growth(0, 0));
    const args = ['--log', `${LOG_VKEY}\n${formatVerifierKey(other.key)}`, '--dir', directory, '--show'];
    const { status, stdout, stderr } = run(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const notes = [log.note(60), second.note(55), others.note(7)];
    expect(stdout).toBe(notes.map((note) => `${JSON.stringify({ note })}\n`).join(''));
  });

  it('makes nothing where there is nothing: 1', async () => {
    const directory = join(await ownDirectory(), 'nowhere');
    const { status, stdout, stderr } = run('--log', LOG_VKEY, '--dir', directory, '--show');
    expect({ status, stdout, isThere: existsSync(directory) }).toEqual({
      status: 1,
      stdout: '',
      isThere: false,
    });
    expect(stderr).toContain('Give the --dir that the witness ran with.');
  });

  it('says where it knows of none of these logs: 1', async () => {
    const directory = await ownDirectory();
    await (await start(directory)).end('SIGTERM');
    expect(run('--log', LOG_VKEY, '--dir', directory, '--show')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The witness has cosigned nothing of these logs.\n',
    });
  });
});

describe('it does not start', () => {
  it.each([
    ['without a log', []],
    ['with a log that is none', ['--log', 'x']],
    ['with a log and one that is none', ['--log', `${LOG_VKEY} x`]],
    ['with a value without a vkey', ['--log', ' ']],
    ['with a log’s key of another id', ['--log', LOG_VKEY.replace(/\+[0-9a-f]{8}\+/, '+00000000+')]],
    ['with a port that is none', ['--log', LOG_VKEY, '--port', '65536']],
    ['with a port that is no number', ['--log', LOG_VKEY, '--port', '1e3']],
    ['with a name that no key can have', ['--log', LOG_VKEY, '--name', 'a b']],
    ['with what it does not know', ['--log', LOG_VKEY, '--frobnicate']],
    ['with an argument too many', ['--log', LOG_VKEY, 'more']],
  ])('%s: 2 and the usage', (_name, args) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: ndg witness');
  });

  const spoilings: readonly (readonly [string, (directory: string) => void, readonly string[]])[] = [
    ['has a key but not what was signed with it', (at) => rmSync(join(at, 'witness.db')), []],
    ['has a key but not what was signed with it', (at) => truncateSync(join(at, 'witness.db')), []],
    ['not one of a witness', (at) => writeFileSync(join(at, 'witness.key'), 'x'), []],
    ['has the name', () => undefined, ['--name', 'another.example']],
    ['file is not a database', (at) => writeFileSync(join(at, 'witness.db'), 'x'.repeat(10_000)), []],
  ];

  it.each(spoilings)('where it %s: 1', async (message, spoil, more) => {
    const directory = await ownDirectory();
    const witness = await start(directory);
    await witness.end('SIGTERM');
    spoil(directory);
    const { status, stderr } = run('--log', LOG_VKEY, '--dir', directory, '--port', '0', ...more);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });

  it('over a key file that somebody cut: 1, and the file stays', async () => {
    const directory = await ownDirectory();
    await (await start(directory)).end('SIGTERM');
    const path = join(directory, 'witness.key');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, -5));
    expect(run('--log', LOG_VKEY, '--dir', directory, '--port', '0').status).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(text.slice(0, -5));
  });

  it('on a port that is taken: 1', async () => {
    const { url } = await start(await ownDirectory());
    const port = new URL(url).port;
    expect(run('--log', LOG_VKEY, '--dir', await ownDirectory(), '--port', port)).toMatchObject({
      status: 1,
    });
  });
});
