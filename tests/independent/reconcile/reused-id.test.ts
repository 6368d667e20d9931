import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { reconcile, type ReconcileResult } from '../../../src/independent/reconcile/reconcile.ts';
import { reconcileReportText } from '../../../src/independent/reconcile/reconcile-report.ts';
import type { Window } from '../../../src/independent/reconcile/window.ts';
import { LogForge, person, START, writeExport, type Forged } from '../verify/vectors/forged-export.ts';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;
const DOSSIER = 'H26-261121-0001';
const EVER: Window = { from: -Infinity, to: Infinity, tolerance: 5 * MINUTE };

interface Line {
  readonly requestId?: string;
  readonly person?: number;
  readonly time?: number;
  readonly officer?: string;
}

const lineText = ({
  requestId = 'a',
  person: number = 0,
  time = START,
  officer = 'an.nguyen',
}: Line): string =>
  `${JSON.stringify({ time: new Date(time).toISOString(), requestId, key: person(number).key, officer, dossier: DOSSIER })}\n`;

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function compared(forged: Forged, lines: readonly Line[], window = EVER): ReconcileResult {
  const folder = writeExport(forged);
  folders.push(folder);
  mkdirSync(join(folder, 'registers'));
  const file = join(folder, 'registers', 'population.log');
  writeFileSync(file, lines.map(lineText).join(''));
  return reconcile({ exports: [folder], registers: [{ register: 'population', file }], window });
}

/** Twenty answers, a minute apart, each of its own call and about one person. */
function honest(options: { readonly withOpenings?: boolean } = {}): {
  readonly forged: Forged;
  readonly lines: Line[];
} {
  const forge = new LogForge();
  const lines = Array.from({ length: 20 }, (_one, at): Line => {
    forge.answer([person(at)], START + at * MINUTE, {}, `call-${at}`);
    return { requestId: `call-${at}`, person: at, time: START + at * MINUTE + 40 };
  });
  forge.checkpoint();
  const forged = forge.export();
  if (options.withOpenings === false) forged.openings = [];
  return { forged, lines };
}

const others = (count: number, line: Line): Line[] =>
  Array.from({ length: count }, (_one, at) => ({ ...line, person: 1000 + at }));

describe('look-ups under an id that is on record already', () => {
  test('500 of other people, a year later, by the same officer for the same dossier', () => {
    const { forged, lines } = honest();
    expect(compared(forged, lines)).toMatchObject({ verdict: 'agree', unnamed: 0 });
    const result = compared(forged, [...lines, ...others(500, { requestId: 'call-7', time: START + YEAR })]);
    expect(result).toMatchObject({
      verdict: 'differ',
      counts: { 'id-reused': 1, 'entry-never-written': 0, 'other-requester': 0 },
      findings: [{ kind: 'id-reused', requestId: 'call-7', officer: 'an.nguyen', dossier: DOSSIER }],
    });
    expect(reconcileReportText(result) + JSON.stringify(result)).not.toMatch(/\d{12}/);
  });

  test('one person, half an hour later', () => {
    const { forged, lines } = honest();
    const late = { requestId: 'call-3', person: 99, time: START + 33 * MINUTE };
    expect(compared(forged, [...lines, late])).toMatchObject({ counts: { 'id-reused': 1 } });
  });

  test('one person, half an hour before', () => {
    const { forged, lines } = honest();
    const early = { requestId: 'call-3', person: 99, time: START - 30 * MINUTE };
    expect(compared(forged, [early, ...lines])).toMatchObject({ counts: { 'id-reused': 1 } });
  });

  test('with an entry of its own, a year later', () => {
    const forge = new LogForge();
    forge.answer([person(1)], START, {}, 'a');
    forge.answer([person(2)], START + YEAR, {}, 'a');
    forge.checkpoint();
    const lines = [{ person: 1 }, { person: 2, time: START + YEAR }];
    expect(compared(forge.export(), lines)).toMatchObject({ counts: { 'id-reused': 2 } });
  });

  test('at once, of more people than a call can carry', () => {
    const { forged, lines } = honest();
    const more = others(100, { requestId: 'call-0', time: START + 40 });
    expect(compared(forged, [...lines, ...more])).toMatchObject({ counts: { 'id-reused': 1 } });
  });

  test('in the time compared, the first of them outside of it', () => {
    const { forged } = honest();
    const window = { from: START, to: START + 60 * MINUTE, tolerance: 5 * MINUTE };
    const lines = [
      { requestId: 'unknown', time: START - YEAR },
      ...others(50, { requestId: 'unknown', time: START + 15 * MINUTE }),
    ];
    const result = compared({ ...forged, openings: [] }, lines, window);
    expect(result.counts).toMatchObject({ 'entry-never-written': 1 });
  });
});

describe('people whom no entry of the call is about', () => {
  test('are counted exactly with openings, and at least so many without', () => {
    for (const [withOpenings, unnamed] of [
      [true, 30],
      [false, 30],
    ] as const) {
      const { forged, lines } = honest({ withOpenings });
      const more = others(30, { requestId: 'call-0', time: START + 40 });
      expect(compared(forged, [...lines, ...more])).toMatchObject({ verdict: 'agree', unnamed });
      const instead = lines.map((line, at) => (at === 5 ? { ...line, person: 77 } : line));
      expect(compared(forged, instead)).toMatchObject({ unnamed: withOpenings ? 1 : 0 });
    }
  });

  test('an officer’s are not another’s who shared the call', () => {
    const forge = new LogForge();
    const caller = { agency: null, client: 'c', key: null, kind: 'agency' as const };
    forge.answer([person(1)], START, { caller: { ...caller, officer: 'an.nguyen' } }, 'a');
    forge.answer([person(2)], START, { caller: { ...caller, officer: 'binh.tran' } }, 'a');
    forge.checkpoint();
    const shared = [{ person: 1 }, { person: 2, officer: 'binh.tran' }];
    expect(compared(forge.export(), shared)).toMatchObject({ verdict: 'agree', unnamed: 0 });
    const crossed = [...shared, { person: 2 }];
    expect(compared(forge.export(), crossed)).toMatchObject({ verdict: 'agree', unnamed: 1 });
  });
});

test.each([
  ['slow', 11_000],
  ['ahead', 4 * MINUTE],
  ['behind', -4 * MINUTE],
])('a register that is %s agrees', (_how, offset) => {
  const { forged, lines } = honest();
  const moved = lines.map((line) => ({ ...line, time: (line.time ?? 0) + offset }));
  expect(compared(forged, moved)).toMatchObject({ verdict: 'agree', unnamed: 0 });
});
