import { isWithdrawnBy } from '../../agreements/shared/withdrawals.ts';
import { unanswerableIn } from '../../policy/grant/unanswerable.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { buildSchemaWithFacts, readAgreementFolder, readOwnerKeys } from './read-agreements.ts';

const OWNER_KEYS = {
  value: 'FILE',
  meaning: "the register owners' public keys; signatures are checked then",
};

export const checkAgreementsCommand = buildSubcommand({
  details: `Prints every fault of a folder of agreements, as the gateway would find them at its start. Where there is none, prints what the
folder holds, and what of a grant can never be answered.`,
  arguments: [['<dir>', 'the folder of agreements']],
  options: { 'owner-keys': OWNER_KEYS },
  run: (values, [directory = '']) => checkAgreements(directory, values['owner-keys']),
});

/** Checks a folder; status 1 and every fault where there is one. Signatures are checked where a file with the owners' keys is given. */
export function checkAgreements(directory: string, keysFile?: string): CommandResult {
  const owners = keysFile === undefined ? 'unsigned' : readOwnerKeys(keysFile);
  const folder = readAgreementFolder(directory, buildSchemaWithFacts(), owners);
  if (folder.faults.length > 0) return { output: folder.faults.join('\n'), status: 1 };
  const { agreements, withdrawals } = folder;
  const lines = agreements.map((one) => {
    const state = isWithdrawnBy(withdrawals.agreements, one) ? ' (withdrawn)' : '';
    return `${one.id} version ${one.version}${state}: ${one.purpose}, ${[...one.systems].join(', ')}`;
  });
  // A misspelt withdrawal withdraws nothing, and its author must be told.
  const idle = [...withdrawals.agreements].filter(
    (entry) => !agreements.some((one) => isWithdrawnBy(new Set([entry]), one)),
  );
  const notes = [
    ...agreements.flatMap((one) => unanswerableIn(one).map((note) => `note: ${one.id}: ${note}`)),
    ...idle.map((entry) => `note: withdrawn.yaml names ${entry}, which is not in force here`),
    ...(owners === 'unsigned' ? ['note: signatures were not checked (--owner-keys FILE)'] : []),
  ];
  return { output: [...lines, ...notes].join('\n'), status: 0 };
}
