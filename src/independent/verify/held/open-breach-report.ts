import { hash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { canonicalJson, type JsonValue } from '../../../log-format/canonical-json.ts';
import { keysOfOrigin } from '../../../log-format/notes/checkpoint.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import { openNote } from '../../../log-format/notes/signed-note.ts';
import { jsonOf } from '../reading/export-folder.ts';
import { forgedOrForeign } from '../reading/open-checkpoint.ts';
import { shapeCheck } from '../reading/shape-check.ts';
import { Tampering } from '../faults/tampering.ts';
import type { BreachReportResult } from '../verdict/verify-result.ts';

/** A breach report as its holder has it: the answer to `breachReport`, or that field of it. */
export interface HeldReport {
  /** Name for the report. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface OpenedReport {
  readonly name: string;
  /** Origin of the log whose key signed the report. */
  readonly origin: string;
  readonly statement: BreachStatement;
  /** Members beside the statement that it does not have: anybody can have written them. */
  readonly unsigned: readonly string[];
}

const time = z.string().nullable();
const count = z.int().nonnegative();

/** FORMAT.md, Breach report. */
const StatementFormat = z.strictObject({
  v: z.literal(1),
  kind: z.literal('breach-report'),
  client: z.string().nullable(),
  officer: z.string().nullable(),
  key: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  order: z.string(),
  covered: z.strictObject({ clients: z.array(z.string()).nullable(), from: time, to: time }),
  logs: z.array(z.strictObject({ log: z.string(), from: count, to: count })),
  unreadable: z.array(z.strictObject({ log: z.string(), from: count, entries: count })),
  madeAt: z.string(),
  answers: count,
  entries: count,
  firstAccess: time,
  lastAccess: time,
  subjects: z.record(z.string(), count),
  categories: z.array(
    z.strictObject({ category: z.string(), coordinates: z.array(z.string()), disclosures: count }),
  ),
  notify: z
    .strictObject({
      from: count,
      subjects: z.array(z.strictObject({ kind: z.string(), key: z.string() })),
    })
    .nullable(),
});
export type BreachStatement = z.infer<typeof StatementFormat>;

const isStatement = shapeCheck(StatementFormat);

/** The log's key signed the statement, and what stands beside it in the file says the same. Throws Tampering. */
export function openBreachReport({ name, bytes }: HeldReport, keys: readonly VerifierKey[]): OpenedReport {
  const report = isUtf8(bytes) ? reportIn(jsonOf(bytes.toString('utf8'))) : {};
  const { statement: text, signature, ...beside } = report;
  if (typeof text !== 'string' || typeof signature !== 'string') {
    throw malformed(name, 'It has no statement with its signature.');
  }
  const origin = openSignature(name, text, signature, keys);
  const statement = jsonOf(text);
  // One spelling: a member that stands twice would be read in two ways.
  if (!isStatement(statement) || canonicalText(statement) !== text) {
    throw malformed(name, 'Its statement is not as the format says.');
  }
  const stated = statedBeside(statement);
  for (const [member, value] of Object.entries(beside)) {
    if (!agrees(value, stated[member])) {
      const detail = `${name}: its member "${member}" is not what its statement says.`;
      throw new Tampering('told-otherwise', null, detail);
    }
  }
  const unsigned = Object.keys(beside).filter((member) => !(member in stated) && member !== '__typename');
  return { name, origin, statement, unsigned };
}

/** The statement without the persons that it is about. */
export function statedIn({ origin, statement, unsigned }: OpenedReport): BreachReportResult['stated'] {
  const { madeAt, order, answers, entries, subjects, notify } = statement;
  return {
    origin,
    madeAt,
    order,
    answers,
    entries,
    subjects: Object.values(subjects).reduce((sum, one) => sum + one, 0),
    notify: notify && { from: notify.from, count: notify.subjects.length },
    unsigned,
  };
}

/** The whole answer, its data, or the report by itself. */
function reportIn(json: unknown): Readonly<Record<string, unknown>> {
  const answer = membersOf(json);
  const data = membersOf(answer['data'] ?? answer);
  return membersOf(data['breachReport'] ?? data);
}

function membersOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
}

function openSignature(
  name: string,
  statement: string,
  note: string,
  logKeys: readonly VerifierKey[],
): string {
  const origin = / breach-report v1\n/.exec(note) ? (note.split(' breach-report v1\n', 1)[0] ?? '') : '';
  const keys = keysOfOrigin(logKeys, origin);
  if (keys.length === 0) throw new Tampering('wrong-log', null, `The signature of ${name}.`);
  const opened = openNote(note, keys);
  if (!opened) throw new Tampering(forgedOrForeign(note, keys), null, `The signature of ${name}.`);
  if (opened.text !== `${origin} breach-report v1\n${hash('sha256', statement, 'base64')}\n`) {
    throw new Tampering('swapped-report', null, `${name}: what the log signed is another statement.`);
  }
  return origin;
}

/** Under the names and in the form of the schema's BreachReport. */
function statedBeside(statement: BreachStatement): Readonly<Record<string, unknown>> {
  const { answers, entries, firstAccess, lastAccess, subjects, categories, unreadable, notify } = statement;
  const subjectCount = Object.values(subjects).reduce((sum, one) => sum + one, 0);
  const end = notify && notify.from + notify.subjects.length;
  return {
    answers,
    entries,
    firstAccess,
    lastAccess,
    subjectCount,
    categories,
    unreadable: unreadable.map(({ from, ...one }) => ({ ...one, index: from })),
    next: end !== null && end < subjectCount ? `s${end}` : null,
    subjects: (notify?.subjects ?? []).map(({ kind, key }) => ({ kind: kind.toUpperCase(), key })),
  };
}

/**
 * Compares a member that a query asked for with the statement. Members may be left out, but must not say anything else.
 */
function agrees(said: unknown, stated: unknown): boolean {
  if (stated === undefined) return true;
  if (Array.isArray(said)) {
    return (
      Array.isArray(stated) &&
      said.length === stated.length &&
      said.every((one, at) => agrees(one, (stated as readonly unknown[])[at]))
    );
  }
  if (typeof said !== 'object' || said === null) return said === stated;
  if (typeof stated !== 'object' || stated === null) return false;
  return Object.entries(said).every(([name, one]) =>
    agrees(one, (stated as Readonly<Record<string, unknown>>)[name]),
  );
}

/** The canonical text; null where JSON let a string pass that is no Unicode text. */
function canonicalText(statement: BreachStatement): string | null {
  try {
    return canonicalJson(statement as JsonValue);
  } catch {
    return null;
  }
}

function malformed(name: string, detail: string): Tampering {
  return new Tampering('malformed-report', null, `${name}: ${detail}`);
}
