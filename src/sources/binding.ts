import type { ErrorCode } from '../errors.ts';
import type { KeyedSubjectKind } from '../log-format/subject-text.ts';
import { hasPersonalIdForm } from '../registers.ts';
import type { MatchFactor } from '../policy/row-rules/match-factor.ts';
import type { Broken, RecordKind, RecordValue } from './records/record.ts';

/** The kinds of data subject that a register's keys can name. */
export type SubjectKind = KeyedSubjectKind;

export type SubjectOf = (key: string) => SubjectKind;

/**
 * The kind of subject that a business code names. Since 1 July 2025 the code of a household business is its
 * owner's personal id, so that it names a person.
 */
export function subjectOfBusinessCode(code: string): SubjectKind {
  return hasPersonalIdForm(code) ? 'person' : 'organisation';
}

/** An object type of the schema that is found by a key. */
export interface EntityBinding {
  /** Field of the schema that holds the key; null where the key is not in the schema (household). */
  readonly keyField: string | null;
  /** The record that decides whether the object exists at all. */
  readonly anchor: RecordKind;
  /**
   * The subject of an object of this type. Where it is absent, the object is about the subject from which it
   * was reached.
   */
  readonly subject?: SubjectOf;
  /** The persons to whom the record leads: a `match` factor may fit the name and birth date of any of them. */
  readonly matchPersons?: (anchor: RecordValue) => readonly string[];
}

/** A root field of the register that takes one identifier. */
export interface RootBinding {
  readonly entity: string;
  readonly argument: string;
  /** Canonical key, or undefined where the identifier is malformed. */
  readonly parse: (identifier: string) => string | undefined;
}

/** Arguments of a minimised field, by name, after coercion; `today` where none was given for a day. */
export type EvaluationArguments = Readonly<Record<string, unknown>>;

/** True, false, null where the registers do not say, BROKEN, or the code of a failure at the field's path. */
export type EvaluationResult = boolean | null | Broken | Extract<ErrorCode, 'HISTORY_UNSUPPORTED'>;

/**
 * A register's own yes-or-no operation for the question of a field: it is asked in the place of the record where nothing else reads
 * that, so that the value itself never arrives. A record of this kind holds `isConfirmed` alone.
 */
export interface Verification {
  readonly kind: RecordKind;
  readonly factor: (given: EvaluationArguments) => MatchFactor;
  readonly key: (key: string, factor: MatchFactor) => string;
}

/**
 * A field that answers a question about records instead of handing a value out. `record` is the register's own
 * record of the entity, null where it has none; `anchor` is the entity's anchor. The function is pure.
 */
export interface Evaluation {
  /** Arguments that hold a day, `yyyy-mm-dd`: absent they mean today. */
  readonly days: readonly string[];
  /** Arguments that hold an identifier, with what makes them canonical; undefined from it is BAD_IDENTIFIER. */
  readonly identifiers: Readonly<Record<string, (identifier: string) => string | undefined>>;
  /** Absent: the register has no operation for the question. */
  readonly verification?: Verification;
  /** Persons whose death matters, by personal id; `evaluate` is told of the dead among them. */
  readonly kin?: (record: RecordValue | null) => readonly string[];
  readonly evaluate: (
    record: RecordValue | null,
    anchor: RecordValue,
    given: EvaluationArguments,
    today: string,
    /** The dead among the kin, each with the day, as far as a register knows it. */
    deaths?: ReadonlyMap<string, string | null>,
  ) => EvaluationResult;
}

/**
 * A register's part of the schema, as the plan needs it to read that part from records. The registers of this
 * repository name coordinates by their generated types; a register of another origin may use any string.
 */
export interface RegisterBinding<Field extends string = string, Link extends string = string> {
  /** Entity types that this register owns. */
  readonly entities: Readonly<Record<string, EntityBinding>>;
  /** The record from which this register answers its fields of each entity type, its own or another register's. */
  readonly records: Readonly<Record<string, RecordKind>>;
  /** Coordinates that lead to an entity, with the property of the record or row that holds its key or keys. */
  readonly links: Readonly<Partial<Record<Link, string>>>;
  /** Value types whose rows name a subject of their own, with the properties that may hold its key. */
  readonly rowSubjects: Readonly<Record<string, readonly (readonly [property: string, SubjectOf])[]>>;
  /** Minimised fields, by coordinate. */
  readonly evaluations: Readonly<Partial<Record<Field, Evaluation>>>;
  readonly roots: Readonly<Record<string, RootBinding>>;
  /**
   * Keys of an entity type, of another register, under which this register holds nothing of that entity: it is not asked, because
   * it would take the key for another kind of subject's.
   */
  readonly nothingFor?: Readonly<Record<string, (key: string) => boolean>>;
}

/** Personal ids in a list of rows; broken or nameless rows lead to nobody. */
export function personalIdsIn(rows: unknown): readonly string[] {
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) =>
    typeof row === 'object' && row !== null && 'personalId' in row && typeof row.personalId === 'string'
      ? [row.personalId]
      : [],
  );
}
