import { parseArgs } from 'node:util';
import { isWithdrawnBy } from '../../agreements/shared/withdrawals.ts';
import { onlyOne, type CommandResult } from './command-result.ts';
import { buildSchemaWithFacts, readAgreementFolder, readOwnerKeys } from './read-folder.ts';

/** Every fault of a folder; what it holds, where there is none. Signatures are checked where the owners' keys are given. */
export function check(args: readonly string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'owner-keys': { type: 'string' } },
    allowPositionals: true,
  });
  const keysFile = values['owner-keys'];
  const owners = keysFile === undefined ? 'unsigned' : readOwnerKeys(keysFile);
  const folder = readAgreementFolder(onlyOne(positionals, 'folder'), buildSchemaWithFacts(), owners);
  if (folder.faults.length > 0) return { output: folder.faults.join('\n'), status: 1 };
  const { agreements, withdrawals } = folder;
  const lines = agreements.map((one) => {
    const state = isWithdrawnBy(withdrawals.agreements, one) ? ' (withdrawn)' : '';
    return `${one.id} version ${one.version}${state}: ${one.purpose}, ${[...one.systems].join(', ')}`;
  });
  // A misspelt withdrawal withdraws nothing: its author must learn that.
  const idle = [...withdrawals.agreements].filter(
    (entry) => !agreements.some((one) => isWithdrawnBy(new Set([entry]), one)),
  );
  const notes = [
    ...idle.map((entry) => `note: withdrawn.yaml names ${entry}, which is not in force here`),
    ...(owners === 'unsigned' ? ['note: signatures were not checked (--owner-keys FILE)'] : []),
  ];
  return { output: [...lines, ...notes].join('\n'), status: 0 };
}
