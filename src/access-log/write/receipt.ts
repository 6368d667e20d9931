import type { CompactRange } from '../format/compact-range.ts';
import { inclusionProof } from '../format/inclusion-proof.ts';
import { nodeHash } from '../format/merkle-hash.ts';
import type { NoteSigner } from '../format/note-key.ts';
import { signNote } from '../format/signed-note.ts';

/** An answer as it stands in the log. */
export interface LoggedAnswer {
  readonly id: string;
  readonly firstLeaf: number;
  readonly leafHashes: readonly Buffer[];
  /** Commitments. */
  readonly request: string;
  readonly answer: string;
  readonly requestSalt: string;
  readonly answerSalt: string;
}

export type NodeAtEdge = (level: number, index: number) => Buffer;

/** The group that it was committed with. */
export interface ClosedGroup {
  /** One for all receipts of the group. */
  readonly nodeAt: NodeAtEdge;
  /** The group's checkpoint, of this size. */
  readonly note: string;
  readonly size: number;
  readonly signer: NoteSigner;
}

/** FORMAT.md, Receipt: JSON. Everything that a proof of the newest entries needs is at the tree's edge. */
export function receiptOf(answer: LoggedAnswer, group: ClosedGroup): string {
  const { signer, nodeAt } = group;
  const lines = answer.leafHashes.map(
    (leafHash, n) => `entry ${answer.firstLeaf + n} ${leafHash.toString('base64')}`,
  );
  const text = [
    `${signer.key.name} receipt v1`,
    answer.id,
    `request ${answer.request}`,
    `answer ${answer.answer}`,
    ...lines,
    '',
  ].join('\n');
  const proofs = answer.leafHashes.map((_leafHash, n) =>
    inclusionProof(answer.firstLeaf + n, group.size, nodeAt).map((hash) => hash.toString('base64')),
  );
  return JSON.stringify({
    v: 1,
    note: signNote(text, signer),
    checkpoint: group.note,
    proofs,
    opening: { answer: answer.answerSalt, request: answer.requestSalt },
  });
}

/**
 * Nodes that hold leaves of the group, or lie left of it and are of the tree's edge before it. Each is hashed once: thousands of
 * proofs share them, and meanwhile nobody else's entries are written.
 */
export function nodesAtEdge(range: CompactRange, leafHashes: readonly Buffer[]): NodeAtEdge {
  const first = range.size;
  const edge = new Map<string, Buffer>();
  let from = 0;
  const { hashes } = range;
  let place = 0;
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level;
    if (Math.floor(first / width) % 2 === 0) continue;
    const hash = hashes[place++];
    if (hash) edge.set(`${level} ${from / width}`, hash);
    from += width;
  }
  const nodeAt = (level: number, index: number): Buffer => {
    const name = `${level} ${index}`;
    const known = edge.get(name);
    if (known) return known;
    if (level === 0) {
      const leaf = leafHashes[index - first];
      if (!leaf) throw new RangeError('not at the edge');
      return leaf;
    }
    const hash = nodeHash(nodeAt(level - 1, 2 * index), nodeAt(level - 1, 2 * index + 1));
    edge.set(name, hash);
    return hash;
  };
  return nodeAt;
}
