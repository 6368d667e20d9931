import type { Agreement } from '../../policy/agreement/agreement.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { conditionsOf, pathsOf } from './conditions.ts';
import { buildSchemaWithFacts, readGoodFolder } from './read-agreements.ts';

export const diffAgreementsCommand = buildSubcommand({
  details: 'Prints what a new folder changes: agreements, their conditions, and the paths of their grants.',
  arguments: [
    ['<old-dir>', 'the folder in force'],
    ['<new-dir>', 'the folder to compare with it'],
  ],
  options: {},
  run: (_values, [oldDirectory = '', newDirectory = '']) => diffAgreements(oldDirectory, newDirectory),
});

/** Compares two folders without faults. Throws CommandFailure. */
export function diffAgreements(oldDirectory: string, newDirectory: string): CommandResult {
  const schema = buildSchemaWithFacts();
  const before = byId(readGoodFolder(oldDirectory, schema).agreements);
  const after = byId(readGoodFolder(newDirectory, schema).agreements);
  const ids = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const blocks = ids.flatMap((id) => {
    const lines = changesOf(before.get(id), after.get(id));
    return lines.length > 0 ? [`${id}\n${lines.map((line) => `  ${line}\n`).join('')}`] : [];
  });
  return { output: blocks.length > 0 ? blocks.join('\n').trimEnd() : 'No difference.', status: 0 };
}

function byId(agreements: readonly Agreement[]): ReadonlyMap<string, Agreement> {
  return new Map(agreements.map((one) => [one.id, one]));
}

function changesOf(before: Agreement | undefined, after: Agreement | undefined): readonly string[] {
  if (!after) return before ? [`- the agreement, version ${before.version}`] : [];
  const nothing: ReadonlyMap<string, string> = new Map();
  const changes = [
    ...changesIn(before ? conditionsOf(before) : nothing, conditionsOf(after), ': '),
    ...changesIn(before ? pathsOf(before.grant) : nothing, pathsOf(after.grant), ''),
  ];
  if (!before) return [`+ the agreement, version ${after.version}`, ...changes];
  if (before.digest === after.digest) return [];
  const rise = before.version === after.version ? ' (must be higher)' : '';
  return [`version ${before.version} -> ${after.version}${rise}`, ...changes];
}

/** `+` what is new, `-` what is gone, `~` what is another. */
function changesIn(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  join: string,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const old = before.get(name);
    const now = after.get(name);
    if (old === now) return [];
    if (old === undefined) return [`+ ${name}${join}${now}`];
    if (now === undefined) return [`- ${name}${join}${old}`];
    return [`~ ${name}: ${old || 'no argument'} -> ${now || 'no argument'}`];
  });
}
