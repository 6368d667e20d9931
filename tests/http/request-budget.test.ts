import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.ts';
import { RequestBudget, type RequestPlace } from '../../src/http/budget/request-budget.ts';
import { ShedRequests, type ShedCount } from '../../src/http/budget/shed-requests.ts';

function enter(budget: RequestBudget): RequestPlace {
  const place = budget.enter();
  if (place instanceof GatewayError) throw place;
  return place;
}

const SMALL = {
  requests: 6,
  unverified: 3,
  requestsPerClient: 3,
  requestsPerCaller: 2,
  answerBytesPerCaller: 100,
};

describe('the budget of requests', () => {
  it('gives each caller and each client a share, and places come back', () => {
    const budget = new RequestBudget(SMALL);
    const places = ['a', 'a'].map((caller) => {
      const place = enter(budget);
      expect(place.admit('one', caller)).toBe(null);
      return place;
    });
    const third = enter(budget);
    expect(third.admit('one', 'a')).toMatchObject({ code: 'QUOTA_EXCEEDED', retryAfterSeconds: 1 });
    third.leave();
    const other = enter(budget);
    expect(other.admit('one', 'b')).toBe(null);
    const fourth = enter(budget);
    expect(fourth.admit('one', 'c')).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    fourth.leave();
    expect(enter(budget).admit('two', 'a')).toBe(null);
    places[0]?.leave();
    places[0]?.leave();
    expect(enter(budget).admit('one', 'a')).toBe(null);
  });

  it('keeps requests without a verified caller from taking every place', () => {
    const budget = new RequestBudget(SMALL);
    const unverified = [enter(budget), enter(budget), enter(budget)];
    expect(budget.enter()).toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 1 });
    unverified[0]?.admit('one', 'a');
    expect(enter(budget).admit('two', 'b')).toBe(null);
  });

  it('counts answers that nobody reads for the one who asked', () => {
    const budget = new RequestBudget(SMALL);
    const place = enter(budget);
    place.admit('one', 'a');
    place.holdsAnswer(100);
    const next = enter(budget);
    expect(next.admit('one', 'a')).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    next.leave();
    expect(enter(budget).admit('one', 'b')).toBe(null);
    place.leave();
    expect(enter(budget).admit('one', 'a')).toBe(null);
  });
});

it('shed requests are counted by caller, and handed on together', () => {
  const told: ShedCount[] = [];
  const shed = new ShedRequests((one) => told.push(one), 60_000);
  for (const officer of ['a', 'a', 'b']) shed.add('one', officer);
  shed.flush();
  shed.flush();
  expect(told.map(({ client, officer, count }) => [client, officer, count])).toEqual([
    ['one', 'a', 2],
    ['one', 'b', 1],
  ]);
});
