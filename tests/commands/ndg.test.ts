import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** Makes Node believe that it is an older one, before the module that is started. */
const OLDER_NODE = `--import=data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`,
)}`;

function ndg(args: readonly string[], nodeArgs: readonly string[] = [], entry = 'src/commands/ndg.mjs') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, entry, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ENV_FILE: 'off' },
  });
  return { status, stdout, stderr };
}

test.each([
  [[], 'A subcommand is missing. One of: serve, setup, freshness, limits, token, '],
  [['veryfy'], 'Unknown subcommand veryfy. One of: serve, setup, freshness, limits, token, '],
  [['log'], 'A subcommand is missing. One of: verify, export, '],
  [['log', 'constructor', 'x'], 'Unknown subcommand constructor. One of: verify, export, '],
  [['log', 'backup', '--into', 'x'], "Unknown option '--into'"],
  [['log', 'backup', '--out', '--json'], 'The value of --out is missing'],
  [['log', 'backup', '--out'], "Option '--out <FILE>' argument missing"],
  [['agreements', 'sign', 'a.yaml', '--all=yes'], "Unknown option '--all=yes'"],
])('%j says what exists, with status 2', (args, said) => {
  const { status, stdout, stderr } = ndg(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).toContain('Usage: ndg');
  expect(stderr).not.toContain('    at ');
});

test('log verify loads the independent verifier and nothing of the gateway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ndg-loaded-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { status } = spawnSync(process.execPath, ['src/commands/ndg.mjs', 'log', 'verify', '--key', 'none'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', NODE_V8_COVERAGE: folder },
  });
  expect(status).toBe(2);
  const sources = new URL('../../src/', import.meta.url).href;
  const rooms = readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result
      .filter(({ url }) => url.startsWith(sources))
      .map(({ url }) => url.slice(sources.length).split('/')[0]);
  });
  expect([...new Set(rooms)].toSorted()).toEqual(['commands', 'independent', 'log-format']);
});

describe('an older Node', () => {
  test('hands over to the Node 24 of the installation', () => {
    expect(ndg(['--version'], [OLDER_NODE])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(ndg(['log', 'backup'], [OLDER_NODE]).status).toBe(2);
  });

  test('says in one line what to do where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ndg-older-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const name of ['src/commands/ndg.mjs', 'src/config/require-node.mjs']) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      copyFileSync(join(ROOT, name), join(folder, name));
    }
    const { status, stdout, stderr } = ndg(['--version'], [OLDER_NODE], join(folder, 'src/commands/ndg.mjs'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^This is Node\.js v[\d.]+, and the gateway needs 24: .*\n$/);
  });

  test('does not start the gateway', () => {
    const { status, stderr } = ndg([], [OLDER_NODE], 'src/main.ts');
    expect({ status, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(stderr).toContain('the gateway needs 24');
  });
});

describe('ndg serve', () => {
  test('has a list of all settings in its help', () => {
    const { stdout } = ndg(['serve', '--help']);
    const names = [
      'PORT',
      'SECRETS_DIR',
      'POPULATION_URL',
      'TOKEN_JWKS_URL',
      'ENV_FILE',
      'LOG_ARCHIVE_MONTHS',
    ];
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  test('ends with the status of the gateway', () => {
    const { status, stderr } = ndg(['serve']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The gateway cannot start:\n/);
  });

  test('refuses an option that does not exist, also without ndg', () => {
    const { status, stderr } = ndg(['--mock'], [], 'src/main.ts');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Unknown option '--mock'.* The only option is --demo; .*\n$/);
  });

  test('passes a signal on and waits for the gateway', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ndg-serve-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const child = spawn(process.execPath, ['src/commands/ndg.mjs', 'serve', '--demo'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        ENV_FILE: 'off',
        PORT: '0',
        DATA_DIR: join(folder, 'data'),
        SECRETS_DIR: join(folder, 'secrets'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    let printed = '';
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      printed += chunk.toString();
      if (printed.includes('The gateway is ready')) break;
    }
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
  });
});
