import { canonicalJson } from '../../../../src/log-format/canonical-json.ts';
import type { Entry } from '../../../../src/log-format/entry-format.ts';
import { inclusionProof } from '../../../../src/log-format/tree/inclusion-proof.ts';
import { leafHash } from '../../../../src/log-format/tree/merkle-hash.ts';
import type { HeldProofs } from '../../../../src/independent/verify/held/held-proofs.ts';
import { checkpointNote, rootOf, type LogForge } from './forged-export.ts';

/** A line of a bundle; attacks change it before it is written. */
export interface BundleEntry {
  leaf: string;
  index: number;
  proof: readonly string[];
  subject?: readonly [salt: string, value: unknown];
}

/** The answer of `accessLogExport` for some entries. */
export interface ForgedBundle {
  log: string;
  checkpoint: string;
  entries: BundleEntry[];
}

export function bundleOf(forge: LogForge, indexes: readonly number[], size = forge.size): ForgedBundle {
  const root = forge.root(size);
  return {
    log: forge.origin.split('/').slice(0, 2).join('/'),
    checkpoint: checkpointNote(forge.origin, size, root),
    entries: indexes.map((index) => ({
      leaf: forge.written[index]?.line ?? '',
      index,
      proof: proofIn(forge, index, size),
    })),
  };
}

export function proofIn(forge: LogForge, index: number, size = forge.size): readonly string[] {
  const leaves = forge.written.slice(0, size).map(({ leaf }) => leaf);
  const node = (level: number, at: number): Uint8Array =>
    rootOf(leaves.slice(at * 2 ** level, (at + 1) * 2 ** level));
  return inclusionProof(index, size, node).map((one) => Buffer.from(one).toString('base64'));
}

export function bundleText(...bundles: readonly ForgedBundle[]): string {
  return bundles
    .flatMap(({ log, checkpoint, entries }) => [{ v: 1, log, checkpoint }, ...entries])
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

export function heldBundle(text: string | Buffer, name = 'bundle'): HeldProofs {
  return { kind: 'bundle', name, bytes: Buffer.from(text) };
}

/** An element of `myAccesses.accesses`; attacks change it. */
export interface ForgedAccess {
  time: string;
  text: string;
  agency: string | null;
  purpose: string | null;
  case: string | null;
  outcome: string;
  disclosed: { register: string; fields: string[]; coordinates: string[]; isNone: boolean }[];
  proof: {
    leaf: string;
    index: number;
    hashes: readonly string[];
    checkpoint: string;
    entry?: string;
    salt?: string;
    subject?: string;
  };
}

export function accessOf(forge: LogForge, index: number, size = forge.size): ForgedAccess {
  const line = forge.written[index]?.line ?? '';
  const { answer, outcome, disclosed } = JSON.parse(line) as Entry;
  return {
    time: new Date(answer.time).toISOString(),
    text: 'Sở Tư pháp Hà Nội đã xem họ tên của bạn.',
    agency: answer.caller.agency,
    purpose: answer.purpose,
    case: answer.case,
    outcome: outcome.toUpperCase().replaceAll('-', '_'),
    disclosed: disclosed.map(({ register, coordinates, status }) => ({
      register,
      fields: ['họ tên'],
      coordinates: [...coordinates],
      isNone: status === 'none',
    })),
    proof: {
      leaf: Buffer.from(leafHash(line)).toString('base64'),
      index,
      hashes: proofIn(forge, index, size),
      checkpoint: checkpointNote(forge.origin, size, forge.root(size)),
    },
  };
}

/** The same with the entry's bytes and the opening of its subject. */
export function openAccessOf(forge: LogForge, index: number): ForgedAccess {
  const own = accessOf(forge, index);
  const written = forge.written[index];
  if (!written) throw new Error('no such entry');
  const [salt, subject] = written.opening.subject;
  const { proof } = own;
  return { ...own, proof: { ...proof, entry: written.line, salt, subject: canonicalJson(subject) } };
}

export function heldAccess(access: unknown, name = 'access'): HeldProofs {
  return { kind: 'access', name, bytes: Buffer.from(JSON.stringify(access)) };
}
