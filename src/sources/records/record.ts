import type { RegisterName } from '../../registers.ts';

/**
 * The kind of record that one look-up yields: the register's name, a dot, and the record's own name. The key belongs to
 * the register: personal id, residence file number, business code, parcel id, certificate serial.
 */
export type RecordKind = `${RegisterName}.${string}`;

export interface RecordKey {
  readonly kind: RecordKind;
  readonly key: string;
}

/** The register of a kind of record. */
export function registerOf(kind: RecordKind): RegisterName {
  return kind.slice(0, kind.indexOf('.'));
}

/** The one spelling of a record's kind and key as one text, for maps of records. */
export function recordName({ kind, key }: RecordKey): string {
  return `${kind} ${key}`;
}

/**
 * Stands where the register's value has a wrong shape: the reader answers SOURCE_CONTRACT_BROKEN at that very path.
 * May stand for a property, at any depth, or for a list item. It is a registered symbol, so that the cache keeps it.
 */
export const BROKEN: unique symbol = Symbol.for('SOURCE_CONTRACT_BROKEN');
export type Broken = typeof BROKEN;
export type Checked<T> = T | Broken;

/** A frozen, mapped record: properties named as in the schema, plus the keys of other records (`motherId`, ...). */
export type RecordValue = Readonly<Record<string, unknown>>;
