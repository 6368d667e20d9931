import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAgreementFile } from '../../agreements/folder/agreement-file.ts';
import { APPROVING, AUDIT_FILE, ISSUING } from '../../agreements/folder/audit-papers.ts';
import { isAgreementFile } from '../../agreements/folder/load-agreements.ts';
import { generateKey } from '../agreements/generate-key.ts';
import { signAllAgreements } from '../agreements/sign-agreement.ts';
import { approveOrder } from '../orders/approve-order.ts';
import { readOrdersFile } from '../orders/orders-file.ts';
import { signOrders } from '../orders/sign-orders.ts';
import { makeClosedFolder, writeClosed } from './setup-folders.ts';

const KEY_ID = 'o1';

/**
 * Makes a key for the owner of each register that the agreements name, and for audit orders and their approval, and signs everything.
 * Returns the content of `owner-keys.<id>.json`: the public halves.
 */
export function signAll(agreements: string, owners: string): string {
  makeClosedFolder(owners);
  const registers = providersIn(agreements);
  const published = [...registers, ISSUING, APPROVING].map((register) => {
    const { output } = generateKey(KEY_ID);
    writeClosed(join(owners, `${register}.pem`), `${output}\n`);
    return [register, [JSON.parse(output.split('\n').at(-1) ?? '')]] as const;
  });
  for (const register of registers) {
    signAllAgreements(agreements, { register, keyId: KEY_ID, keyFile: join(owners, `${register}.pem`) });
  }
  const orders = join(agreements, AUDIT_FILE);
  if (existsSync(orders)) signOrdersTwice(orders, owners);
  return `${JSON.stringify(Object.fromEntries(published), null, 2)}\n`;
}

/** Issues every order, and approves those whose searches by subject were approved before, under a key of another person. */
function signOrdersTwice(file: string, owners: string): void {
  signOrders(file, { keyId: KEY_ID, keyFile: join(owners, `${ISSUING}.pem`) });
  for (const { number, bySubject } of readOrdersFile(file).orders) {
    if (bySubject !== 'demo') continue;
    approveOrder(file, { number, keyId: KEY_ID, keyFile: join(owners, `${APPROVING}.pem`) });
  }
}

/** Registers that provide data to any agreement of the folder; a faulty agreement is reported where it is signed. */
function providersIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter(isAgreementFile);
  const providers = files.flatMap(
    (name) => parseAgreementFile(readFileSync(join(folder, name))).file?.parties.providers ?? [],
  );
  return [...new Set(providers)].toSorted();
}
