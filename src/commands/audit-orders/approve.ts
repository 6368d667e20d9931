import { createPublicKey } from 'node:crypto';
import { parseArgs } from 'node:util';
import {
  APPROVING,
  ISSUING,
  isSignedWith,
  paperStatement,
  signPaper,
} from '../../agreements/folder/audit-papers.ts';
import { CommandFailure, onlyOne, UsageError, type CommandResult } from '../agreements/command-result.ts';
import { readPrivateKey } from '../agreements/key-file.ts';
import { readOrdersFile, writeSignatures } from './orders-file.ts';

/** A second person allows searches by subject under one order that was issued; prints what was signed. */
export function approve(args: readonly string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { number: { type: 'string' }, 'key-id': { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  const file = onlyOne(positionals, 'file of orders');
  const { number, 'key-id': key, key: keyFile } = values;
  if (number === undefined || key === undefined || keyFile === undefined) {
    throw new UsageError('--number, --key-id and --key are needed.');
  }
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
