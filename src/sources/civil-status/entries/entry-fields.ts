import type { Checked } from '../../records/record.ts';
import { MISPLACED } from '../../wire/read-xml.ts';
import type { XmlElement } from '../../wire/read-xml.ts';
import type { Shape, ValueReader } from '../../wire/shape.ts';
import { readSlashPartialDate, readText } from '../../wire/value-readers.ts';
import { readRegistrationKind } from './entry-codes.ts';

/**
 * The values of one entry by the names of their elements, read in one pass: an entry has some thirty. A value that stands
 * there twice, or that is no text, is MISPLACED.
 */
export class EntryFields {
  readonly #values = new Map<string, string | typeof MISPLACED>();
  readonly #shape: Shape;

  constructor({ children }: XmlElement, shape: Shape) {
    this.#shape = shape;
    // An empty element is left out, but it may not hide that another one of its name stands beside it.
    for (const { name, text, children: below } of children) {
      const isFirst = !this.#values.has(name);
      this.#values.set(name, isFirst && below.length === 0 ? text : MISPLACED);
    }
  }

  /** Undefined where the value is left out. */
  raw(name: string): string | undefined | typeof MISPLACED {
    const value = this.#values.get(name);
    return value === '' ? undefined : value;
  }

  required<T>(name: string, read: ValueReader<T>): Checked<T> {
    return this.#shape.required(this.raw(name), read);
  }

  /** A value that is left out is null. */
  optional<T>(name: string, read: ValueReader<T>): Checked<T | null> {
    const value = this.raw(name);
    return value === undefined ? null : this.#shape.required(value, read);
  }

  text(name: string): Checked<string | null> {
    return this.optional(name, readText);
  }

  date(name: string): Checked<string | null> {
    return this.optional(name, readSlashPartialDate);
  }

  /** A person's id; null where there is none, or another document's number in its place. */
  personalId(name: string): Checked<string | null> {
    return this.#shape.personalId(this.raw(name));
  }

  /** Whether the entry holds any of these values. */
  hasAny(names: readonly string[]): boolean {
    return names.some((name) => this.raw(name) !== undefined);
  }
}

/** The fields that every entry has: `so quyenSo ngayDangKy noiDangKy`. */
export function mapRegistration(fields: EntryFields) {
  return Object.freeze({
    entryNo: fields.required('so', readText),
    bookNo: fields.text('quyenSo'),
    registeredOn: fields.required('ngayDangKy', readSlashPartialDate),
    office: fields.text('noiDangKy'),
  });
}

/** Beside them, the fields that births, marriages and deaths have: `trangSo loaiDangKy`; the kind 0 is none. */
export function mapPage(fields: EntryFields) {
  return Object.freeze({
    pageNo: fields.text('trangSo'),
    registrationKind:
      fields.raw('loaiDangKy') === '0' ? null : fields.optional('loaiDangKy', readRegistrationKind),
  });
}
