import { renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import {
  ISSUING,
  paperStatement,
  parseAuditFile,
  type AuditFile,
} from '../../agreements/folder/audit-papers.ts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { readGiven } from '../agreements/key-file.ts';

/** One signature that is to be put into the file. */
export interface NewSignature {
  readonly list: keyof AuditFile;
  /** The index in the list. */
  readonly at: number;
  readonly field: 'signature' | 'bySubject';
  readonly key: string;
  /** Base64. */
  readonly signature: string;
}

/** Reads a file of orders. Throws CommandFailure with every fault of its shape. */
export function readOrdersFile(file: string): AuditFile {
  return contentOf(file, readGiven(file));
}

/**
 * Puts signatures into the file and changes nothing else: comments and order are kept. Throws CommandFailure where the
 * file is written in a way that cannot be kept.
 */
export function writeSignatures(file: string, signatures: readonly NewSignature[]): void {
  const before = readGiven(file);
  const text = signedText(file, before, signatures);
  // The papers in the new file must be those that were signed.
  const after = contentOf(file, Buffer.from(text));
  if (statementsOf(after) !== statementsOf(contentOf(file, before))) throw unkept(file);
  // The file is replaced whole, because a gateway may be reading it.
  const temporary = join(dirname(file), `.${process.pid}.orders.new`);
  writeFileSync(temporary, text, { mode: statSync(file).mode });
  renameSync(temporary, file);
}

function signedText(file: string, bytes: Buffer, signatures: readonly NewSignature[]): string {
  try {
    const document = parseDocument(bytes.toString('utf8'));
    for (const { list, at, field, key, signature } of signatures) {
      document.setIn([list, at, field], document.createNode({ key, signature }));
    }
    return document.toString({ lineWidth: 0 });
  } catch {
    throw unkept(file);
  }
}

/** Joins the statements of all papers, without their signatures. */
function statementsOf({ orders, complaints, releases }: AuditFile): string {
  return [...orders, ...complaints, ...releases].map((one) => paperStatement(one, ISSUING)).join('\n');
}

function contentOf(file: string, bytes: Buffer): AuditFile {
  const { content, faults } = parseAuditFile(bytes);
  if (!content) throw new CommandFailure([`${file}:`, ...faults].join('\n  '));
  return content;
}

function unkept(file: string): CommandFailure {
  return new CommandFailure(
    `${file} cannot be signed as it is written: write its papers out, without aliases.`,
  );
}
