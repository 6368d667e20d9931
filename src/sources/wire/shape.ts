import { BROKEN } from '../records/record.ts';
import type { Broken, Checked } from '../records/record.ts';

/** Gives the value, or undefined where its shape is wrong. */
export type ValueReader<T> = (raw: unknown) => T | undefined;

/** Checks one record's values and remembers whether BROKEN stands anywhere in it. */
export class Shape {
  isIntact = true;

  broken(): Broken {
    this.isIntact = false;
    return BROKEN;
  }

  required<T>(raw: unknown, read: ValueReader<T>): Checked<T> {
    return read(raw) ?? this.broken();
  }

  /** A value that is left out is null; an empty or null value where one is due has a wrong shape. */
  optional<T>(raw: unknown, read: ValueReader<T>): Checked<T | null> {
    return raw === undefined ? null : (read(raw) ?? this.broken());
  }

  list<T>(raw: unknown, readItem: (item: unknown) => Checked<T>): Checked<readonly Checked<T>[]> {
    if (!Array.isArray(raw)) return this.broken();
    const items: Checked<T>[] = [];
    for (const item of raw) items.push(readItem(item));
    return Object.freeze(items);
  }
}
