/** In whose name a register was asked: one text for one officer and dossier. */
export function requesterOf({
  officer,
  dossier,
}: {
  readonly officer: string;
  readonly dossier: string;
}): string {
  return JSON.stringify([officer, dossier]);
}
