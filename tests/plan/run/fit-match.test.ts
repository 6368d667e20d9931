import { expect, it } from 'vitest';
import { fitMatch } from '../../../src/plan/run/fit-match.ts';
import type { EntityPending } from '../../../src/plan/run/pending.ts';
import { Evaluations } from '../../../src/plan/rows/evaluations.ts';
import type { RowGate } from '../../../src/plan/rows/row-gate.ts';
import type { RecordReader } from '../../../src/sources/records/record-reader.ts';
import type { RecordSlot } from '../../../src/sources/records/record-slot.ts';
import { buildSchemaParts } from '../../support/plan-parts.ts';
import { OPEN_QUESTIONS } from '../../support/plan-parts.ts';

const { bindings } = buildSchemaParts();
const GATE = { read: () => null } as unknown as RowGate;
const ABSENT: RecordSlot = {
  state: 'absent',
  origin: { register: 'population', upstreamId: null, age: '1m' },
};

/** Persons asked in the place of those whom an absent business would lead to; `known` stand in the cache. */
function askedFor(code: string, known: ReadonlySet<string>): readonly string[] {
  const asked: string[] = [];
  const reader = {
    get: (kind: string, key: string) => (kind === 'business.business' || known.has(key) ? ABSENT : undefined),
    learnFactor: () => {},
    want: (_kind: string, key: string) => void asked.push(key),
  } as unknown as RecordReader;
  const pending = {
    object: { entity: bindings.entities.get('Business'), records: ['business.business'] },
    key: code,
    caseId: '',
  } as unknown as EntityPending;
  fitMatch(reader, GATE, new Evaluations(OPEN_QUESTIONS, {}), pending, {
    fullName: 'An',
    birthDate: '1990',
  });
  return asked;
}

it('asks the population register about nobody for each absent business, however many were asked before', () => {
  const known = new Set<string>();
  for (const code of ['0100000001', '0100000002', '0100000003']) {
    const asked = askedFor(code, known);
    expect(asked).toEqual([expect.stringMatching(/^000\d{9}$/)]);
    for (const key of asked) known.add(key);
    // As with those of a business that is there: asked again while the cache has them, no call is made.
    expect(askedFor(code, known)).toEqual([]);
  }
});
