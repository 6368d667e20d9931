import { hash } from 'node:crypto';
import { z } from 'zod';
import { decodeBase64 } from '../../../log-format/base64.ts';
import { canonicalJson } from '../../../log-format/canonical-json.ts';
import { keysOfOrigin } from '../../../log-format/notes/checkpoint.ts';
import { opensCommitment } from '../../../log-format/commitment.ts';
import { parseDecimal } from '../../../log-format/decimal.ts';
import { ReceiptFormat, type Receipt } from '../../../log-format/entry-format.ts';
import { HASH_BYTES } from '../../../log-format/tree/merkle-hash.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import { openNote } from '../../../log-format/notes/signed-note.ts';
import { jsonOf } from '../reading/export-folder.ts';
import { forgedOrForeign } from '../reading/open-checkpoint.ts';
import { Tampering } from '../faults/tampering.ts';

/** A receipt as its holder has it, with the bodies where they are to be checked. */
export interface HeldReceipt {
  /** Name for the report. */
  readonly name: string;
  /** The receipt's JSON, or the whole answer that carries it. */
  readonly text: string;
  readonly request: Buffer | null;
  /** The answer's body, with or without the receipt in it. */
  readonly answer: Buffer | null;
}

export interface OpenedReceipt {
  readonly name: string;
  readonly origin: string;
  /** Id of the answer. */
  readonly id: string;
  readonly request: string;
  readonly answer: string;
  /** Time of the answer, milliseconds since 1970. */
  readonly time: number;
  /** Leaf hashes of the entries that its holder knows of. */
  readonly leaves: readonly Uint8Array[];
  /** Bodies that were shown to be those of the receipt. */
  readonly bodies: readonly ('request' | 'answer')[];
  /** Bodies were given, and it has no opening to compare them with: it may be kept without one. */
  readonly isUnopened: boolean;
}

export const RECEIPT_LIMITS = {
  statement: {
    value: 1 << 24,
    unit: 'characters',
    why: 'A receipt has a line for each entry, and a mass answer has many entries.',
  },
} as const;
const COMMITMENT = '[A-Za-z0-9_-]{43}';
const HEAD = new RegExp(
  `^(?<origin>[^\\n]+) receipt v1\\n(?<id>[0-9a-f]{32})\\ntime (?<time>[^\\n]+)\\nrequest (?<request>${COMMITMENT})\\nanswer (?<answer>${COMMITMENT})\\n(?<entries>(?:entry [^\\n]+\\n)*)$`,
);
/** The places where a receipt may begin, the text that makes a document of its own of it, and the brackets that it stands in the place of. */
const MARKS = [
  { mark: Buffer.from(',"extensions":{"receipt":'), before: '{', brackets: '}' },
  { mark: Buffer.from(',"receipt":'), before: '{"extensions":{', brackets: '}}' },
] as const;

/** All that a receipt proves by itself, without an export. Throws Tampering. */
export function openReceipt(held: HeldReceipt, keys: readonly VerifierKey[]): OpenedReceipt {
  const { name } = held;
  const receipt = parseReceipt(held);
  const stated = openStatement(receipt.note, keys, name);
  const isUnopened = !receipt.opening && (held.request !== null || held.answer !== null);
  return { name, ...stated, bodies: checkBodies(held, receipt, stated), isUnopened };
}

function parseReceipt({ name, text }: HeldReceipt): Receipt {
  const json = jsonOf(text);
  const parsed = ReceiptFormat.safeParse(receiptIn(json) ?? json);
  if (!parsed.success) throw malformed(name, 'It is not as the format says.');
  return parsed.data;
}

function receiptIn(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('extensions' in json)) return undefined;
  const { extensions } = json;
  return typeof extensions === 'object' && extensions && 'receipt' in extensions
    ? extensions.receipt
    : undefined;
}

function openStatement(
  note: string,
  logKeys: readonly VerifierKey[],
  name: string,
): Omit<OpenedReceipt, 'name' | 'bodies' | 'isUnopened'> {
  const end = note.indexOf(' receipt v1\n');
  const origin = end < 0 ? '' : note.slice(0, end);
  const keys = keysOfOrigin(logKeys, origin);
  if (keys.length === 0) throw new Tampering('wrong-log', null, `The note of ${name}.`);
  const opened = openNote(note, keys, RECEIPT_LIMITS.statement.value);
  if (!opened) throw new Tampering(forgedOrForeign(note, keys), null, `The note of ${name}.`);
  const {
    id = '',
    time = '',
    request = '',
    answer = '',
    entries = '',
  } = HEAD.exec(opened.text)?.groups ?? {};
  const at = parseDecimal(time);
  if (id === '' || at === null) throw malformed(name, 'Its note states no answer.');
  const lines = entries.split('\n').slice(0, -1);
  return { origin, id, time: at, request, answer, leaves: lines.map((line) => leafOf(line, name)) };
}

function leafOf(line: string, name: string): Uint8Array {
  const leaf = decodeBase64(line.slice('entry '.length));
  if (leaf?.length !== HASH_BYTES) throw malformed(name, 'An entry of its note is none.');
  return leaf;
}

function checkBodies(
  { name, request, answer }: HeldReceipt,
  { opening }: Receipt,
  stated: { readonly request: string; readonly answer: string },
): OpenedReceipt['bodies'] {
  const bodies = { request, answer: answer && withoutReceipt(answer) };
  const labels = (['request', 'answer'] as const).filter((label) => bodies[label] !== null);
  if (!opening) return [];
  for (const label of labels) {
    const digest = canonicalJson(hash('sha256', bodies[label] ?? '', 'base64url'));
    if (!opensCommitment(stated[label], label, opening[label], digest)) {
      throw new Tampering('swapped-receipt', null, `The ${label} is not the one that ${name} is for.`);
    }
  }
  return labels;
}

/** FORMAT.md, Receipt: what was committed to is the body without it, whether the receipt stands alone in the extensions or last among them. */
function withoutReceipt(answer: Buffer): Buffer {
  // A line feed may follow the last bracket.
  const end = answer.lastIndexOf('}');
  for (const { mark, before, brackets } of MARKS) {
    const at = answer.lastIndexOf(mark);
    const member = answer.subarray(at + 1, end + 1).toString('utf8');
    if (at < 0 || !isReceiptAlone(before + member)) continue;
    return Buffer.concat([answer.subarray(0, at), Buffer.from(brackets), answer.subarray(end + 1)]);
  }
  return answer;
}

/**
 * Checks that only the receipt is cut out. The cut text is not committed to, so a second `data` in it would pass for
 * the answer. One spelling is accepted, so that no member stands twice.
 */
function isReceiptAlone(text: string): boolean {
  const json = jsonOf(text);
  const parsed = z.strictObject({ extensions: z.strictObject({ receipt: ReceiptFormat }) }).safeParse(json);
  return parsed.success && JSON.stringify(json) === text;
}

function malformed(name: string, detail: string): Tampering {
  return new Tampering('malformed-receipt', null, `${name}: ${detail}`);
}
