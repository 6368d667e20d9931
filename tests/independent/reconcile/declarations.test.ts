import { expect, test } from 'vitest';
import { reconcileReportText } from '../../../src/independent/reconcile/reconcile-report.ts';
import { LogForge, person, START, type Forged } from '../verify/vectors/forged-export.ts';
import { compareLines, MINUTE } from './compare-lines.ts';

/** An answer as the operator has it now, and what the register logged when it was asked. */
function rewritten(changes: Parameters<LogForge['answer']>[2], time = START): Forged {
  const forge = new LogForge();
  forge.answer([person(0)], time, changes, 'a');
  forge.checkpoint();
  return forge.export();
}

const caller = {
  agency: 'Sở',
  client: 'dvc-portal',
  key: 'kid-1',
  kind: 'agency' as const,
  officer: 'an.nguyen',
};
const DAYS = 24 * 60 * MINUTE;

test.each([
  ['client', rewritten({ caller }), 'other-client'],
  ['purpose', rewritten({ purpose: 'form-prefill' }), 'other-purpose'],
  ['purpose, to none', rewritten({ purpose: null }), 'other-purpose'],
  [
    'officer',
    rewritten({ caller: { ...caller, client: 'portal-hn', officer: 'mai.le' } }),
    'other-requester',
  ],
  ['dossier', rewritten({ case: 'H26-261121-0002' }), 'other-requester'],
  ['time, by 200 days', rewritten({}, START + 200 * DAYS), 'id-reused'],
  ['time, back by 200 days', rewritten({}, START - 200 * DAYS), 'id-reused'],
] as const)('an entry’s %s rewritten', (_what, forged, kind) => {
  const result = compareLines([forged], [{}]);
  expect(result).toMatchObject({ verdict: 'differ', counts: { [kind]: 1 } });
  expect(reconcileReportText(result)).toContain(`${kind} population a `);
});

test.each([
  ['client', { client: 'vneid' }, 'other-client'],
  ['purpose', { purpose: 'audit' }, 'other-purpose'],
] as const)('a line’s %s is another', (_what, line, kind) => {
  const result = compareLines([rewritten({})], [{}, line]);
  expect(result).toMatchObject({ counts: { [kind]: 1 }, findings: [{ kind, ...line }] });
});

test('a time moved out of the time compared is no excuse', () => {
  const window = { from: START - 60 * MINUTE, to: START + 60 * MINUTE, tolerance: 5 * MINUTE };
  const away = rewritten({}, START + 200 * DAYS);
  expect(compareLines([away], [{}], { window })).toMatchObject({ verdict: 'differ' });
  const here = [{ time: START + 200 * DAYS }];
  expect(compareLines([rewritten({})], here, { window })).toMatchObject({ counts: { 'call-not-logged': 1 } });
});

test('another key is somebody whom no entry is about, where openings are given', () => {
  const forged = rewritten({});
  const lines = [{ key: person(9).key }];
  expect(compareLines([forged], lines)).toMatchObject({ unnamed: 1 });
  expect(compareLines([{ ...forged, openings: [] }], lines)).toMatchObject({ unnamed: 0 });
});

test('what a register does not log is not compared', () => {
  expect(compareLines([rewritten({})], [{ client: '', purpose: '' }])).toMatchObject({ verdict: 'agree' });
});

test('a call shared by two purposes has the lines of both', () => {
  const forge = new LogForge();
  forge.answer([person(0)], START, {}, 'a');
  forge.answer([person(1)], START, { purpose: 'audit' }, 'a');
  forge.checkpoint();
  const lines = [{}, { purpose: 'audit' }];
  expect(compareLines([forge.export()], lines)).toMatchObject({ verdict: 'agree', calls: 1 });
});
