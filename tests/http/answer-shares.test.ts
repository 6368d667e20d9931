import { describe, expect, it } from 'vitest';
import { AnswerShares } from '../../src/http/budget/answer-shares.ts';

const SMALL = {
  work: 100,
  workPerClient: 60,
  workPerCaller: 40,
  requestsPerRegister: 3,
  requestsPerClientAndRegister: 2,
};
const caller = (client: string, officer: string) => ({ client, caller: `${client} ${officer}` });
const work = (amount: number) => ({ work: amount, sources: [] });
const at = (...sources: readonly string[]) => ({ work: 0, sources });

describe('work in progress', () => {
  it('is shared by callers and clients; whoever has room left may have the largest answer', () => {
    const shares = new AnswerShares(SMALL);
    expect(shares.take(caller('one', 'a'), work(39))).toBe(null);
    expect(shares.take(caller('one', 'a'), work(1_000))).toBe(null);
    expect(shares.take(caller('one', 'a'), work(1))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    // The client's share is used up by one of its officers.
    expect(shares.take(caller('one', 'b'), work(1))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(shares.take(caller('two', 'a'), work(1))).toMatchObject({
      code: 'OVERLOADED',
      retryAfterSeconds: 1,
    });
    shares.giveBack(caller('one', 'a'), work(1_000));
    expect(shares.take(caller('two', 'a'), work(1))).toBe(null);
    expect(shares.take(caller('one', 'b'), work(1))).toBe(null);
    shares.giveBack(caller('one', 'a'), work(39));
    expect(shares.take(caller('one', 'a'), work(1))).toBe(null);
  });
});

describe('a register', () => {
  it('gives a client its own share, and all together no more than its places', () => {
    const shares = new AnswerShares(SMALL);
    expect(shares.take(caller('one', 'a'), at('land', 'population'))).toBe(null);
    expect(shares.take(caller('one', 'b'), at('land'))).toBe(null);
    expect(shares.take(caller('one', 'c'), at('land'))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(shares.take(caller('one', 'c'), at('population'))).toBe(null);
    expect(shares.take(caller('two', 'a'), at('land'))).toBe(null);
    expect(shares.take(caller('three', 'a'), at('business', 'land'))).toMatchObject({ code: 'OVERLOADED' });
    // What was refused takes nothing.
    for (const client of ['three', 'four', 'five']) {
      expect(shares.take(caller(client, 'a'), at('business'))).toBe(null);
    }
    shares.giveBack(caller('one', 'b'), at('land'));
    expect(shares.take(caller('three', 'a'), at('land'))).toBe(null);
  });
});
