import { hasPersonalIdForm } from '../../registers.ts';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { parseAuditFile } from '../../agreements/folder/audit-papers.ts';
import { complaintSubject } from '../../policy/case/complaint-subject.ts';
import { CommandFailure, UsageError, type CommandResult } from '../agreements/command-result.ts';

/**
 * The entry of a complaint, to be put into the file, then signed. The id comes on standard input: arguments stand in the list of
 * processes and in histories.
 */
export async function complaint(
  args: readonly string[],
  input: () => Promise<string>,
): Promise<CommandResult> {
  const { values } = parseArgs({
    args: [...args],
    options: { number: { type: 'string' }, auditor: { type: 'string' }, expires: { type: 'string' } },
  });
  const { number = '', auditor, expires } = values;
  if (!/^KN-\d{6}-\d{4}$/.test(number)) throw new UsageError('--number is needed, as KN-261122-0001.');
  if (auditor === undefined)
    throw new UsageError('--auditor is needed: who looks into it, as clients.yaml names it.');
  if (expires === undefined) throw new UsageError('--expires is needed: the last day, as 2026-12-31.');
  const personalId = (await input()).trim();
  if (!hasPersonalIdForm(personalId))
    throw new CommandFailure('Standard input is not a personal id of 12 digits.');
  const subject = await complaintSubject(number, personalId);
  const entry = stringify([{ number, auditor, expires, subject }]);
  const list = `complaints: # this line once a file\n${entry.trimEnd().replaceAll(/^/gm, '  ')}`;
  const { faults } = parseAuditFile(Buffer.from(list));
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return { output: list, status: 0 };
}
