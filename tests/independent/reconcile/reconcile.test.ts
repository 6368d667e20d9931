import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reconcile, type ReconcileResult } from '../../../src/independent/reconcile/reconcile.ts';
import { reconcileReportText } from '../../../src/independent/reconcile/reconcile-report.ts';
import type { Window } from '../../../src/independent/reconcile/window.ts';
import {
  LogForge,
  person,
  remove,
  START,
  writeExport,
  type Forged,
} from '../verify/vectors/forged-export.ts';
import { DEEP } from '../verify/vectors/hostile-vectors.ts';

const DOSSIER = 'H26-261121-0001';
const EVER: Window = { from: -Infinity, to: Infinity, tolerance: 300_000 };
const MINUTE = 60_000;

interface Line {
  readonly requestId: string;
  readonly officer?: string;
  readonly dossier?: string;
  readonly time?: number;
  readonly key?: string;
}

const lineText = ({
  requestId,
  officer = 'an.nguyen',
  dossier = DOSSIER,
  time = START,
  key = '',
}: Line): string =>
  JSON.stringify({
    time: new Date(time).toISOString(),
    requestId,
    client: 'portal-hn',
    purpose: 'inspection',
    operation: 'TraCuuTheoLo',
    kind: 'CONG_DAN',
    key,
    officer,
    dossier,
  });

const folders: string[] = [];
beforeEach(() => folders.splice(0));
afterEach(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function compared(exports: readonly Forged[], lines: readonly Line[], window = EVER): ReconcileResult {
  const written = exports.map((forged) => writeExport(forged));
  folders.push(...written);
  const file = join(written[0] ?? '', 'population.log');
  writeFileSync(file, lines.map((line) => `${lineText(line)}\n`).join(''));
  return reconcile({ exports: written, registers: [{ register: 'population', file }], window });
}

/** Answers by their upstream ids; one a minute. */
function logOf(
  answers: readonly { readonly upstream: string; readonly officer?: string; readonly found?: boolean }[],
  name?: string,
): Forged {
  const forge = new LogForge(name);
  answers.forEach(({ upstream, officer = 'an.nguyen', found = true }, at) => {
    const caller = { agency: 'Sở', client: 'portal-hn', key: 'kid-1', kind: 'agency' as const, officer };
    const subject = found ? person(at) : { key: '', kind: 'none' as const };
    forge.answer([subject], START + at * MINUTE, { caller }, upstream);
  });
  forge.checkpoint();
  return forge.export();
}

/** One call, and an entry of a later time without any. */
function logUpTo(last: number, call = START): Forged {
  const forge = new LogForge();
  forge.answer([person(1)], call, {}, 'a');
  forge.act('agreements', {}, START + last);
  forge.checkpoint();
  return forge.export();
}

describe('logs that agree', () => {
  test('one call each', () => {
    const result = compared(
      [logOf([{ upstream: 'a' }, { upstream: 'b' }])],
      [{ requestId: 'a' }, { requestId: 'b' }],
    );
    expect(result).toMatchObject({ verdict: 'agree', calls: 2, entries: 2, lines: 2, findings: [] });
  });

  test('a register’s log behind a byte order mark', () => {
    const written = writeExport(logOf([{ upstream: 'a' }]));
    folders.push(written);
    const file = join(written, 'population.log');
    writeFileSync(file, `\ufeff${lineText({ requestId: 'a' })}\n`);
    const result = reconcile({
      exports: [written],
      registers: [{ register: 'population', file }],
      window: EVER,
    });
    expect(result).toMatchObject({ verdict: 'agree', lines: 1 });
  });

  test('a batch shared between requests, of several items', () => {
    const log = logOf([{ upstream: 'a' }, { upstream: 'a', officer: 'binh.tran' }]);
    const lines = [
      { requestId: 'a' },
      { requestId: 'a', key: '2' },
      { requestId: 'a', officer: 'binh.tran' },
    ];
    expect(compared([log], lines)).toMatchObject({ verdict: 'agree', calls: 1 });
  });

  test('a batch shared between instances, in two exports', () => {
    const other = logOf([{ upstream: 'a', officer: 'binh.tran' }], 'national-data-gateway/gw-2');
    const lines = [{ requestId: 'a' }, { requestId: 'a', officer: 'binh.tran' }];
    expect(compared([logOf([{ upstream: 'a' }]), other], lines)).toMatchObject({ verdict: 'agree' });
  });

  test('a dossier of the answer’s second subject', () => {
    const forge = new LogForge();
    forge.answer([person(1), person(2)], START, {}, 'a');
    forge.checkpoint();
    const lines = [{ requestId: 'a' }, { requestId: 'a', dossier: 'H26-261121-0002' }];
    expect(compared([forge.export()], lines)).toMatchObject({ verdict: 'agree' });
  });

  test('a call that gave nothing and has no line may have failed', () => {
    expect(compared([logOf([{ upstream: 'a', found: false }])], [])).toMatchObject({
      verdict: 'agree',
      unanswered: 1,
    });
  });
});

describe('logs that differ', () => {
  test('an entry was never written', () => {
    const result = compared(
      [logOf([{ upstream: 'a' }])],
      [{ requestId: 'a' }, { requestId: 'b' }, { requestId: 'b', key: '2' }],
    );
    expect(result).toMatchObject({
      verdict: 'differ',
      counts: { 'entry-never-written': 1, 'call-not-logged': 0, 'other-requester': 0 },
      findings: [
        {
          kind: 'entry-never-written',
          register: 'population',
          requestId: 'b',
          officer: 'an.nguyen',
          answer: null,
        },
      ],
    });
  });

  test('a disclosure has no line', () => {
    const result = compared([logOf([{ upstream: 'a' }, { upstream: 'b' }])], [{ requestId: 'a' }]);
    expect(result).toMatchObject({
      findings: [{ kind: 'call-not-logged', requestId: 'b', dossier: DOSSIER }],
    });
  });

  test.each([
    ['officer', { requestId: 'a', officer: 'mai.le' }],
    ['dossier', { requestId: 'a', dossier: 'H26-261121-0099' }],
    ['missing dossier', { requestId: 'a', dossier: '' }],
  ])('the register knows another %s', (_what, line) => {
    const result = compared([logOf([{ upstream: 'a' }])], [{ requestId: 'a' }, line]);
    expect(result).toMatchObject({ findings: [{ kind: 'other-requester', requestId: 'a' }] });
    expect(result.findings).toHaveLength(1);
  });

  test('one officer’s dossier is not another’s', () => {
    const log = logOf([{ upstream: 'a' }, { upstream: 'a', officer: 'binh.tran' }]);
    const lines = [{ requestId: 'a' }, { requestId: 'a', officer: 'binh.tran', dossier: 'H26-261121-0099' }];
    expect(compared([log], lines)).toMatchObject({ counts: { 'other-requester': 1 } });
  });

  test('ten thousand entries never written are counted, the first listed, and nobody is named', () => {
    const lines = Array.from({ length: 10_000 }, (_one, at) => ({ requestId: `r${at}`, time: START + at }));
    const result = compared([logUpTo(MINUTE)], [{ requestId: 'a' }, ...lines]);
    expect(result.counts['entry-never-written']).toBe(10_000);
    expect(result.findings).toHaveLength(1000);
    expect(reconcileReportText(result) + JSON.stringify(result)).not.toContain('001190000001');
  });
});

test('what comes from a file cannot write on the screen', () => {
  const officer = '\u001b[2J\nAGREE dossier -';
  const result = compared([logOf([{ upstream: 'a' }])], [{ requestId: 'a' }, { requestId: 'b', officer }]);
  const text = reconcileReportText(result);
  expect(text).toContain(String.raw`officer "\u001b[2J\nAGREE dossier -" dossier`);
  expect(text.split('\n').filter((line) => line.startsWith('AGREE'))).toEqual([]);
});

describe('a window', () => {
  const window: Window = { from: START, to: START + 60 * MINUTE, tolerance: 5 * MINUTE };

  test.each([
    [-10, 'agree', 0],
    [-1, 'agree', 1],
    [1, 'agree', 1],
    [10, 'differ', 0],
    [58, 'agree', 1],
    [62, 'agree', 1],
    [70, 'agree', 0],
  ] as const)('a line alone, %i minutes after it begins: %s', (minutes, verdict, atEdge) => {
    const middle = START + 30 * MINUTE;
    const lines = [
      { requestId: 'alone', time: START + minutes * MINUTE },
      { requestId: 'a', time: middle },
    ];
    const log = logUpTo(100 * MINUTE, middle);
    expect(compared([log], lines, window)).toMatchObject({ verdict, atEdge });
  });

  test('an entry alone outside of it is not missed', () => {
    expect(
      compared([logOf([{ upstream: 'a' }])], [], { ...window, from: START + 30 * MINUTE }),
    ).toMatchObject({ verdict: 'not-compared', calls: 0, outside: 1, findings: [] });
  });
});

test('calls of other registers are counted, removed entries too', () => {
  const forged = logOf([{ upstream: 'a' }, { upstream: 'b' }]);
  remove(forged, 0, 1);
  const folder = writeExport(forged);
  folders.push(folder);
  const file = join(folder, 'land.log');
  writeFileSync(file, '');
  const result = reconcile({ exports: [folder], registers: [{ register: 'land', file }], window: EVER });
  expect(result).toMatchObject({ verdict: 'not-compared', notCompared: 1, removed: 1, entries: 2 });
});

test('an entry nested 5,000 deep is none', () => {
  const forged = logOf([{ upstream: 'a' }]);
  forged.lines[0] = (forged.lines[0] ?? '').replace('"detail":null', `"detail":${DEEP}`);
  expect(() => compared([forged], [])).toThrow('Line 1 of the entries is none');
});

test.each(['no JSON\n', '{"time":"x"}\n', 'without an end'])('%j is no register’s log', (content) => {
  const folder = writeExport(logOf([{ upstream: 'a' }]));
  folders.push(folder);
  const file = join(folder, 'population.log');
  writeFileSync(file, content);
  const input = { exports: [folder], registers: [{ register: 'population', file }], window: EVER };
  vi.stubEnv('TMPDIR', folder);
  expect(() => reconcile(input)).toThrow(/line/i);
  vi.unstubAllEnvs();
  expect(readdirSync(folder).filter((name) => name.startsWith('reconcile-'))).toEqual([]);
});
