import { listsIn } from '../../../src/commands/command-line/csv-rows.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printProcedure, PROCEDURES_FOLDER } from '../../../src/commands/procedures/build-procedures.ts';
import { proceduresFromLists } from '../../../src/commands/procedures/procedures-from-lists.ts';
import { faultsOf, readProcedures } from '../../../src/prefill/procedures/procedures.ts';

const procedures = readProcedures(() => true);
const all = [...procedures.values()];

test('the files are what the command makes of the lists', () => {
  const others = proceduresFromLists(listsIn(join(import.meta.dirname, 'reference'))).filter(
    (one) => readFileSync(join(PROCEDURES_FOLDER, `${one.code}.json`), 'utf8') !== printProcedure(one),
  );
  expect(others.map(({ code }) => code)).toEqual([]);
});

test('are 71, 70 of them with a form, with 1,894 fields and 316 paper components', () => {
  expect(procedures.size).toBe(71);
  expect(all.filter(({ forms }) => forms.length > 0)).toHaveLength(70);
  expect(all.flatMap(({ fields }) => fields)).toHaveLength(1_894);
  expect(all.flatMap(({ components }) => components)).toHaveLength(316);
});

test('a field that a printed rule asks for only without the link is not prefilled', () => {
  const fields = procedures.get('1.001612')?.fields ?? [];
  expect(fields.find(({ key }) => key === 'dan_toc')).toMatchObject({
    source: 'population',
    isPrefilled: false,
  });
  expect(fields.find(({ key }) => key === 'ho_ten')).toMatchObject({
    source: 'population',
    isPrefilled: true,
  });
});

test('each fault is named', () => {
  const [some] = all;
  if (!some) throw new Error('no procedure');
  const [first, ...rest] = some.fields;
  if (!first) throw new Error('no field');
  const wrong = {
    ...some,
    fields: [{ ...first, party: 'nobody', path: ['Citizen.none'] }, first, ...rest, first],
  };
  expect(faultsOf(wrong, (coordinate) => coordinate !== 'Citizen.none')).toEqual([
    `${first.key}: no coordinate Citizen.none`,
    `${first.key}: no party nobody`,
    `${first.form}: ${first.party} ${first.key} stands there twice`,
  ]);
});
