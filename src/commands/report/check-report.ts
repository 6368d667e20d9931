import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statementNote } from '../../access-log/queries/sign-statement.ts';
import { canonicalJson, type JsonValue } from '../../log-format/canonical-json.ts';
import { ED25519, parseVerifierKey, type VerifierKey } from '../../log-format/notes/note-key.ts';
import { openNote } from '../../log-format/notes/signed-note.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';

/** Checks that a log's key signed the report in a folder. Status 1 where it did not. */
export function checkReport(folder: string, keyGiven: string): CommandResult {
  const key = keyOf(keyGiven);
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      throw new CommandFailure(`The folder has no ${name} that can be read.`);
    }
  };
  const statement = read('report.json');
  const note = openNote(read('report.sig'), [key]);
  const isSigned = note?.text === statementNote('daily-report', statement, key.name);
  if (!isSigned || !isCanonical(statement)) {
    return {
      output: `Not signed by ${key.name}: the report is another one, or the signature another’s.`,
      status: 1,
    };
  }
  const { day, capturedAt, isProvisional } = JSON.parse(statement) as Readonly<Record<string, unknown>>;
  return { output: JSON.stringify({ day, capturedAt, isProvisional, signedBy: key.name }), status: 0 };
}

/** One spelling: a member that stands twice would be read in two ways. */
function isCanonical(statement: string): boolean {
  try {
    return canonicalJson(JSON.parse(statement) as JsonValue) === statement;
  } catch {
    return false;
  }
}

function keyOf(given: string): VerifierKey {
  const text = existsSync(given) ? (readFileSync(given, 'utf8').trim().split('\n')[0] ?? '') : given;
  const key = parseVerifierKey(text);
  if (key?.type !== ED25519)
    throw new UsageError('--key is not the vkey of a log (`ndg log keys` prints it).');
  return key;
}
