import { encodeBase64 } from '../../log-format/base64.ts';
import { foldSubtrees } from '../../log-format/tree/compact-range.ts';
import { nodesOfConsistency } from '../../log-format/tree/consistency-proof.ts';
import { nodesOfInclusion } from '../../log-format/tree/inclusion-proof.ts';
import type { ProofPart } from '../../log-format/tree/proof-nodes.ts';
import { parseNote } from '../../log-format/notes/signed-note.ts';
import type { LogRows } from '../stores/log-rows.ts';
import { createNodeAt, type NodeAt } from './tree-nodes.ts';

/** Proof that an entry stands in the tree of a signed checkpoint (RFC 9162 2.1.3). */
export interface InclusionProof {
  readonly index: number;
  /** Base64, from the leaf upwards. */
  readonly hashes: readonly string[];
  /** Signed checkpoint, with cosignatures where a witness gave them for this size. */
  readonly checkpoint: string;
}

/** Proves entries in the log's newest checkpoint, or in one that a witness has cosigned where that holds them all. */
export async function proveInclusion(
  rows: LogRows,
  log: string,
  indexes: readonly number[],
): Promise<readonly InclusionProof[]> {
  const newest = await rows.end(log);
  if (!newest || indexes.length === 0) return [];
  const { size, checkpoint } = await checkpointHolding(rows, log, Math.max(...indexes), newest);
  const nodeAt = createNodeAt(rows, log);
  const proofs: InclusionProof[] = [];
  for (const index of indexes) {
    const hashes = await hashesOf(nodesOfInclusion(index, size), nodeAt);
    proofs.push({ index, hashes, checkpoint });
  }
  return proofs;
}

/** Proves that the tree of `to` leaves begins with that of `from` (RFC 9162 2.1.4), in base64. */
export function proveConsistency(
  rows: LogRows,
  log: string,
  from: number,
  to: number,
): Promise<readonly string[]> {
  return hashesOf(nodesOfConsistency(from, to), createNodeAt(rows, log));
}

async function checkpointHolding(
  rows: LogRows,
  log: string,
  index: number,
  newest: { readonly size: number; readonly note: string },
) {
  const size = await rows.cosignedSize(log);
  if (size <= index) return { size: newest.size, checkpoint: newest.note };
  const [group] = await rows.groupsFrom(log, size - 1, 1);
  if (!group || group.firstLeaf + group.leaves !== size) {
    return { size: newest.size, checkpoint: newest.note };
  }
  const lines = (await rows.cosignatures(log, size, size)).map(({ line }) => line);
  return { size, checkpoint: withCosignatures(group.note, lines) };
}

/** A note ends with its signatures, a line each. A line that was spoiled must not spoil the checkpoint. */
export function withCosignatures(note: string, lines: readonly string[]): string {
  const cosigned = note + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('');
  return parseNote(cosigned) ? cosigned : note;
}

async function hashesOf(parts: readonly ProofPart[], nodeAt: NodeAt): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const part of parts) {
    const nodes: Uint8Array[] = [];
    for (const { level, index } of part) nodes.push(await nodeAt(level, index));
    hashes.push(encodeBase64(foldSubtrees(nodes)));
  }
  return hashes;
}
