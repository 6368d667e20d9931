import { parseRegisteredClients, type RegisteredClients } from '../identity/registered-clients.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import { NO_CHANGE, type AgreementLoad } from './agreement-load.ts';
import type { FolderFiles } from './folder/folder-files.ts';
import { CLIENTS_FILE, idDeclaredIn, isAgreementFile, type LoadedFolder } from './folder/load-agreements.ts';
import { isWithdrawnBy } from './shared/withdrawals.ts';

/** Finds the ids of agreements whose file is gone and that no other file of the folder declares. */
export function vanishedFrom(
  { contents, unreadable }: FolderFiles,
  { fileOf }: LoadedFolder,
): ReadonlySet<string> {
  const missing = [...fileOf].filter(([, file]) => !contents.has(file) && !unreadable.has(file));
  if (missing.length === 0) return new Set();
  const known = new Set(fileOf.values());
  const moved = new Set(
    [...contents]
      .filter(([name]) => isAgreementFile(name) && !known.has(name))
      .map(([, bytes]) => idDeclaredIn(bytes)),
  );
  return new Set(missing.map(([id]) => id).filter((id) => !moved.has(id)));
}

/**
 * Marks withdrawn agreements. The others stay the same objects, because caches use an agreement's object as their key.
 */
export function markWithdrawn(
  agreements: readonly Agreement[],
  vanished: ReadonlySet<string>,
  entries: ReadonlySet<string>,
): readonly Agreement[] {
  return agreements.map((one) =>
    vanished.has(one.id) || isWithdrawnBy(entries, one) ? asWithdrawn(one) : one,
  );
}

/** Marks one agreement as withdrawn. */
export function asWithdrawn(agreement: Agreement): Agreement {
  return agreement.isWithdrawn ? agreement : { ...agreement, isWithdrawn: true };
}

/**
 * Keeps the clients in force that a faulty folder still registers with the same kind and unit. A restriction takes
 * effect at once; a new right waits for a state without faults.
 */
export function stillRegistered(inForce: RegisteredClients, { contents }: FolderFiles): RegisteredClients {
  const { clients, faults } = parseRegisteredClients(contents.get(CLIENTS_FILE));
  if (faults.length > 0) return inForce;
  return new Map(
    [...inForce].filter(([id, { kind, unit }]) => {
      const now = clients.get(id);
      return now?.kind === kind && now.unit === unit;
    }),
  );
}

/** The agreements in force at one moment, and the entries of suspended callers in the folder. */
export interface Effective {
  readonly agreements: readonly Agreement[];
  readonly suspensions: ReadonlySet<string>;
}

/**
 * Finds the agreements and callers that were ended, suspended or lifted between two moments; null where there is no
 * change.
 */
export function restrictionsBetween(before: Effective, after: Effective): Omit<AgreementLoad, 'at'> | null {
  const wasWithdrawn = new Map(before.agreements.map((one) => [nameOf(one), one.isWithdrawn]));
  const versions = (of: readonly Agreement[]) => of.map(({ id, version }) => ({ id, version }));
  const change = {
    ...NO_CHANGE,
    withdrawn: versions(
      after.agreements.filter((one) => one.isWithdrawn && wasWithdrawn.get(nameOf(one)) !== true),
    ),
    reinstated: versions(
      after.agreements.filter((one) => !one.isWithdrawn && wasWithdrawn.get(nameOf(one)) === true),
    ),
    suspended: [...after.suspensions.difference(before.suspensions)],
    lifted: [...before.suspensions.difference(after.suspensions)],
  };
  return Object.values(change).every((list) => list.length === 0) ? null : change;
}

function nameOf({ id, version }: Agreement): string {
  return `${id}@${version}`;
}
