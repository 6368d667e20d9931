import { describe, expect, it } from 'vitest';
import type { WatchedAnswer } from '../../../src/watch/access/watched-answer.ts';
import type { PatternName } from '../../../src/watch/suspicion/pattern.ts';
import {
  answered,
  DAY,
  HOUR,
  judgeAll,
  KIN,
  MINUTE,
  MONDAY,
  NEIGHBOUR,
  PARTY,
  patternsOf,
  person,
  REACHED,
  STRANGER,
  usualWork,
  type Look,
} from '../watched.ts';

/** Each pattern: what raises it, and what looks like it and does not. */

const many = (count: number, look: (at: number) => WatchedAnswer): readonly WatchedAnswer[] =>
  Array.from({ length: count }, (_none, at) => look(at));
const caseOf = (number: number): string => `H26-261102-${String(number).padStart(4, '0')}`;
const one = (at: number, findings = STRANGER): readonly Look[] => [{ person: person(50_000 + at), findings }];
const refused = { code: 'CASE_NOT_VALID' };
const at = (minutes: number): number => MONDAY + minutes * MINUTE;
const persons = (
  count: number,
  findings: string,
  cases?: (item: number) => readonly string[],
): readonly Look[] =>
  Array.from({ length: count }, (_none, item) => ({
    person: person(80_000 + item),
    findings,
    ...(cases ? { cases: cases(item) } : {}),
  }));
/** 12 digits, so many further on. */
const next = (by: number): string => `001090${String(400_000 + by).padStart(6, '0')}`;

const FIRES: readonly (readonly [PatternName, string, readonly WatchedAnswer[]])[] = [
  [
    'walking-identifiers',
    'three neighbouring ids that nothing explains, at any pace',
    many(3, (step) =>
      answered(at(step * 20), [{ person: next(step * 3) }], { ...refused, caseId: caseOf(step) }),
    ),
  ],
  [
    'walking-identifiers',
    'five neighbours as parties of one dossier',
    many(5, (step) => answered(at(step), [{ person: next(step), findings: PARTY }])),
  ],
  [
    'ever-new-strangers',
    'the third stranger of a dossier',
    many(3, (step) => answered(at(step * 60), one(step))),
  ],
  [
    'ever-new-strangers',
    'a dossier about a crowd',
    many(60, (step) => answered(at(step * 2), one(step, PARTY))),
  ],
  [
    'drain-by-batches',
    'three batches of strangers',
    many(3, (step) =>
      answered(
        at(step * 30),
        persons(20, STRANGER).map((look, item) => ({ ...look, person: person(step * 100 + item) })),
        { caseId: caseOf(step) },
      ),
    ),
  ],
  ['drain-by-batches', 'one batch under one dossier', [answered(at(0), persons(100, PARTY))]],
  [
    'slow-drip',
    'four strangers a day on four days',
    [0, 1, 2, 3].flatMap((day) =>
      many(4, (step) =>
        answered(MONDAY + day * DAY + step * HOUR, one(day * 10 + step), { caseId: caseOf(day * 10 + step) }),
      ),
    ),
  ],
  [
    'own-circle',
    'three of the own kin',
    many(3, (step) => answered(at(step * 10), one(step, KIN), { caseId: caseOf(step) })),
  ],
  [
    'own-circle',
    'neighbours of the same surname',
    many(4, (step) => answered(at(step * 10), one(step, NEIGHBOUR), { caseId: caseOf(step) })),
  ],
  [
    'same-person',
    'one person by four officers without a reason',
    many(4, (step) => answered(at(step * 20), one(1), { officer: `peer-${step}`, caseId: caseOf(step) })),
  ],
  [
    'hidden-person',
    'three refusals about a protected person, by several officers and on several days',
    many(3, (step) =>
      answered(MONDAY + step * DAY, [{ person: person(1), outcome: 'denied', rule: 'protected' }], {
        officer: `peer-${step}`,
        caseId: caseOf(step),
      }),
    ),
  ],
  [
    'guessing',
    'three wrong factors about one person',
    many(3, (step) =>
      answered(at(step), [{ person: person(1), findings: PARTY, outcome: 'denied', rule: 'match' }]),
    ),
  ],
  [
    'guessing',
    'dossier numbers one after the other',
    many(3, (step) =>
      answered(at(step), one(1), { ...refused, reason: 'unknown', caseId: caseOf(700 + 3 * step) }),
    ),
  ],
  [
    'nights-and-holidays',
    'strangers at two in the night',
    many(3, (step) =>
      answered(MONDAY + 17 * HOUR + step * MINUTE, one(step), { ...refused, caseId: caseOf(step) }),
    ),
  ],
  [
    'nights-and-holidays',
    'new dossiers at two in the night',
    many(3, (step) =>
      answered(MONDAY + 17 * HOUR + step * MINUTE, one(step, PARTY), { caseId: caseOf(step) }),
    ),
  ],
  [
    'unlike-peers',
    'a field that no peer uses, while they work',
    many(3, (step) =>
      answered(
        at(step * 5),
        [{ ...one(step, PARTY)[0], person: person(step), coordinates: ['Citizen.name', 'Citizen.religion'] }],
        { caseId: caseOf(step) },
      ),
    ).concat(
      many(3, (step) =>
        answered(at(step * 5 + 2), one(step + 20, PARTY), { officer: 'peer-1', caseId: caseOf(step + 20) }),
      ),
    ),
  ],
  [
    'dormant-account',
    'a month of silence, then refused asks',
    [
      answered(MONDAY - 40 * DAY, one(1, PARTY), { officer: 'old' }),
      ...many(3, (step) =>
        answered(at(step), one(step), { ...refused, officer: 'old', caseId: caseOf(step) }),
      ),
    ],
  ],
  [
    'two-places',
    'dossiers of two provinces in turn within an hour and a half',
    many(6, (step) =>
      answered(at(step * 10), one(step, PARTY), {
        caseId: `${step % 2 === 0 ? 'H26' : 'H29'}-261102-000${step}`,
      }),
    ),
  ],
  [
    'under-limits',
    'forty loose persons a day on three days',
    [0, 1, 2].flatMap((day) =>
      many(40, (step) =>
        answered(MONDAY + day * DAY + step * 11 * MINUTE, one(day * 100 + step), {
          ...refused,
          caseId: caseOf(day * 100 + step),
        }),
      ),
    ),
  ],
  [
    'beyond-order',
    'an auditor who asks for a person without an approval',
    [
      answered(at(0), [{ person: person(1), outcome: 'denied', findings: null }], {
        kind: 'auditor',
        client: 'auditor',
        officer: 'ktv',
        caseId: 'KT-261121-0001',
      }),
    ],
  ],
];

const SILENT: readonly (readonly [PatternName, string, readonly WatchedAnswer[]])[] = [
  [
    'walking-identifiers',
    'newborns, each in a dossier of their own',
    many(8, (step) =>
      answered(at(step * 5), [{ person: next(step), findings: PARTY }], { caseId: caseOf(step) }),
    ),
  ],
  [
    'walking-identifiers',
    'triplets and their parents in one dossier',
    [
      answered(at(0), [
        ...[0, 1, 2].map((step) => ({ person: next(step), findings: PARTY })),
        ...one(1, PARTY),
        ...one(2, PARTY),
      ]),
    ],
  ],
  [
    'ever-new-strangers',
    'two mistyped persons in a dossier',
    many(2, (step) => answered(at(step), one(step), refused)),
  ],
  [
    'ever-new-strangers',
    'relatives whom the grant reaches',
    many(10, (step) => answered(at(step), one(step, REACHED))),
  ],
  [
    'drain-by-batches',
    'a list in which each item has its own dossier',
    many(5, (list) =>
      answered(
        at(list * 5),
        persons(80, PARTY, (item) => [caseOf(list * 100 + item)]).map((look, item) => ({
          ...look,
          person: person(list * 100 + item),
        })),
      ),
    ),
  ],
  ['drain-by-batches', 'an inheritance with fourteen heirs', [answered(at(0), persons(14, PARTY))]],
  [
    'slow-drip',
    'a typing error a day',
    [0, 1, 2, 3].map((day) => answered(MONDAY + day * DAY, one(day), { ...refused, caseId: caseOf(day) })),
  ],
  [
    'slow-drip',
    'strangers who then became parties',
    [0, 1, 2, 3].flatMap((day) =>
      many(4, (step) =>
        answered(MONDAY + day * DAY + step * HOUR, one(day * 10 + step), {
          ...refused,
          caseId: caseOf(day * 10 + step),
        }),
      ).concat(
        many(4, (step) =>
          answered(MONDAY + day * DAY + step * HOUR + MINUTE, one(day * 10 + step, PARTY), {
            caseId: caseOf(day * 10 + step),
          }),
        ),
      ),
    ),
  ],
  [
    'own-circle',
    'kin as party of a dossier',
    many(3, (step) => answered(at(step), one(step, '11000-'), { caseId: caseOf(step) })),
  ],
  [
    'own-circle',
    'neighbours in their own dossiers',
    many(20, (step) => answered(at(step), one(step, '10011-'), { caseId: caseOf(step) })),
  ],
  ['same-person', 'one visit with many looks', many(12, (step) => answered(at(step), one(1, PARTY)))],
  [
    'hidden-person',
    'a protected party whose dossier is tried again and again',
    many(5, (step) =>
      answered(at(step), [{ person: person(1), findings: PARTY, outcome: 'denied', rule: 'protected' }]),
    ),
  ],
  [
    'guessing',
    'two wrong factors and then the right one',
    many(3, (step) =>
      answered(at(step), [
        {
          person: person(1),
          findings: PARTY,
          ...(step < 2 ? ({ outcome: 'denied', rule: 'match' } as const) : {}),
        },
      ]),
    ),
  ],
  [
    'guessing',
    'three wrong factors, corrected within the minutes that are waited',
    many(4, (step) =>
      answered(at(step * 0.5), [
        {
          person: person(1),
          findings: PARTY,
          ...(step < 3 ? ({ outcome: 'denied', rule: 'match' } as const) : {}),
        },
      ]),
    ),
  ],
  [
    'nights-and-holidays',
    'the day’s dossiers finished in the evening',
    many(8, (step) =>
      answered(MONDAY + 10 * HOUR + step * MINUTE, one(step, PARTY), { caseId: caseOf(step) }),
    ),
  ],
  [
    'nights-and-holidays',
    'strangers by day',
    many(3, (step) => answered(at(step), one(step), { ...refused, caseId: caseOf(step) })),
  ],
  [
    'unlike-peers',
    'a new field under a new version of the agreement',
    many(6, (step) =>
      answered(at(step * 5), [{ person: person(step), findings: PARTY, coordinates: ['Citizen.religion'] }], {
        caseId: caseOf(step),
        agreement: 'v2',
      }),
    ),
  ],
  [
    'unlike-peers',
    'a new field that all come to use',
    many(6, (step) =>
      answered(at(step * 5), [{ person: person(step), findings: PARTY, coordinates: ['Citizen.religion'] }], {
        officer: `peer-${step % 3}`,
        caseId: caseOf(step),
      }),
    ),
  ],
  [
    'dormant-account',
    'back from leave, at the usual work',
    [
      answered(MONDAY - 40 * DAY, one(1, PARTY), { officer: 'old' }),
      ...many(8, (step) =>
        answered(at(step * 10), one(step, PARTY), { officer: 'old', caseId: caseOf(step) }),
      ),
    ],
  ],
  [
    'two-places',
    'a posting: from one province to another',
    many(8, (step) =>
      answered(at(step * 10), one(step, PARTY), { caseId: `${step < 4 ? 'H26' : 'H29'}-261102-000${step}` }),
    ),
  ],
  [
    'under-limits',
    'many persons a day, each in a dossier of their own',
    [0, 1, 2].flatMap((day) =>
      many(40, (step) =>
        answered(MONDAY + day * DAY + step * 11 * MINUTE, one(day * 100 + step, PARTY), {
          caseId: caseOf(day * 100 + step),
        }),
      ),
    ),
  ],
  [
    'beyond-order',
    'one mistyped order',
    [
      answered(at(0), [], {
        kind: 'auditor',
        client: 'auditor',
        officer: 'ktv',
        caseId: 'KT-261121-0009',
        code: 'CASE_NOT_VALID',
      }),
    ],
  ],
];

describe('a pattern is raised by', () => {
  it.each(FIRES)('%s: %s', (pattern, _what, answers) => {
    const found = judgeAll([...usualWork(), ...answers]);
    expect(patternsOf(found)).toContain(pattern);
    const ids = new Set(answers.map(({ id }) => id));
    const [first] = found.filter((suspicion) => suspicion.pattern === pattern);
    expect(first?.evidence.every((id) => ids.has(id))).toBe(true);
  });
});

describe('a pattern is not raised by', () => {
  it('any pattern: usual work', () => {
    expect(judgeAll(usualWork(6, 28))).toEqual([]);
  });

  it.each(SILENT)('%s: %s', (pattern, _what, answers) => {
    expect(patternsOf(judgeAll([...usualWork(), ...answers]))).not.toContain(pattern);
  });
});
