import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sixPorts } from './mocks/six-ports.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((page) => page.endsWith('.md'))
    .map((page) => `docs/${page}`),
];

/** Commands that this test, the tests' own command or the benchmark is; each must be a script of the package. */
const NOT_RUN_HERE =
  /^(?:npm ci|npm start|npm test|npm run (?:test:\w+|bench|format|check)|npx vitest|RANDOM_)/;

/** The shell blocks of a page as one script: later blocks use what earlier ones set. */
function scriptOf(page: string): { readonly run: string; readonly left: readonly string[] } {
  const blocks = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^\s*```sh\n([\s\S]*?)^\s*```/gm)];
  const lines = blocks.flatMap(([, text = '']) => text.split('\n'));
  const isLeft = (line: string): boolean => NOT_RUN_HERE.test(line.trim());
  return { run: lines.filter((line) => !isLeft(line)).join('\n'), left: lines.filter(isLeft) };
}

let folder: string;
let demo: ChildProcess;
let environment: NodeJS.ProcessEnv;
let ports: { readonly gateway: number; readonly mocks: number };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-docs-'));
  for (const name of readdirSync(ROOT)) {
    if (/^(?:node_modules|\.git|\.data.*|\.secrets.*|coverage)$/.test(name)) continue;
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  ports = { mocks: await sixPorts(), gateway: await sixPorts() };
  environment = {
    ...process.env,
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    PORT: String(ports.gateway),
    MOCKS_PORT: String(ports.mocks),
    ADMIN_PORT: String(ports.gateway + 1),
    LOG_LEVEL: 'info',
  };
  demo = spawn(process.execPath, ['src/main.ts', '--demo'], { cwd: folder, env: environment });
  await new Promise<void>((ready, failed) => {
    let printed = '';
    const listen = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (printed.includes('gateway.ready')) ready();
    };
    demo.stdout?.on('data', listen);
    demo.stderr?.on('data', listen);
    demo.once('exit', () => failed(new Error(`the demo ended: ${printed}`)));
  });
});

afterAll(async () => {
  const ended = new Promise((done) => demo.once('exit', done));
  demo.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

describe.each(PAGES)('%s', (page) => {
  const { run, left } = scriptOf(page);

  // CONTRIBUTING.md shows none but those that are left out here.
  const runs = run.trim() === '' ? [] : [run];
  it.each(runs)(
    'shows only commands that work',
    () => {
      const script = run
        .replaceAll('127.0.0.1:4000', `127.0.0.1:${ports.gateway}`)
        .replaceAll('127.0.0.1:4100', `127.0.0.1:${ports.mocks}`);
      // Not the environment that the demo was started with: a reader's shell has none of it, but for the ports.
      const shown = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
        cwd: folder,
        env: environment,
        encoding: 'utf8',
        timeout: 300_000,
      });
      expect({ status: shown.status, stderr: shown.stderr }).toMatchObject({ status: 0 });
      // A refused request ends curl well.
      expect(shown.stdout).not.toMatch(/"code":"(?!FIELD_NOT_GRANTED)[A-Z_]+"/);
    },
    300_000,
  );

  it('names no script that does not exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...`${run}\n${left.join('\n')}`.matchAll(/npm run (?:--silent )?([\w:-]+)/g)];
    expect(named.map(([, name = '']) => name).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('leads to files that exist', () => {
    const base = join(ROOT, page, '..');
    const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
    const broken = links.map(([, link = '']) => link).filter((link) => !existsAt(join(base, link)));
    expect(broken).toEqual([]);
  });
});

function existsAt(path: string): boolean {
  return spawnSync('test', ['-e', path]).status === 0;
}
