import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listsIn } from '../../src/commands/command-line/csv-rows.ts';
import { UNIT_TABLES_FOLDER } from '../../src/commands/units/build-units.ts';
import { tablesFromReference } from '../../src/commands/units/tables-from-reference.ts';
import { findUnitOn } from '../../src/units/administrative-unit.ts';
import { resolveAddress } from '../../src/units/resolve-address.ts';

const reference = listsIn(join(import.meta.dirname, 'reference'));
const LAST_DAY = '2025-06-30';
const TODAY = '2026-11-30';

/** Read here a second time, without the code that makes the tables. */
function rows(name: string): readonly (readonly string[])[] {
  return reference(name)
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}

test('the tables are what the command makes of the reference', () => {
  const others = [...tablesFromReference(reference)].filter(
    ([name, text]) => readFileSync(join(UNIT_TABLES_FOLDER, name), 'utf8') !== text,
  );
  expect(others.map(([name]) => name)).toEqual([]);
});

test('all 3,321 communes of today stand under their code, with name and province', () => {
  const communes = rows('communes_new.csv');
  expect(communes).toHaveLength(3_321);
  const wrong = communes.filter(([code = '', name, , province]) => {
    const unit = findUnitOn(code, TODAY);
    return unit?.name !== name || unit?.province?.code !== province;
  });
  expect(wrong).toEqual([]);
});

test('each was of its kind of 1 July 2025, ten of them communes that are wards now', () => {
  const then = (code: string) => findUnitOn(code, '2025-07-01')?.name.split(' ')[0];
  const wrong = rows('communes_new.csv').filter(
    ([code = '', , , , , kind = '']) => then(code) !== kind.split(' ')[0],
  );
  expect(wrong).toEqual([]);
  expect(rows('communes_new.csv').filter(([, , kind, , , before]) => kind !== before)).toHaveLength(10);
});

describe('all 10,052 former communes', () => {
  const former = rows('communes_old_20250301.csv');
  const into = Map.groupBy(rows('old_to_new.csv'), ([code]) => code ?? '');

  test('stand under their code of then, with name, district and province', () => {
    expect(former).toHaveLength(10_052);
    const wrong = former.filter(([code = '', name, , district, , province]) => {
      const unit = findUnitOn(code, LAST_DAY);
      const isIsland = code.length === 3;
      return (
        unit?.name !== name ||
        unit?.province?.code !== province ||
        (isIsland ? unit?.district !== null : unit?.district?.code !== district)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('are followed to every commune that they went into, with the clause, and back', () => {
    const wrong = former.filter(([code = '']) => {
      const wanted = (into.get(code) ?? []).map(([, today, , , clause = '']) => [
        today,
        clause.split(':')[1] ?? '',
      ]);
      const found = (findUnitOn(code, LAST_DAY)?.successors ?? []).map(({ code: today, instrument }) => [
        today,
        /khoản (\d+)$/.exec(instrument ?? '')?.[1] ?? '',
      ]);
      const known = (pairs: readonly (readonly (string | undefined)[])[]) =>
        pairs.map(([today, clause]) => `${today} ${clause === 'None' ? '' : clause}`).sort();
      return JSON.stringify(known(wanted)) !== JSON.stringify(known(found));
    });
    expect(wrong).toEqual([]);
    const lost = [...into].filter(([code, successors]) =>
      successors.some(
        ([, today = '']) => !findUnitOn(today, TODAY)?.predecessors.some((one) => one.code === code),
      ),
    );
    expect(lost).toEqual([]);
  });

  test.each([
    ['residence', 381],
    ['land', 441],
  ] as const)('as a %s each has its one commune, or all its candidates (%i)', (use, ambiguous) => {
    const wrong: string[] = [];
    let several = 0;
    for (const [code = ''] of former) {
      const wanted = (into.get(code) ?? [])
        .filter(([, , portion]) => use === 'land' || portion !== 'LAND_ONLY')
        .map(([, today]) => today);
      const { status, commune, candidates } = resolveAddress({ communeCode: code, on: LAST_DAY, use });
      const found = candidates.map((one) => one.commune.code);
      if (JSON.stringify(found.toSorted()) !== JSON.stringify(wanted.toSorted())) wrong.push(code);
      if (status !== (wanted.length === 1 ? 'resolved' : 'ambiguous')) wrong.push(code);
      if (commune?.code !== (wanted.length === 1 ? wanted[0] : undefined)) wrong.push(code);
      if (wanted.length > 1) several += 1;
    }
    expect(wrong).toEqual([]);
    expect(several).toBe(ambiguous);
  });

  test('are found again as they are written, with district and province', () => {
    const districts = new Map(rows('provinces_old.csv').map(([code, name]) => [code, name]));
    const wrong = former.filter(([code = '', name, , , district, province]) => {
      if (code.length === 3) return false;
      const text = `Số 5, ${name}, ${district}, ${districts.get(province)}`;
      const { candidates } = resolveAddress({ text, use: 'land' });
      const wanted = (into.get(code) ?? []).map(([, today]) => today);
      return wanted.some((today) => !candidates.some((one) => one.commune.code === today));
    });
    expect(wrong).toEqual([]);
  });
});
