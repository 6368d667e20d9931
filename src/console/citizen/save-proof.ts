import type { MyAccess } from '../proof/check-access.ts';
import { saveFile } from '../shell/save-file.ts';
import { textOfProof } from './proof-text.ts';

/** Saves a look with its proof. */
export function saveProof(look: MyAccess): void {
  saveFile(`bang-chung-${look.proof?.index ?? 0}.json`, 'application/json', textOfProof(look));
}
