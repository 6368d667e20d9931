import { expect, test, vi } from 'vitest';
import { LiveFrames } from '../../../src/watch/live/live-frames.ts';
import { RollingWindow } from '../../../src/watch/live/rolling-window.ts';

test('one text a second for all readers, and none is made while nobody reads', () => {
  vi.useFakeTimers();
  let made = 0;
  const frames = new LiveFrames(() => ({ made: ++made }));
  const reader = () => {
    const texts: string[] = [];
    let ended = 0;
    return {
      texts,
      ended: () => ended,
      frame: (text: string) => void texts.push(text),
      end: () => void (ended += 1),
    };
  };
  vi.advanceTimersByTime(5_000);
  expect(made).toBe(0);
  const [one, other] = [reader(), reader()];
  const leave = frames.add(one);
  frames.add(other);
  // The second of two that come at once gets the same frame.
  expect([made, one.texts.length, other.texts.length]).toEqual([1, 1, 1]);
  vi.advanceTimersByTime(3_000);
  expect(one.texts).toEqual(other.texts);
  expect(one.texts.at(-1)).toBe('event: live\nid: 4\ndata: {"made":4}\n\n');
  leave();
  vi.advanceTimersByTime(1_000);
  expect([one.texts.length, other.texts.length]).toEqual([4, 5]);
  frames.close();
  expect(other.ended()).toBe(1);
  const late = reader();
  frames.add(late);
  expect([late.ended(), late.texts]).toEqual([1, []]);
  vi.advanceTimersByTime(5_000);
  expect(made).toBe(5);
  vi.useRealTimers();
});

test('a window forgets what is older than a minute', () => {
  const window = new RollingWindow();
  const start = 1_000_000_000;
  for (let second = 0; second < 60; second++)
    window.add(start + second * 1_000, { milliseconds: 10, failed: second < 6 });
  expect(window.counts(start + 59_000)).toMatchObject({ count: 60, failed: 6, ratePerSecond: 1 });
  expect(window.counts(start + 59_000).p99Ms).toBeGreaterThanOrEqual(10);
  expect(window.counts(start + 90_000).count).toBe(25);
  expect(window.counts(start + 200_000)).toEqual({
    count: 0,
    failed: 0,
    ratePerSecond: 0,
    p50Ms: null,
    p99Ms: null,
  });
});
