/** Returns one text for the officer and dossier in whose name a register was asked. */
export function requesterOf({
  officer,
  dossier,
}: {
  readonly officer: string;
  readonly dossier: string;
}): string {
  return JSON.stringify([officer, dossier]);
}
