import { expect, test } from 'vitest';
import { LogForge, person, START } from '../verify/vectors/forged-export.ts';
import { compareLines } from './compare-lines.ts';

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
