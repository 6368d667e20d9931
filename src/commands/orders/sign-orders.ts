import {
  ISSUING,
  paperStatement,
  signPaper,
  type SignedPaper,
} from '../../agreements/folder/audit-papers.ts';
import { UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { readPrivateKey } from '../agreements/key-file.ts';
import { readOrdersFile, writeSignatures, type NewSignature } from './orders-file.ts';

export const signOrdersCommand = buildSubcommand({
  details:
    'Signs every order, complaint and release of the file that nobody has signed, and prints what was signed.',
  arguments: [['<file>', 'the file of orders (audit-orders.yaml)']],
  options: {
    'key-id': { value: 'ID', meaning: "the key's name under audit-orders in owner-keys.<id>.json" },
    key: { value: 'PEMFILE', meaning: 'the private key' },
  },
  run: ({ 'key-id': keyId, key: keyFile }, [file = '']) => {
    if (keyId === undefined || keyFile === undefined) throw new UsageError('--key-id and --key are needed.');
    return signOrders(file, { keyId, keyFile });
  },
});

/** Signs every paper that nobody has signed. Throws CommandFailure. */
export function signOrders(
  file: string,
  { keyId: key, keyFile }: { readonly keyId: string; readonly keyFile: string },
): CommandResult {
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
