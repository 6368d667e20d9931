import { isOtherDocument, readPersonalId } from './identifiers.ts';
import { asList, isJsonObject, isLeftOutOfJson, type JsonObject } from './json-values.ts';
import { BROKEN } from '../records/record.ts';
import type { Broken, Checked } from '../records/record.ts';

/** Gives the value, or undefined where its shape is wrong. */
export type ValueReader<T> = (raw: unknown) => T | undefined;

/** Checks one record's values and remembers whether BROKEN stands anywhere in it. */
export class Shape {
  isIntact = true;
  /** Set where the register sent a protection that this release does not know. */
  hasUnknownProtection = false;

  broken(): Broken {
    this.isIntact = false;
    return BROKEN;
  }

  required<T>(raw: unknown, read: ValueReader<T>): Checked<T> {
    return read(raw) ?? this.broken();
  }

  /** A value that is left out, in whatever way the register does so, is null. */
  optional<T>(raw: unknown, read: ValueReader<T>): Checked<T | null> {
    return isLeftOutOfJson(raw) ? null : (read(raw) ?? this.broken());
  }

  /** A person whom a record names: null where by name alone, or by another document than a personal id. */
  personalId(raw: unknown): Checked<string | null> {
    return isOtherDocument(raw) ? null : this.optional(raw, readPersonalId);
  }

  /** An empty list may be null or an empty text, and one element may stand where a list is due. A missing list is broken. */
  list<T>(raw: unknown, readItem: (item: unknown) => Checked<T>): Checked<readonly Checked<T>[]> {
    const list = asList(raw);
    if (list === undefined) return this.broken();
    return Object.freeze(list.map(readItem));
  }

  /** A list that not every register states: where the property is missing it is null, which is not the same as empty. */
  statedList<T>(
    raw: unknown,
    readItem: (item: unknown) => Checked<T>,
  ): Checked<readonly Checked<T>[] | null> {
    return raw === undefined ? null : this.list(raw, readItem);
  }

  /** An object that may be left out. */
  statedObject<T>(raw: unknown, read: (object: JsonObject) => T): Checked<T | null> {
    if (isLeftOutOfJson(raw)) return null;
    return isJsonObject(raw) ? read(raw) : this.broken();
  }
}
