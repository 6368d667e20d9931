import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { parseAuditFile } from '../../agreements/folder/audit-papers.ts';
import { complaintSubject } from '../../policy/case/complaint-subject.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';

export const writeComplaintCommand = buildSubcommand({
  details: `Prints the entry of a complaint, to be put into the file of orders and then signed. It does not name the person; the personal id
is read from standard input, because arguments can be read in the list of processes and in the shell's history.`,
  options: {
    number: { value: 'KN-...', meaning: 'the number of the complaint' },
    auditor: { value: 'CLIENT', meaning: 'the client that looks into it, as clients.yaml names it' },
    expires: { value: 'YYYY-MM-DD', meaning: 'the last day on which it opens anything' },
  },
  run: (values) => writeComplaint(values, () => text(process.stdin)),
});

/** Builds the entry; `input` gives the personal id. Rejects with UsageError or CommandFailure. */
export async function writeComplaint(
  values: { readonly [Name in 'number' | 'auditor' | 'expires']: string | undefined },
  input: () => Promise<string>,
): Promise<CommandResult> {
  const { number = '', auditor, expires } = values;
  if (!/^KN-\d{6}-\d{4}$/.test(number)) throw new UsageError('--number is needed, as KN-261122-0001.');
  if (auditor === undefined)
    throw new UsageError('--auditor is needed: the client that looks into it, as clients.yaml names it.');
  if (expires === undefined) throw new UsageError('--expires is needed: the last day, as 2026-12-31.');
  const personalId = (await input()).trim();
  if (!/^\d{12}$/.test(personalId))
    throw new CommandFailure('Standard input is not a personal id of 12 digits.');
  const subject = await complaintSubject(number, personalId);
  const entry = stringify([{ number, auditor, expires, subject }]);
  const list = `complaints: # this line once a file\n${entry.trimEnd().replaceAll(/^/gm, '  ')}`;
  const { faults } = parseAuditFile(Buffer.from(list));
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return { output: list, status: 0 };
}
