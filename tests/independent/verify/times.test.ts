import { describe, expect, test } from 'vitest';
import { LogForge, person, START } from './vectors/forged-export.ts';
import { cosignedDays } from './vectors/time-vectors.ts';
import { verifyForged } from './vectors/verify-forged.ts';

describe('the times that entries state', () => {
  test('agree with a witness whose clock differs by less than an hour', () => {
    const forged = cosignedDays(START + 86_400_000 + 1_800_000);
    expect(verifyForged(forged)).toMatchObject({ verdict: 'verified', faults: [] });
  });

  test('may go back where the log says so; without a statement it is said to be open', () => {
    const forge = new LogForge();
    forge.answer([person(1)], START + 3_600_000);
    forge.act('clock-went-back', { from: START + 3_600_000, to: START }, START);
    forge.answer([person(2)], START + 1_000);
    forge.answer([person(3)], START - 3_600_000);
    forge.answer([person(4)], START - 3_600_000 + 1_000);
    forge.checkpoint();
    const result = verifyForged(forge.export());
    expect(result).toMatchObject({ verdict: 'verified', export: { clock: { stated: 1, unstated: 1 } } });
    expect(result.notProven.some((one) => one.includes('2 place(s)'))).toBe(true);
  });
});
