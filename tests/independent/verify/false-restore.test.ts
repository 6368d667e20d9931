import { describe, expect, test } from 'vitest';
import { cosigned, LOG, LogForge, person, START, type Forged } from './vectors/forged-export.ts';
import { restoredLog } from './vectors/history-vectors.ts';
import { verifyForged } from './vectors/verify-forged.ts';

/** A witness cosigned twelve entries; the operator goes back to six and states that nothing was lost. */
function falselyRestored(): { readonly forged: Forged; readonly lost: string } {
  const forge = new LogForge();
  for (let at = 0; at < 12; at++) {
    forge.answer([person(at)]);
    if (at === 5) forge.checkpoint();
  }
  forge.checkpoint({ cosignedAt: START / 1000 + 60 });
  const root = Buffer.from(forge.root(6)).toString('base64');
  const lost = forge.restore(6, (honest) => ({ ...honest, lost: { origin: LOG, root, size: 6 } }));
  forge.answer([person(20)]);
  forge.checkpoint();
  return { forged: forge.export(), lost };
}

const LOSS =
  /It is open whether no more than (?<size>\d+) entries of (?<origin>\S+) were there, and (?<lost>\d+) of them lost/;

describe('cosigned entries cut by a restore that states no loss', () => {
  const { forged, lost } = falselyRestored();

  test('without the witness’s note: the loss is only the operator’s word, and that is said', () => {
    const { verdict, notProven } = verifyForged(forged);
    expect(verdict).toBe('verified');
    expect(notProven[0]).toContain('give the witness');
    expect(LOSS.exec(notProven[0] ?? '')?.groups).toEqual({ size: '6', origin: LOG, lost: '0' });
  });

  test('with it: found', () => {
    expect(verifyForged(forged, { known: [lost] }).faults).toMatchObject([
      { attack: 'gap-not-stated', index: 6 },
    ]);
  });

  test('with an earlier one, which does not reach what is stated: said', () => {
    const { forge, lost: whole } = restoredLog();
    const early = forge.checkpoints[2]?.note ?? '';
    expect(
      verifyForged(forge.export(), { known: [cosigned(early, START / 1000)] }).notProven.join('\n'),
    ).toMatch(LOSS);
    expect(verifyForged(forge.export(), { known: [whole] }).notProven.join('\n')).not.toMatch(LOSS);
  });
});
