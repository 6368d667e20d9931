import { createPublicKey } from 'node:crypto';
import {
  APPROVING,
  ISSUING,
  isSignedWith,
  paperStatement,
  signPaper,
} from '../../agreements/folder/audit-papers.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { readPrivateKey } from '../agreements/key-file.ts';
import { readOrdersFile, writeSignatures } from './orders-file.ts';

export const approveOrderCommand = buildSubcommand({
  details: `Records that a second person allows searches by subject under one order that was issued. Prints what was signed.`,
  arguments: [['<file>', 'the file of orders (audit-orders.yaml)']],
  options: {
    number: { value: 'KT-...', meaning: 'the number of the order' },
    'key-id': { value: 'ID', meaning: "the key's name under audit-approvals in owner-keys.<id>.json" },
    key: { value: 'PEMFILE', meaning: "the second person's private key" },
  },
  run: ({ number, 'key-id': keyId, key: keyFile }, [file = '']) => {
    if (number === undefined || keyId === undefined || keyFile === undefined) {
      throw new UsageError('--number, --key-id and --key are needed.');
    }
    return approveOrder(file, { number, keyId, keyFile });
  },
});

/** Approves one order of the file with another key than the one that issued it. Throws CommandFailure. */
export function approveOrder(
  file: string,
  {
    number,
    keyId: key,
    keyFile,
  }: { readonly number: string; readonly keyId: string; readonly keyFile: string },
): CommandResult {
  const { orders } = readOrdersFile(file);
  const [at = -1, another] = orders.flatMap((one, place) => (one.number === number ? [place] : []));
  const order = orders[at];
  if (!order || another !== undefined) throw new CommandFailure(`${file} does not have one order ${number}.`);
  if (!order.signature) throw new CommandFailure(`${number} is not issued yet: nobody has signed it.`);
  if (order.bySubject !== undefined && order.bySubject !== 'demo') {
    throw new CommandFailure(`${number} is approved already, with key ${order.bySubject.key}.`);
  }
  const privateKey = readPrivateKey(keyFile);
  if (isSignedWith(order, ISSUING, order.signature, createPublicKey(privateKey))) {
    throw new CommandFailure(`${number} was issued with this key: somebody else has to approve it.`);
  }
  const signature = signPaper(order, APPROVING, privateKey);
  writeSignatures(file, [{ list: 'orders', at, field: 'bySubject', key, signature }]);
  return { output: paperStatement(order, APPROVING).toString().trimEnd(), status: 0 };
}
