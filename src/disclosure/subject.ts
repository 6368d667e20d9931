import type { LoggedSubjectKind } from '../log-format/subject-text.ts';

/**
 * The data subject of a part of an answer, never the caller. A row that names somebody without an identifier is
 * `unidentified`: it is known only through the subject that carries it.
 */
export interface Subject {
  readonly kind: LoggedSubjectKind;
  /** The register's key; for an unidentified subject the key of its carrier. */
  readonly key: string;
}

export const NO_SUBJECT: Subject = { kind: 'none', key: '' };
