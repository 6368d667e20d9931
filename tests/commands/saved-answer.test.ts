import { describe, expect, test } from 'vitest';
import { heldIn } from '../../src/commands/log/evidence/saved-answer.ts';
import { UsageError } from '../../src/commands/command-line/command-failure.ts';

/** Evidence as people save it: the whole answer of the gateway. */
const held = (kind: 'bundle' | 'access', file: unknown) =>
  heldIn(kind, 'file', Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))).map(
    ({ name, bytes }) => [name, bytes.toString()],
  );

describe('a saved answer', () => {
  test.each<readonly [what: string, kind: 'bundle' | 'access', file: unknown, taken: readonly string[][]]>([
    ['to accessLogExport', 'bundle', { data: { accessLogExport: { bundle: 'a\n' } } }, [['file', 'a\n']]],
    ['its field alone', 'bundle', { accessLogExport: { bundle: 'a\n' } }, [['file', 'a\n']]],
    ['no answer', 'bundle', '{"v":1}\n{"leaf":""}\n', [['file', '{"v":1}\n{"leaf":""}\n']]],
    ['no JSON', 'access', 'x', [['file', 'x']]],
    ['one access', 'access', { time: 'x', proof: {} }, [['file', '{"time":"x","proof":{}}']]],
    [
      'to myAccesses',
      'access',
      { data: { myAccesses: { accesses: [{ time: 'x' }, { time: 'y' }] } } },
      [
        ['file, access 1', '{"time":"x"}'],
        ['file, access 2', '{"time":"y"}'],
      ],
    ],
  ])('%s, given as a %s', (_what, kind, file, taken) => expect(held(kind, file)).toEqual(taken));

  test.each<readonly [what: string, kind: 'bundle' | 'access', file: unknown, said: string]>([
    ['of the other kind', 'bundle', { data: { myAccesses: { accesses: [{}] } } }, 'goes with --access'],
    ['of the other kind', 'access', { data: { accessLogExport: { bundle: '' } } }, 'goes with --bundle'],
    ['without accesses', 'access', { data: { myAccesses: { accesses: [] } } }, 'nothing for --access'],
    ['to something else', 'bundle', { data: { citizen: null } }, 'is an answer of the gateway: it holds'],
    ['that is an error', 'bundle', { data: null, errors: [] }, 'nothing for --bundle'],
  ])('%s is no verdict, given as a %s', (_what, kind, file, said) => {
    expect(() => held(kind, file)).toThrow(UsageError);
    expect(() => held(kind, file)).toThrow(said);
  });
});
