import type { MyAccess } from '../proof/check-access.ts';

/** A look with its proof as a file's text, as `ndg log verify --access` takes it. */
export function textOfProof(look: MyAccess): string {
  return `${JSON.stringify(look, null, 2)}\n`;
}
