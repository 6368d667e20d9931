import { parseArgs } from 'node:util';
import { parseAuditPapers, type AuditFile, type OrderPaper } from '../../agreements/folder/audit-papers.ts';
import { onlyOne, type CommandResult } from '../agreements/command-result.ts';
import { readGiven } from '../agreements/key-file.ts';
import { readOwnerKeys } from '../agreements/read-folder.ts';
import { readOrdersFile } from './orders-file.ts';

/** Every fault of the file; what it opens, where there is none. Signatures are checked where the keys are given. */
export function check(args: readonly string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'owner-keys': { type: 'string' } },
    allowPositionals: true,
  });
  const file = onlyOne(positionals, 'file of orders');
  const keysFile = values['owner-keys'];
  const owners = keysFile === undefined ? 'unsigned' : readOwnerKeys(keysFile);
  const { faults } = parseAuditPapers(readGiven(file), owners);
  if (faults.length > 0) return { output: faults.join('\n'), status: 1 };
  const content = readOrdersFile(file);
  const notes = [
    ...content.orders
      .filter(({ bySubject }) => bySubject === 'demo')
      .map(({ number }) => `note: ${number} approves searches by subject for the demo alone`),
    ...(owners === 'unsigned' ? ['note: signatures were not checked (--owner-keys FILE)'] : []),
  ];
  return { output: [...linesOf(content), ...notes].join('\n') || 'No papers.', status: 0 };
}

function linesOf({ orders, complaints, releases }: AuditFile): readonly string[] {
  return [
    ...orders.map(orderLine),
    ...complaints.map(
      ({ number, auditor, expires }) => `${number}: ${auditor}, one person, until ${expires}`,
    ),
    ...releases.map((one) => `release of ${one.case}: on ${one.on}`),
  ];
}

function orderLine({
  number,
  auditor,
  officers,
  agencies,
  from,
  until,
  expires,
  bySubject,
}: OrderPaper): string {
  const who = officers ? `${auditor} (${officers.join(', ')})` : auditor;
  const whose = agencies === 'all' ? 'all agencies' : agencies.join(', ');
  const approved = bySubject === undefined ? '' : ', by subject too';
  return `${number}: ${who}, accesses of ${whose} from ${from} to ${until}${approved}, until ${expires}`;
}
