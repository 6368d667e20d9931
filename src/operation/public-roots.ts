/** Roots about administrative units, which are nobody's data. */
const UNIT_ROOTS: ReadonlySet<string> = new Set(['administrativeUnit', 'resolveAddress']);

/** Whether a root is nobody's data, so that a token is enough for it: introspection and administrative units. */
export function isPublicRoot(fieldName: string): boolean {
  return fieldName.startsWith('__') || UNIT_ROOTS.has(fieldName);
}
