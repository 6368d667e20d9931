import { expect, test } from 'vitest';
import { printable, printableJson, quoted } from '../../../src/independent/verify/verdict/printable.ts';
import { verifyReportText } from '../../../src/independent/verify/verdict/verify-report.ts';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import { honestLog, LOG, person } from './vectors/forged-export.ts';
import { accessOf, heldAccess, proofIn } from './vectors/forged-proofs.ts';
import { evidenceOf, verifyForged } from './vectors/verify-forged.ts';

/** Clears the screen, says VERIFIED in green on a line of its own, turns the writing round. */
const HOSTILE = '\u001b[2J\u001b[32mVERIFIED\u009b0m\r\n\u202e\u2066\u2028\u0007';

test('an origin with escapes of a terminal is shown as text', () => {
  const access = accessOf(honestLog(), 3);
  access.proof.checkpoint = `${HOSTILE.replace('\n', '')}\n30\n`;
  const result = verifyHeld(evidenceOf({ proofs: [heldAccess(access)] }));
  for (const shown of [verifyReportText(result), printableJson(result)]) {
    expect(shown).toContain('u001b[2J');
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}/u);
  }
  expect(JSON.parse(printableJson(result))).toEqual(JSON.parse(JSON.stringify(result)));
});

test('letters of any language stay, what is not seen does not', () => {
  expect(printable('Nguyễn Văn Ánh, 你好')).toBe('Nguyễn Văn Ánh, 你好');
  expect(printable(HOSTILE)).toBe(
    String.raw`\u001b[2J\u001b[32mVERIFIED\u009b0m\u000d\u000a\u202e\u2066\u2028\u0007`,
  );
  expect(printable('\ud800')).toBe(String.raw`\ud800`);
  expect([quoted('an.nguyễn'), quoted('x officer y'), quoted('')]).toEqual([
    'an.nguyễn',
    '"x officer y"',
    '""',
  ]);
});

test('a time of no calendar is no reason to end without a verdict', () => {
  const forge = honestLog();
  forge.answer([person(1)], Number.MAX_SAFE_INTEGER);
  forge.checkpoint({ cosignedAt: Number.MAX_SAFE_INTEGER });
  const text = verifyReportText(
    verifyForged(forge.export(), {
      proofs: [
        heldAccess({
          proof: {
            leaf: Buffer.from(forge.written[30]?.leaf ?? []).toString('base64'),
            index: 30,
            hashes: proofIn(forge, 30),
            checkpoint: forge.checkpoints.at(-1)?.note ?? '',
          },
        }),
      ],
    }),
  );
  expect(text).toContain('Cosigned by witness.example/w1 up to entry 31 at 9007');
  expect(text).toContain('VERIFIED');
});

test('an origin of an epoch that no log has is none of this one', () => {
  const forge = honestLog();
  forge.restore(24, (honest) => ({
    ...honest,
    lost: { ...(honest['lost'] as Record<string, string>), origin: `${LOG}/12345678901` },
  }));
  forge.checkpoint();
  expect(verifyForged(forge.export()).faults).toMatchObject([{ attack: 'gap-not-stated', index: 24 }]);
});
