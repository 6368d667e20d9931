import { hash } from 'node:crypto';
import type { NoteSigner } from '../../log-format/notes/note-key.ts';
import { signNote } from '../../log-format/notes/signed-note.ts';

/** The kinds of statements that the key of a log signs. */
export type StatementKind = 'breach-report' | 'daily-report';

/** The text that is signed: `<log> <kind> v1`, then the SHA-256 of the statement in base64. */
export function statementNote(kind: StatementKind, statement: string, log: string): string {
  return `${log} ${kind} v1\n${hash('sha256', statement, 'base64')}\n`;
}

/** A signed note (C2SP) over a statement. */
export function signStatement(kind: StatementKind, statement: string, signer: NoteSigner): string {
  return signNote(statementNote(kind, statement, signer.key.name), signer);
}
