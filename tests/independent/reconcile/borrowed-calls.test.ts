import { expect, test } from 'vitest';
import { LogForge, person, START } from '../verify/vectors/forged-export.ts';
import { compareLines, MINUTE } from './compare-lines.ts';

/** Somebody who invents an entry can give it the id of a real call: the register has no line of its officer. */

function exportOf(write: (forge: LogForge) => void) {
  const forge = new LogForge();
  write(forge);
  forge.checkpoint();
  return forge.export();
}

const real = (forge: LogForge): string => forge.answer([person(0)], START, {}, 'a');

test('an invented entry under a real call’s id, of another officer', () => {
  const caller = {
    agency: null,
    client: 'portal-hn',
    key: null,
    kind: 'agency',
    officer: 'ke.gian',
  } as const;
  let invented = '';
  const forged = exportOf((forge) => {
    real(forge);
    invented = forge.answer([person(1)], START + 1_000, { caller }, 'a');
  });
  const result = compareLines([forged], [{}]);
  expect(result.verdict).toBe('differ');
  expect(result.findings).toMatchObject([
    { kind: 'requester-not-logged', requestId: 'a', officer: 'ke.gian', answer: invented },
  ]);
  expect(compareLines([forged], [{}, { officer: 'ke.gian', key: person(1).key }]).verdict).toBe('agree');
});

/** The register's lines beside an answer about two persons. */
const TWO = [person(0), person(1)];
const lineOf = (number: number) => ({ key: person(number).key });

test.each<readonly [what: string, lines: readonly object[], kinds: readonly string[]]>([
  ['both', [lineOf(0), lineOf(1)], []],
  ['one, and somebody of whom there is no entry', [lineOf(0), lineOf(2)], ['other-subject']],
  ['somebody else alone', [lineOf(2)], ['other-subject']],
  ['nobody by a personal id', [{ key: 'HO-1' }], []],
  ['one, and something that is no person', [lineOf(0), { key: 'HO-1' }], []],
])('persons in live entries, where the register was asked about %s', (_what, lines, kinds) => {
  const forged = exportOf((forge) => void forge.answer(TWO, START, {}, 'a'));
  const result = compareLines([forged], lines);
  expect(result.findings.map(({ kind }) => kind)).toEqual(kinds);
  expect(result.verdict).toBe(kinds.length > 0 ? 'differ' : 'agree');
});

test('without openings nobody knows whom an entry is about', () => {
  const forged = exportOf((forge) => void forge.answer(TWO, START, {}, 'a'));
  forged.openings.splice(0);
  expect(compareLines([forged], [lineOf(2)])).toMatchObject({ verdict: 'agree' });
});

const OTHER = { agency: null, client: 'portal-hn', key: null, kind: 'agency', officer: 'le.binh' } as const;
const LATER = START + 5 * MINUTE;
/** A line outside of the compared time. */
const LOGGED = { requestId: 'long ago', time: START - 90 * MINUTE };
const wide = { from: START - 30 * MINUTE, to: START + 60 * MINUTE, tolerance: MINUTE };

test.each<
  readonly [
    what: string,
    subject: number,
    age: '10m' | '1h' | 'older',
    lines: readonly object[],
    kinds: readonly string[],
  ]
>([
  ['by a call for another officer', 0, '10m', [lineOf(0)], []],
  ['by a call without a person', 0, '10m', [{ key: 'HO-1' }], []],
  ['by a call about somebody else', 1, '10m', [lineOf(0)], ['filling-not-logged']],
  ['by a call that nobody logged', 0, '10m', [LOGGED], ['call-not-logged', 'filling-not-logged']],
  ['by one before what the log covers', 1, '1h', [LOGGED], ['call-not-logged']],
  ['by one of an unknown time', 1, 'older', [LOGGED], ['call-not-logged']],
])('a record out of a cache that was filled %s', (_what, subject, age, lines, kinds) => {
  const forged = exportOf((forge) => {
    real(forge);
    forge.answer([person(subject)], LATER, { caller: OTHER }, 'a', age);
  });
  const result = compareLines([forged], lines, { window: wide });
  expect(result.findings.map(({ kind }) => kind).sort()).toEqual(kinds);
});

test('a call that an entry names as live is the answer’s own, wherever it stands', () => {
  const forged = exportOf((forge) => {
    real(forge);
    forge.answer([person(0)], LATER, { caller: OTHER }, 'a');
  });
  const lines = forged.lines.map((line) => line.replace('"calls":[["population","a"]]', '"calls":[]'));
  const result = compareLines([{ ...forged, lines }], [lineOf(0)]);
  expect(result.findings).toMatchObject([{ kind: 'requester-not-logged', officer: 'le.binh' }]);
});

test('a register’s log without a line is no verdict about a log that names its calls', () => {
  const forged = exportOf((forge) => void real(forge));
  expect(() => compareLines([forged], [])).toThrow('The log of population has no line');
});
