import { parseArgs } from 'node:util';
import { complaintSubject } from '../../policy/complaint-subject.ts';
import { CommandFailure, UsageError, type CommandResult } from '../agreements/command-result.ts';

/** `subject` of a complaint. The id comes on standard input: arguments stand in the list of processes and in histories. */
export async function complaint(
  args: readonly string[],
  input: () => Promise<string>,
): Promise<CommandResult> {
  const { values } = parseArgs({ args: [...args], options: { number: { type: 'string' } } });
  const { number = '' } = values;
  if (!/^KN-\d{6}-\d{4}$/.test(number)) throw new UsageError('--number is needed, as KN-261122-0001.');
  const personalId = (await input()).trim();
  if (!/^\d{12}$/.test(personalId))
    throw new CommandFailure('Standard input is not a personal id of 12 digits.');
  return { output: await complaintSubject(number, personalId), status: 0 };
}
