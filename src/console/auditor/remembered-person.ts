/**
 * The person that the auditor searches for, kept in the memory of this tab alone: a personal id stands in no address, and so
 * neither in the browser's history nor in a server's log.
 */
let remembered = '';

export function rememberedPerson(): string {
  return remembered;
}

export function rememberPerson(personalId: string): void {
  remembered = personalId;
}
