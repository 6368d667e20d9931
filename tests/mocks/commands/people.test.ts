import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';

// Every case starts a process of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

function people(...args: string[]): { status: number | null; stdout: string; stderr: string; rows: Row[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/commands/ndg.ts', 'people', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  const rows = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
  return { status, stdout, stderr, rows };
}

interface Row {
  readonly [field: string]: unknown;
  readonly personalId: string;
}

describe('people', () => {
  it('prints clean persons with the fields that are always there', () => {
    const { status, stderr, rows } = people('--count', '7');
    expect([status, stderr, rows.length]).toEqual([0, '', 7]);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['personalId', 'name', 'birthDate', 'sex', 'permanentResidence']);
      expect(row).toMatchObject({
        personalId: expect.stringMatching(/^\d{6}9\d{5}$/),
        name: { full: expect.stringMatching(/\S \S/) },
        birthDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        sex: expect.stringMatching(/^(FE)?MALE$/),
        permanentResidence: {
          provinceCode: expect.stringMatching(/^\d{2}$/),
          communeCode: expect.stringMatching(/^\d{5}$/),
        },
      });
    }
  });

  it('prints what was asked for, 2,000 times', () => {
    const { status, rows } = people('--count', '2000', '--with', 'land,business,marriage');
    expect([status, rows.length]).toEqual([0, 2000]);
    expect(new Set(rows.map(({ personalId }) => personalId)).size).toBe(2000);
    for (const row of rows) {
      expect(row).toMatchObject({
        landParcels: expect.arrayContaining([{ id: expect.stringMatching(/^w[0-9a-z]{11}$/) }]),
        businesses: expect.arrayContaining([{ code: expect.stringMatching(/^(\d{10}|\d{12})$/) }]),
        marriages: [{ spouse: { personalId: expect.stringMatching(/^\d{12}$/) } }],
      });
    }
  });

  it('prints a trait with its truth, in one commune', () => {
    const { status, rows } = people('--count', '3', '--trait', 'contradiction:birth-date', '--in', '00070');
    expect([status, rows.length]).toEqual([0, 3]);
    for (const row of rows) {
      expect(row).toMatchObject({
        permanentResidence: { communeCode: '00070' },
        traits: ['contradiction:birth-date'],
        truth: { birthDate: row['birthDate'] },
        civilStatus: { birthDate: row['birthDate'] },
      });
      expect(row['population']).not.toEqual(row['truth']);
    }
  });

  it('prints the same everywhere', () => {
    const args = ['--count', '20', '--trait', 'deceased'];
    expect(people(...args).stdout).toBe(people(...args).stdout);
  });

  it('prints what there is and fails where that is too little', () => {
    const { status, stderr, rows } = people('--count', '5', '--trait', 'deceased,minor', '--in', '00070');
    expect([status, rows.length]).toEqual([1, 0]);
    expect(stderr).toMatch(/^people: only 0 of 5 found\n$/);
  });

  it.each([
    ['no count', []],
    ['count zero', ['--count', '0']],
    ['count in words', ['--count', 'ten']],
    ['an unknown option', ['--count', '1', '--seed', '5']],
    ['an unknown possession', ['--count', '1', '--with', 'yacht']],
    ['an unknown trait', ['--count', '1', '--trait', 'contradiction:nothing']],
    ['an unknown commune', ['--count', '1', '--in', '99999']],
    ['a loose word', ['--count', '1', 'more']],
  ])('refuses %s with status 2, on standard error only', (_, args) => {
    const { status, stdout, stderr } = people(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: ndg people');
  });
});
