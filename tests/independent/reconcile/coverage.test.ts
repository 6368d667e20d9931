import { describe, expect, test } from 'vitest';
import { reconcileReportText } from '../../../src/independent/reconcile/reconcile-report.ts';
import { LogForge, person, START, type Forged } from '../verify/vectors/forged-export.ts';
import { compareLines, MINUTE } from './compare-lines.ts';

const HOUR = 60 * MINUTE;

/** A call at the start, and another ten hours later; `acts` between them. */
function logWith(act: (forge: LogForge) => void = () => undefined): Forged {
  const forge = new LogForge();
  forge.answer([person(0)], START, {}, 'a');
  act(forge);
  forge.answer([person(0)], START + 10 * HOUR, {}, 'z');
  forge.checkpoint();
  return forge.export();
}

const HONEST = [{}, { requestId: 'z', time: START + 10 * HOUR }];
const outage = (from: number, to: number) => (forge: LogForge) =>
  forge.act('log-outage', { from: START + from, to: START + to }, START + to);

describe('an outage that the log states', () => {
  const stated = logWith(outage(2 * HOUR, 3 * HOUR));

  test('has calls without entries, which are no accusation and no proof', () => {
    const lines = [-10_000, 30 * MINUTE, 30 * MINUTE, HOUR].map((after, at) => ({
      requestId: `during-${at}`,
      time: START + 2 * HOUR + after,
    }));
    const result = compareLines([stated], [...HONEST, ...lines]);
    expect(result).toMatchObject({ verdict: 'agree', calls: 2, duringOutage: 4, findings: [] });
    const report = reconcileReportText(result).split('\n');
    expect(report[1]).toContain('not proven: that nothing left the gateway during 1 outage(s)');
    expect(report[1]).toContain('3600 s together; during an outage that the log states: 4 calls');
    expect(report[2]).toContain('2026-01-15T04:00:00.000Z to 2026-01-15T05:00:00.000Z (3600 s): 4 calls');
  });

  test.each([-HOUR, 2 * HOUR])('excuses nothing at another time', (after) => {
    const lines = [...HONEST, { requestId: 'b', time: START + 2 * HOUR + after }];
    expect(compareLines([stated], lines)).toMatchObject({ counts: { 'entry-never-written': 1 } });
  });

  test('in which its log was written all the same says so', () => {
    const written = logWith((forge) => {
      for (const [minutes, upstream] of [
        [121, 'b'],
        [150, 'c'],
        [180, 'waited'],
      ] as const)
        forge.answer([person(1)], START + minutes * MINUTE, {}, upstream);
      outage(2 * HOUR, 3 * HOUR)(forge);
    });
    const result = compareLines(
      [written],
      [
        ...HONEST,
        { requestId: 'b', time: START + 121 * MINUTE, key: person(1).key },
        { requestId: 'c', time: START + 150 * MINUTE, key: person(1).key },
        { requestId: 'waited', time: START + 180 * MINUTE, key: person(1).key },
      ],
    );
    expect(result).toMatchObject({ verdict: 'agree', outages: [{ calls: 0, written: 2 }] });
    expect(reconcileReportText(result)).toContain('but 2 that have one, in a log that could not be written');
  });

  test('ends no later than it was stated', () => {
    const ahead = logWith((forge) => {
      forge.act('log-outage', { from: START + HOUR, to: START + 9 * HOUR }, START + 2 * HOUR);
    });
    const lines = [...HONEST, { requestId: 'b', time: START + 5 * HOUR }];
    expect(compareLines([ahead], lines)).toMatchObject({ verdict: 'differ', duringOutage: 0 });
  });

  test('is said where nothing was asked in it', () => {
    expect(reconcileReportText(compareLines([stated], HONEST))).toContain(
      'not proven: that nothing left the gateway',
    );
  });

  test('excuses the part of a shared call whose entry could not be written', () => {
    const shared = logWith((forge) => {
      forge.answer([person(1)], START + 2 * HOUR - 1000, {}, 'b');
      outage(2 * HOUR, 3 * HOUR)(forge);
    });
    const line = { requestId: 'b', time: START + 2 * HOUR };
    const lines = [...HONEST, line, { ...line, officer: 'mai.le' }];
    expect(compareLines([shared], lines)).toMatchObject({ verdict: 'agree', duringOutage: 1 });
  });

  test('a thousand of them take ten lines', () => {
    const many = logWith((forge) => {
      for (let at = 0; at < 100; at++) outage(HOUR + at * 1000, HOUR + at * 1000 + 500)(forge);
    });
    const report = reconcileReportText(compareLines([many], HONEST));
    expect(report).toContain('100 outage(s) that the log states, 50 s together');
    expect(report).toContain('and 90 more');
    expect(report.split('\n').length).toBeLessThan(20);
  });

  test.each([[{ from: START + 3 * HOUR, to: START + 2 * HOUR }], [{ from: START }], [{}]])(
    'none is stated by %j',
    (detail) => {
      const forged = logWith((forge) => forge.act('log-outage', detail, START + 3 * HOUR));
      const lines = [...HONEST, { requestId: 'b', time: START + 2.5 * HOUR }];
      expect(compareLines([forged], lines)).toMatchObject({ duringOutage: 0, verdict: 'differ' });
    },
  );

  test('nor by a client of that name', () => {
    const forged = logWith((forge) => {
      forge.answer([], START, { purpose: 'log-outage' });
      forge.answer([{ key: '', kind: 'none' }], START + 3 * HOUR, { purpose: 'log-outage' });
    });
    expect(compareLines([forged], HONEST)).toMatchObject({ outages: [] });
  });
});

describe('the end of the export', () => {
  test('a register’s later lines are behind it, and no accusation', () => {
    const lines = [1, 4, 6, 600].map((minutes) => ({
      requestId: `later-${minutes}`,
      time: START + 10 * HOUR + minutes * MINUTE,
    }));
    const result = compareLines([logWith()], [...HONEST, ...lines]);
    expect(result).toMatchObject({ verdict: 'agree', calls: 2, atEdge: 2, afterEnd: 2 });
    expect(reconcileReportText(result)).toContain(
      '2 calls without an entry after the end of the export (its last entry is of 2026-01-15T12:00:00.000Z)',
    );
  });

  test('is that of the last of several', () => {
    const other = new LogForge('national-data-gateway/gw-2');
    other.answer([person(0)], START + 20 * HOUR, {}, 'y');
    other.checkpoint();
    const lines = [...HONEST, { requestId: 'y', time: START + 20 * HOUR }];
    const missed = { requestId: 'b', time: START + 15 * HOUR };
    expect(compareLines([logWith(), other.export()], [...lines, missed])).toMatchObject({
      counts: { 'entry-never-written': 1 },
    });
  });
});

describe('nothing compared', () => {
  test.each([
    ['after', { from: START + 1000 * HOUR, to: Infinity }],
    ['before', { from: -Infinity, to: START - 1000 * HOUR }],
    ['between', { from: START + 4 * HOUR, to: START + 5 * HOUR }],
  ])('a time %s all calls is no agreement', (_where, { from, to }) => {
    const result = compareLines([logWith()], HONEST, { window: { from, to, tolerance: 0 } });
    expect(result).toMatchObject({ verdict: 'not-compared', calls: 0, outside: 2 });
    expect(reconcileReportText(result)).toMatch(/^NOT COMPARED\nNothing was compared/);
  });

  test('calls outside of the time compared are not counted as compared', () => {
    const window = { from: START + HOUR, to: Infinity, tolerance: 0 };
    expect(compareLines([logWith()], HONEST, { window })).toMatchObject({
      verdict: 'agree',
      calls: 1,
      outside: 1,
    });
  });

  test('a register’s name that no entry has is said, and accuses nobody', () => {
    const result = compareLines([logWith()], HONEST, { register: 'popluation' });
    expect(result).toMatchObject({
      verdict: 'not-compared',
      findings: [],
      unknownRegisters: [{ register: 'popluation', lines: 2 }],
    });
    expect(reconcileReportText(result)).toContain(
      'popluation: no call of the export is of a register of that name',
    );
    expect(reconcileReportText(result)).toContain('The export has calls of population');
  });

  test('a log that could not be written from its begin on states its outage', () => {
    const forge = new LogForge();
    outage(0, HOUR)(forge);
    forge.checkpoint();
    expect(compareLines([forge.export()], [{ time: START + 30 * MINUTE }])).toMatchObject({
      verdict: 'not-compared',
      duringOutage: 1,
      unknownRegisters: [{ lines: 0 }],
    });
  });
});
