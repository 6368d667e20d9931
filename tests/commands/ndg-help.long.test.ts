import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

function ndg(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/commands/ndg.mjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ENV_FILE: 'off' },
  });
  return { status, stdout, stderr };
}

/** Names below `Commands:` of a help text. */
function namesIn(help: string): readonly string[] {
  const [, list = ''] = help.split('Commands:\n');
  return [...list.matchAll(/^ {2}(\S+)/gm)].flatMap(([, name]) => name ?? []);
}

test('every command and group answers --help and --version and does nothing else', () => {
  const asked: string[] = [];
  const visit = (words: readonly string[]): void => {
    const help = ndg([...words, '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^Usage: ${['ndg', ...words].join(' ')} `));
    expect(ndg([...words, '--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    asked.push(words.join(' '));
    for (const name of namesIn(help.stdout)) visit([...words, name]);
  };
  visit([]);
  expect(asked).toEqual(
    expect.arrayContaining(['serve', 'limits', 'token', 'log verify', 'agreements sign', 'orders approve']),
  );
  expect(asked).toHaveLength(40);
}, 120_000);
