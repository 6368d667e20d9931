import type { MyAccess } from '../proof/check-access.ts';
import { saveFile } from '../shell/save-file.ts';

/** Saves a look with its proof, as `ndg log verify --access` takes it. */
export function saveProof(look: MyAccess): void {
  const name = `bang-chung-${look.proof?.index ?? 0}.json`;
  saveFile(name, 'application/json', `${JSON.stringify(look, null, 2)}\n`);
}
