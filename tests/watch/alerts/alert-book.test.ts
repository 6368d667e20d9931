import { describe, expect, it } from 'vitest';
import { readAlertAct, type AlertAct } from '../../../src/watch/alerts/alert-acts.ts';
import { takeAct, type AlertBook } from '../../../src/watch/alerts/alert-book.ts';
import { escalatesAt, unattended } from '../../../src/watch/alerts/escalation.ts';

const ALERT = 'a'.repeat(32);
const HOUR = 3_600_000;
const opened = {
  alert: ALERT,
  rule: 'slow-drip',
  severity: 'high',
  client: 'office',
  observed: 9,
  usual: 1,
  evidence: ['e1'],
  accesses: 9,
  tried: [],
  suspends: false,
};

function take(book: AlertBook, purpose: AlertAct, detail: object, time: number) {
  const act = readAlertAct(purpose, detail);
  return act && takeAct(book, { entry: `${time}`, time, act });
}

describe('the book of alerts', () => {
  it('follows from the acts alone, and an alert that is opened twice is one', () => {
    const book: AlertBook = new Map();
    take(book, 'alert-opened', opened, 1);
    take(book, 'alert-opened', { ...opened, severity: 'low' }, 2);
    expect(book.get(ALERT)).toMatchObject({ state: 'open', severity: 'high', openedAt: 1, level: 0 });
    expect(
      take(book, 'alert-closed', { alert: 'b'.repeat(32), by: 'x', note: 'n', reason: 'duplicate' }, 3),
    ).toBeNull();
  });

  it('lets an alert grow and never shrink', () => {
    const book: AlertBook = new Map();
    take(book, 'alert-opened', opened, 1);
    const grown = { alert: ALERT, by: 'gateway', level: 1, why: 'grown' };
    take(book, 'alert-escalated', { ...grown, severity: 'critical', observed: 90, suspends: true }, 2);
    take(book, 'alert-escalated', { ...grown, severity: 'low' }, 3);
    expect(book.get(ALERT)).toMatchObject({
      severity: 'critical',
      observed: 90,
      isSuspending: true,
      level: 1,
    });
  });

  it('takes no act of another shape, and no closing reason that is not in the list', () => {
    const book: AlertBook = new Map();
    take(book, 'alert-opened', opened, 1);
    expect(take(book, 'alert-closed', { alert: ALERT, by: 'x', note: 'n', reason: 'normal' }, 2)).toBeNull();
    expect(take(book, 'alert-explained', { alert: ALERT, note: 'n' }, 3)).toBeNull();
    expect(book.get(ALERT)?.state).toBe('open');
  });
});

describe('an alert that nobody looks at', () => {
  it('goes up level after level, and never becomes normal', () => {
    const book: AlertBook = new Map();
    take(book, 'alert-opened', opened, 0);
    const levels: number[] = [];
    for (let hour = 0; hour < 24 * 30; hour++) {
      for (const { level } of unattended(book, hour * HOUR)) {
        levels.push(hour);
        take(
          book,
          'alert-escalated',
          { alert: ALERT, by: 'gateway', level: level + 1, why: 'unattended' },
          hour * HOUR,
        );
      }
    }
    expect(levels).toEqual([24, 48, 72]);
    expect(book.get(ALERT)).toMatchObject({ state: 'escalated', level: 3 });
    take(book, 'alert-closed', { alert: ALERT, by: 'x', note: 'n', reason: 'true-misuse' }, 5_000 * HOUR);
    const [alert] = book.values();
    expect(alert && escalatesAt(alert)).toBeNull();
  });
});
