import { expect, test } from 'vitest';
import { verifyReportText } from '../../../src/independent/verify/verdict/verify-report.ts';
import { LogForge, person } from './vectors/forged-export.ts';
import { verifyForged } from './vectors/verify-forged.ts';

/** A checkpoint an entry, as a witness keeps them. */
function logOf(entries: number): LogForge {
  const forge = new LogForge();
  while (forge.size < entries) {
    forge.answer([person(forge.size)]);
    forge.checkpoint();
  }
  return forge;
}

test('a tail that was cut is one fault, however many checkpoints show it', () => {
  const forge = logOf(60);
  const known = forge.checkpoints.map(({ note }) => note);
  const result = verifyForged(forge.export(0, 20), { known });
  expect(result.faults).toMatchObject([{ attack: 'cut-tail', index: 20, alike: { count: 40 } }]);
  expect(result.knownAgree).toBe(20);
  const report = verifyReportText(result);
  expect(report.split('\n').length).toBeLessThan(12);
  expect(report).toContain('size 21');
  expect(report).toContain('And 39 more like it; the last: ');
  expect(report).toContain('size 60');
});

test('trees that a restore lost are one remark', () => {
  const forge = logOf(60);
  const known = forge.checkpoints.map(({ note }) => note);
  forge.restore(20);
  forge.checkpoint();
  const result = verifyForged(forge.export(), { known });
  expect(result).toMatchObject({ verdict: 'verified', knownAgree: 20 });
  expect(result.notProven.filter((one) => one.includes('entries that were lost'))).toHaveLength(1);
});

test('a fork is bounded by the known checkpoints around it', () => {
  const forge = logOf(30);
  const known = forge.checkpoints.map(({ note }) => note);
  const other = logOf(12);
  while (other.size < 30) other.answer([person(500 + other.size)]);
  other.checkpoint();
  const result = verifyForged(other.export(), { known: known.filter((_one, at) => at % 10 === 4) });
  expect(result.faults).toMatchObject([
    { attack: 'forked', index: 5, interval: [5, 15] },
    { attack: 'forked', interval: [5, 25] },
  ]);
});
