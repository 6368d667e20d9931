import type { AgeClass } from './age-class.ts';
import type { Subject } from './subject.ts';

/** The origin of the record behind a value, for this operation. */
export interface RecordOrigin {
  readonly register: string;
  /** Upstream request id under which the register logged the look-up, also where the cache kept the record since; null where none is known. */
  readonly upstreamId: string | null;
  readonly age: AgeClass;
  /** The register's own date of the data, `yyyy-mm-dd`; absent or null where it states none. */
  readonly asOf?: string | null;
}

/** A field of a planned object; `origin` indexes the origins noted with the object. Null: not a register's value. */
export interface NotedField {
  readonly coordinate: string;
  readonly origin: number;
}

/** The fields of one object that stand in the answer. Each counts as a value unless `omit` or `empty` says otherwise, also later. */
export interface ObjectNote {
  readonly subject: Subject;
  readonly fields: readonly (NotedField | null)[];
  /** The case in whose name the object was read. */
  readonly caseId: string;
  readonly origins: readonly RecordOrigin[];
  /** Places of fields that failed or were refused. Null while there is none, which is the usual case. */
  omitted: Set<number> | null;
  /** Places of fields about which the answer says that there is nothing. */
  empty: Set<number> | null;
}

/** Takes a field back: it failed, or was not answered, so it discloses nothing. `field` is its place in the object. */
export function omit(note: ObjectNote, field: number): void {
  (note.omitted ??= new Set()).add(field);
}

/**
 * Null or an empty list, without an error: the register states that there is nothing. A person whom the caller may not see comes
 * to the same, so that no reader of the record learns more of that person than the caller did.
 */
export function noteEmpty(note: ObjectNote, field: number): void {
  (note.empty ??= new Set()).add(field);
}
