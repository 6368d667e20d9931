import { expect, test } from 'vitest';
import { cosigned, START } from './vectors/forged-export.ts';
import { LATER } from './vectors/history-vectors.ts';
import { removedAll, witnessed } from './vectors/retention-vectors.ts';
import { verifyForged } from './vectors/verify-forged.ts';

const AGE = 'removed entries were 12 months old when they went';
const lateSeconds = LATER / 1000 + 1;

test('what a witness had seen 12 months before it saw the entry about retention was old enough', () => {
  const forged = witnessed(removedAll(LATER, { after: LATER + 1000 }), lateSeconds);
  const result = verifyForged(forged);
  expect(result).toMatchObject({ verdict: 'verified', export: { removed: 30, ageUnknown: 0 } });
  expect(result.notProven.join('\n')).not.toContain(AGE);
});

test('a cosignature that somebody else kept tells the same', () => {
  const forged = witnessed(removedAll(LATER), lateSeconds);
  const [known = ''] = forged.notes.splice(10, 1, removedAll(LATER).notes[10] ?? '');
  expect(verifyForged(forged)).toMatchObject({ export: { ageUnknown: 30 } });
  expect(verifyForged(forged, { known: [known] })).toMatchObject({ export: { ageUnknown: 0 } });
});

test.each([
  ['nobody', removedAll(LATER)],
  [
    'a witness that saw only the entry about retention',
    (() => {
      const forged = removedAll(LATER);
      forged.notes[10] = cosigned(forged.notes[10] ?? '', lateSeconds);
      return forged;
    })(),
  ],
  [
    'a witness that saw only what was removed',
    (() => {
      const forged = removedAll(LATER);
      forged.notes[9] = cosigned(forged.notes[9] ?? '', START / 1000 + 60);
      return forged;
    })(),
  ],
] as const)('%s does not tell how old removed entries were', (_who, forged) => {
  const result = verifyForged(forged);
  expect(result).toMatchObject({ verdict: 'verified', export: { removed: 30, ageUnknown: 30 } });
  expect(result.notProven.join('\n')).toContain(`It is open whether 30 ${AGE}`);
});
