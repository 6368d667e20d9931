import { parseAuditPapers, type AuditFile, type OrderPaper } from '../../agreements/folder/audit-papers.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { readGiven } from '../agreements/key-file.ts';
import { readOwnerKeys } from '../agreements/read-agreements.ts';
import { readOrdersFile } from './orders-file.ts';

export const checkOrdersCommand = buildSubcommand({
  details: `Prints every fault of a file of audit orders, complaints and releases, as the gateway would find them at its start. Where there
is none, prints what each paper opens and for how long.`,
  arguments: [['<file>', 'the file of orders (audit-orders.yaml)']],
  options: {
    'owner-keys': {
      value: 'FILE',
      meaning: 'the public keys of those who sign; signatures are checked then',
    },
  },
  run: (values, [file = '']) => checkOrders(file, values['owner-keys']),
});

/** Status 1 with every fault of the file; signatures are checked where a file with public keys is given. */
export function checkOrders(file: string, keysFile?: string): CommandResult {
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
