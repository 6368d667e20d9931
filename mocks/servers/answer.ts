/** A register's refusal of one officer account (`004`, `005`; REGISTERS.md, Population). */
export interface Refusal {
  readonly officer: string;
  readonly code: string;
}

/**
 * A row of an answer, its record already in wire format. Faults work on rows, before the whole answer is
 * written.
 */
export interface AnswerRow {
  readonly kind: string;
  readonly key: string;
  readonly isFound: boolean;
  /** The record in wire format, without the row around it; empty where none is given. */
  readonly content: string;
  /** The register's date of this record, `yyyy-mm-dd`. */
  readonly asOf?: string;
  readonly refused: readonly Refusal[];
}

/** A finished answer that faults may still spoil. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly rows: readonly AnswerRow[];
  /** Writes the whole body; without rows where the answer is an error. */
  readonly render: (rows: readonly AnswerRow[]) => string;
}

/** A service's own format when it is broken on purpose. */
export interface FaultFormat {
  /** A body of valid syntax that holds nothing. */
  readonly emptyObject: string;
  /** A body of valid syntax whose list of rows is of another type. */
  readonly wrongEnvelope: string;
  /** The record with valid syntax and wrong types. */
  readonly breakRecord: (content: string) => string;
  /** Another record of the same kind, for swapped and stray rows. */
  readonly contentOf: (kind: string, key: string) => string | undefined;
}
