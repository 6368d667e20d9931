import type { Vector } from './attack-vectors.ts';
import { cosigned, honestLog, person, remove, START, type Forged } from './forged-export.ts';
import { LATER } from './history-vectors.ts';

const seconds = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / 1000;

/** The honest log of January 2026, all of it removed by an entry dated so; `after` stands behind. */
export function removedAll(
  time: number,
  options: { readonly before?: string; readonly after?: number } = {},
): Forged {
  const { before = '2026-02', after } = options;
  const forge = honestLog();
  forge.act('retention', { from: 0, to: 30, before }, time);
  forge.checkpoint();
  if (after !== undefined) forge.answer([person(900)], after);
  if (after !== undefined) forge.checkpoint();
  const forged = forge.export();
  remove(forged, 0, 30);
  return forged;
}

/** Cosignatures of a witness from the time when everything was as old as it says, and from later. */
export function witnessed(forged: Forged, stated: number): Forged {
  forged.notes[9] = cosigned(forged.notes[9] ?? '', START / 1000 + 60);
  forged.notes[10] = cosigned(forged.notes[10] ?? '', stated);
  return forged;
}

/** An entry about retention is dated ahead, so that what it removes looks old. */
export const RETENTION_VECTORS: readonly Vector[] = [
  {
    name: 'an entry about retention dated two years ahead, cosigned at once',
    attack: 'retention-too-early',
    index: 0,
    make: () => ({
      forged: witnessed(removedAll(Date.UTC(2028, 5, 1), { after: START + 120_000 }), START / 1000 + 90),
    }),
  },
  {
    name: 'the same with nothing after it',
    attack: 'retention-too-early',
    index: 0,
    make: () => ({ forged: witnessed(removedAll(Date.UTC(2028, 5, 1)), START / 1000 + 90) }),
  },
  {
    name: 'the same without the cosignature, which somebody else has kept',
    attack: 'retention-too-early',
    index: 0,
    make: () => {
      const forged = removedAll(Date.UTC(2028, 5, 1));
      return { forged, held: { known: [cosigned(forged.notes[10] ?? '', START / 1000 + 90)] } };
    },
  },
  {
    name: 'the same, and a witness cosigned once more when it was time',
    attack: 'retention-too-early',
    index: 0,
    make: () => {
      const forged = witnessed(removedAll(Date.UTC(2028, 5, 1)), START / 1000 + 90);
      forged.notes[10] = cosigned(forged.notes[10] ?? '', seconds(2028, 6, 2));
      return { forged };
    },
  },
  {
    name: 'an entry about retention dated ahead of those after it',
    attack: 'retention-too-early',
    index: 0,
    make: () => ({ forged: removedAll(LATER, { after: START + 120_000 }) }),
  },
  {
    name: 'an entry about retention of all before the year 9999',
    attack: 'retention-too-early',
    index: 0,
    make: () => ({ forged: removedAll(LATER, { before: '9999-12' }) }),
  },
  {
    name: 'the same, dated in the year 12000',
    attack: 'retention-too-early',
    index: 0,
    make: () => ({ forged: witnessed(removedAll(Date.UTC(12_000, 0), { before: '9999-12' }), LATER / 1000) }),
  },
];
