import { describe, expect, test } from 'vitest';
import { TEXT_SHARE_LIMITS, TextShares } from '../../../src/access-log/write/group/text-shares.ts';

const TEXT = 'x'.repeat(38_000);
const citizen = (personalId: string) => ({ client: 'vneid', officer: 'vneid', citizen: personalId });
const officer = (account: string) => ({ client: 'inspectorate', officer: account, citizen: null });

describe('operation texts that are stored', () => {
  test('are few of one citizen, more of an officer, and bounded for a client', () => {
    const shares = new TextShares(() => 0);
    const stored = (caller: ReturnType<typeof citizen> | ReturnType<typeof officer>): number =>
      Array.from({ length: 400 }, () => shares.admits(caller, TEXT)).filter(Boolean).length;
    expect(stored(citizen('1'))).toBe(1);
    expect(stored(citizen('2'))).toBe(1);
    const ofOfficer = stored(officer('a'));
    expect(ofOfficer).toBe(Math.floor(TEXT_SHARE_LIMITS.ofOfficer.value / (TEXT.length + 256)));
    let ofClient = ofOfficer;
    for (let n = 0; n < 20; n++) ofClient += stored(officer(`b${n}`));
    expect(ofClient).toBe(Math.floor(TEXT_SHARE_LIMITS.ofClient.value / (TEXT.length + 256)));
  });

  test('are stored again in the next period', () => {
    let now = 0;
    const shares = new TextShares(() => now);
    expect([TEXT, TEXT].map((text) => shares.admits(citizen('1'), text))).toEqual([true, false]);
    now = TEXT_SHARE_LIMITS.period.value;
    expect(shares.admits(citizen('1'), TEXT)).toBe(true);
  });
});
