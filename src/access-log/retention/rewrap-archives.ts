import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { rewrapKey, type Rewrapped } from '../write/keys/rewrap-keys.ts';
import { addArchivedKeys, archivedKeys, KEYS_FILE } from './sealed-part.ts';

/**
 * Wraps the data keys of all archives of a folder anew, like `rewrapKeys`. Throws ArchiveNotOpened and the system's
 * errors.
 */
export function rewrapArchives(folder: string, ring: KeyRing): Rewrapped {
  const unopened: string[] = [];
  let keys = 0;
  let rewrapped = 0;
  for (const archive of archivesIn(folder)) {
    const byId = Map.groupBy(archivedKeys(archive), ({ id }) => id);
    const fresh = [...byId].flatMap(([id, known]) => {
      const wrapped = rewrapKey(ring, id, known);
      if (wrapped === null) unopened.push(id);
      return wrapped ?? [];
    });
    if (fresh.length > 0) addArchivedKeys(archive, fresh);
    keys += byId.size;
    rewrapped += fresh.length;
  }
  return { keys, rewrapped, unopened };
}

function archivesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => basename(name) === KEYS_FILE)
    .map((name) => dirname(join(folder, name)))
    .sort();
}
