import type { Vector } from './attack-vectors.ts';
import { LogForge, person, START, type Forged } from './forged-export.ts';

const DAY = 86_400_000;

/** Three groups, a day apart, each cosigned when it was written; `times` are what the entries of the second state. */
export function cosignedDays(...times: readonly number[]): Forged {
  const forge = new LogForge();
  forge.answer([person(1)], START);
  forge.checkpoint({ cosignedAt: START / 1000 + 5 });
  for (const [n, time] of times.entries()) forge.answer([person(2 + n)], time);
  forge.checkpoint({ cosignedAt: (START + DAY) / 1000 + 5 });
  forge.answer([person(9)], START + 2 * DAY);
  forge.checkpoint({ cosignedAt: (START + 2 * DAY) / 1000 + 5 });
  return forge.export();
}

/** The log signs its entries' times; only a witness has a clock of its own. */
export const TIME_VECTORS: readonly Vector[] = [
  {
    name: 'a gateway whose clock ran 400 days ahead, and was cosigned',
    attack: 'times-contradicted',
    index: 1,
    make: () => ({ forged: cosignedDays(START + 400 * DAY) }),
  },
  {
    name: 'one that ran 40 days behind',
    attack: 'times-contradicted',
    index: 2,
    make: () => ({ forged: cosignedDays(START + DAY, START - 40 * DAY) }),
  },
  {
    name: 'one that was four hours ahead',
    attack: 'times-contradicted',
    index: 1,
    make: () => ({ forged: cosignedDays(START + DAY + 4 * 3_600_000) }),
  },
];
