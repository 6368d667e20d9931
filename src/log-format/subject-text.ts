/** Kinds of data subject that a register finds by a key. */
export const KEYED_SUBJECT_KINDS = ['person', 'organisation', 'parcel', 'certificate'] as const;
export type KeyedSubjectKind = (typeof KEYED_SUBJECT_KINDS)[number];

/**
 * Kinds of subject that an entry of the log may be about (FORMAT.md). `unidentified` is a person that a record names
 * without an identifier; `none` stands in the one entry of an answer that is about nobody.
 */
export const SUBJECT_KINDS = [...KEYED_SUBJECT_KINDS, 'unidentified', 'none'] as const;
export type LoggedSubjectKind = (typeof SUBJECT_KINDS)[number];

/**
 * Returns one text for one subject, as a key of maps and sets. A business code may equal its owner's personal id, so
 * the kind stands in it.
 */
export function subjectText({
  kind,
  key,
}: {
  readonly kind: LoggedSubjectKind;
  readonly key: string;
}): string {
  return `${kind} ${key}`;
}

/** Reads what `subjectText` wrote. No kind has a space. */
export function readSubjectText(text: string): { readonly kind: LoggedSubjectKind; readonly key: string } {
  const space = text.indexOf(' ');
  return { kind: text.slice(0, space) as LoggedSubjectKind, key: text.slice(space + 1) };
}
