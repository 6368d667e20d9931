import { expect, test } from 'vitest';
import { readSealedAnswers } from '../../src/access-log/entry/sealed-openings.ts';
import { leafText } from '../../src/log-format/leaf-text.ts';

const HASH = 'A'.repeat(43);
const rest = `"predicates":"${HASH}","request":"${HASH}","subject":"${HASH}"},"disclosed":[]`;
const first = `,"cases":["],\\"commitments\\":{"],"commitments":{"answer":"${HASH}",${rest}`;
const second = `,"cases":[],"commitments":{"answer":"${HASH}","findings":"${HASH}",${rest}`;

test('an entry of version 1 keeps its bytes; one that commits to findings is of version 2', () => {
  expect(leafText('{}', first, 7, 'log')).toBe(`{"answer":{}${first},"tree":{"index":7,"log":"log"},"v":1}`);
  expect(leafText('{}', second, 7, 'log')).toBe(
    `{"answer":{}${second},"tree":{"index":7,"log":"log"},"v":2}`,
  );
});

test('what was sealed for entries of version 1 has no findings', () => {
  const sealed = [
    ['rs', 'rd', 'as', 'ad', 'null', [['s', '{}', 'p', '---------']]],
    ['rs', 'rd', 'as', 'ad', 'null', [['s', '{}', 'p', '---------', 'f', '-1----']]],
  ];
  expect(readSealedAnswers(JSON.stringify(sealed))?.map(({ entries }) => entries[0]?.findings)).toEqual([
    null,
    { salt: 'f', value: '"-1----"' },
  ]);
});
