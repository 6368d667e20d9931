import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatVerifierKey } from '../../src/log-format/notes/note-key.ts';
import { signNote } from '../../src/log-format/notes/signed-note.ts';
import {
  cosigned,
  honestLog,
  LOG,
  signerOf,
  witness,
  writeExport,
} from '../independent/verify/vectors/forged-export.ts';
import { accessOf, bundleOf, bundleText } from '../independent/verify/vectors/forged-proofs.ts';

const KEY = formatVerifierKey(signerOf(LOG).key);
const WITNESS = formatVerifierKey(witness.key);
const forge = honestLog();
const held = forge.receiptOf([...forge.bodies.keys()][7] ?? '');
const last = forge.checkpoints.at(-1);
if (last) last.note = cosigned(last.note, 1_790_000_000);
const honest = writeExport(forge.export());
const cut = writeExport(forge.export(0, 27));
const files = mkdtempSync(join(tmpdir(), 'verify-log-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(files, name), content);
  return join(files, name);
};
const keyFile = file('log.vkey', `${KEY}\n`);
const receipt = file('receipt.json', JSON.stringify(held.receipt));
const request = file('request.json', held.request);
const answer = file('answer.json', held.answer);
const bundle = file('bundle.ndjson', bundleText(bundleOf(forge, [3, 7])));
const access = file('access.json', JSON.stringify(accessOf(forge, 7)));
const checkpoint = file('checkpoint.txt', last?.note ?? '');

afterAll(() => [honest, cut, files].forEach((folder) => rmSync(folder, { recursive: true })));

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['src/commands/ndg.ts', 'log', 'verify', ...args], { encoding: 'utf8' });
}

test('an honest export: 0, a report on standard output, speed and memory beside it', () => {
  const { status, stdout, stderr } = run(
    honest,
    '--key',
    KEY,
    '--witness-key',
    WITNESS,
    '--checkpoint',
    checkpoint,
  );
  expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 0, first: 'VERIFIED' });
  expect(stdout).toContain('Cosigned by witness.example/w1 up to entry 30 at 2026-09-21');
  expect(stderr).toMatch(/^30 entries .* MiB of memory at most\n$/);
});

test('a cut export: 1, and says so, for machines too', () => {
  const { status, stdout } = run(cut, '--key', keyFile, '--checkpoint', checkpoint, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'tampered',
    faults: [{ attack: 'cut-tail', index: 27 }],
  });
});

test('an earlier export’s checkpoints, all at once', () => {
  const { status, stdout } = run(honest, '--key', KEY, '--checkpoint', join(cut, 'checkpoints.ndjson'));
  expect({ status, known: stdout.includes('9 known checkpoint(s) agree') }).toEqual({
    status: 0,
    known: true,
  });
});

test('a receipt with its bodies, without any export', () => {
  const { status, stdout } = run(
    '--key',
    KEY,
    '--receipt',
    receipt,
    '--request',
    request,
    '--answer',
    answer,
  );
  expect(status).toBe(0);
  expect(stdout).toContain('request and answer shown to be its own');
});

test('a receipt with another request: 1', () => {
  const { status, stdout } = run(honest, '--key', KEY, '--receipt', receipt, '--request', keyFile);
  expect({ status, named: stdout.includes('swapped-receipt') }).toEqual({ status: 1, named: true });
});

test('a bundle and an access, with nothing but keys', () => {
  const other = formatVerifierKey(signerOf('national-data-gateway/gw-2').key);
  const { status, stdout } = run('--key', KEY, '--key', other, '--bundle', bundle, '--access', access);
  expect({ status, lines: stdout.split('\n').slice(0, 3) }).toEqual({
    status: 0,
    lines: [
      'VERIFIED',
      `Bundle ${bundle}: proven, 2 entries as the log signed them`,
      `Access ${access}: proven`,
    ],
  });
});

test('a breach report: 0, and 1 where it was altered', () => {
  const statement = (answers: number): string =>
    `{"answers":${answers},"categories":[],"client":null,"covered":{"clients":null,"from":null,"to":null},"entries":1,"firstAccess":null,"from":"2026-01-01T00:00:00.000Z","key":null,"kind":"breach-report","lastAccess":null,"logs":[],"madeAt":"2026-11-22T08:00:00.000Z","notify":null,"officer":"a","order":"KT-261121-0001","subjects":{},"to":"2026-02-01T00:00:00.000Z","unreadable":[],"v":1}`;
  const note = `${LOG} breach-report v1\n${hash('sha256', statement(1), 'base64')}\n`;
  const signature = signNote(note, signerOf(LOG));
  for (const [answers, status, said] of [
    [1, 0, `signed by ${LOG}, made 2026-11-22T08:00:00.000Z under KT-261121-0001: 1 answers`],
    [2, 1, 'swapped-report'],
  ] as const) {
    const given = file('report.json', JSON.stringify({ statement: statement(answers), signature }));
    const result = run('--key', KEY, '--breach-report', given);
    expect(result).toMatchObject({ status, stdout: expect.stringContaining(said) as string });
  }
});

test('a bundle against an export that was cut: 1', () => {
  const { status, stdout } = run(cut, '--key', KEY, '--bundle', bundle);
  expect({ status, named: stdout.includes('cut-tail at entry 27') }).toEqual({ status: 1, named: true });
});

test.each([
  [[]],
  [[honest]],
  [[honest, '--key', WITNESS]],
  [[honest, '--key', KEY, '--witness-key', KEY]],
  [['/nowhere', '--key', KEY]],
  [[honest, honest, '--key', KEY]],
  [['--key', KEY]],
  [[honest, '--key', KEY, '--request', request]],
  [[honest, '--key', KEY, '--receipt', '/nowhere']],
  [['--key', KEY, '--bundle', '/nowhere']],
  [['--bundle', bundle]],
  [[honest, '--key', KEY, '--checkpoints', 'x']],
])('%j ends with 2, an empty stdout and the usage', (args: readonly string[]) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: ndg log verify');
  expect(stderr).not.toContain('    at ');
});

test('a device without an end, a pipe that nobody writes to: 2, and soon', () => {
  const pipe = join(files, 'pipe');
  spawnSync('mkfifo', [pipe]);
  for (const hostile of ['/dev/zero', pipe, files]) {
    for (const option of ['--checkpoint', '--receipt', '--access', '--bundle', '--key']) {
      const { status, stderr } = run(honest, '--key', KEY, option, hostile);
      expect({ option, hostile, status }).toEqual({ option, hostile, status: 2 });
      expect(stderr).not.toContain('    at ');
    }
  }
});

test('what the shell hands over is read', () => {
  const script = `"$0" src/commands/ndg.ts log verify "$1" --key <(echo "$2") --checkpoint <(cat "$3")`;
  const { status, stdout } = spawnSync('bash', ['-c', script, process.execPath, honest, KEY, checkpoint], {
    encoding: 'utf8',
  });
  expect({ status, known: stdout.includes('1 known checkpoint(s) agree') }).toEqual({
    status: 0,
    known: true,
  });
});
