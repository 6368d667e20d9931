import { rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Takes away what `mkdirSync(folder, { recursive: true })` made, for a command that failed: innermost first, as far as nobody has
 * put anything there. `topMade`: as it returned it; undefined where the folder was there.
 */
export function removeMadeFolders(folder: string, topMade: string | undefined): void {
  if (topMade === undefined) return;
  const top = resolve(topMade);
  for (let made = resolve(folder); made.length >= top.length; made = dirname(made)) {
    try {
      rmdirSync(made);
    } catch {
      // Not empty: somebody else is using it.
      return;
    }
  }
}
