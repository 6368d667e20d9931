import { describe, expect, it } from 'vitest';
import { Evictions } from '../../../src/cache/notices/evictions.ts';

const ABOUT = (mark: { era: string; position: number }, ...subjects: string[]) => ({ mark, subjects });

describe('evictions', () => {
  it('a record is invalid by a later notice about one of its subjects alone', () => {
    const evictions = new Evictions('one');
    const mark = evictions.mark();
    evictions.evict(['a'], 1);
    evictions.reach(1);
    expect(evictions.isValid(ABOUT(mark, 'b', 'a'))).toBe(false);
    expect(evictions.isValid(ABOUT(mark, 'b'))).toBe(true);
    expect(evictions.isValid(ABOUT(evictions.mark(), 'a'))).toBe(true);
  });

  it('a fill that was asked for before the notice stays invalid, whenever it comes', () => {
    const evictions = new Evictions('one');
    const early = evictions.mark();
    for (let position = 1; position <= 3; position += 1) {
      evictions.evict(['a'], position);
      evictions.reach(position);
    }
    evictions.evict(['a'], 2);
    expect(evictions.isValid(ABOUT(early, 'a'))).toBe(false);
    expect(evictions.isValid(ABOUT({ era: 'one', position: 2 }, 'a'))).toBe(false);
  });

  it('another era believes nothing of before', () => {
    const evictions = new Evictions('one');
    const mark = evictions.mark();
    evictions.begin('two');
    expect(evictions.isValid(ABOUT(mark, 'a'))).toBe(false);
  });

  it('past its subjects, and past its memory, it forgets nothing that could matter', () => {
    let now = 0;
    const evictions = new Evictions('one', () => now, 2);
    const mark = evictions.mark();
    evictions.evict(['a', 'b', 'c'], 1);
    evictions.reach(1);
    expect(evictions.isValid(ABOUT(mark, 'x'))).toBe(false);
    const later = evictions.mark();
    evictions.evict(['a'], 2);
    evictions.reach(2);
    expect(evictions.isValid(ABOUT(later, 'a'))).toBe(false);
    now += 10_000_000;
    evictions.evict(['b'], 3);
    // Whatever was marked then has outlived every record's life.
    expect(evictions.isValid(ABOUT(later, 'a'))).toBe(true);
  });
});
