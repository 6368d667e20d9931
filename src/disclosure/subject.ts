/**
 * The person or thing that a part of an answer is about. A row that names somebody without an identifier is `unidentified`:
 * it is known only through the subject that carries it.
 */
export interface Subject {
  readonly kind: 'person' | 'organisation' | 'parcel' | 'certificate' | 'unidentified' | 'none';
  /** The register's key; for an unidentified subject the key of its carrier. */
  readonly key: string;
}

export const NO_SUBJECT: Subject = { kind: 'none', key: '' };
