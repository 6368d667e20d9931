import { parseArgs } from 'node:util';
import {
  ISSUING,
  paperStatement,
  signPaper,
  type SignedPaper,
} from '../../agreements/folder/audit-papers.ts';
import { onlyOne, UsageError, type CommandResult } from '../agreements/command-result.ts';
import { readPrivateKey } from '../agreements/key-file.ts';
import { readOrdersFile, writeSignatures, type NewSignature } from './orders-file.ts';

/** Signs every paper that nobody has signed; prints what was signed. */
export function sign(args: readonly string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'key-id': { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  const file = onlyOne(positionals, 'file of orders');
  const { 'key-id': key, key: keyFile } = values;
  if (key === undefined || keyFile === undefined) throw new UsageError('--key-id and --key are needed.');
  const content = readOrdersFile(file);
  const privateKey = readPrivateKey(keyFile);
  const signed = (['orders', 'complaints', 'releases'] as const).flatMap((list) =>
    (content[list] as readonly SignedPaper[]).flatMap((paper, at) => {
      if (paper.signature) return [];
      const signature = signPaper(paper, ISSUING, privateKey);
      return [{ paper, new: { list, at, field: 'signature', key, signature } satisfies NewSignature }];
    }),
  );
  if (signed.length === 0) return { output: 'Nothing is unsigned.', status: 0 };
  writeSignatures(
    file,
    signed.map((one) => one.new),
  );
  return {
    output: signed
      .map(({ paper }) => paperStatement(paper, ISSUING).toString())
      .join('\n')
      .trimEnd(),
    status: 0,
  };
}
