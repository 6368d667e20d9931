import { isUtf8 } from 'node:buffer';
import { decodeBase64 } from '../../../log-format/base64.ts';
import { keysOfOrigin } from '../../../log-format/notes/checkpoint.ts';
import { equalBytes } from '../../../log-format/bytes.ts';
import { ToldAccessFormat, type Entry } from '../../../log-format/entry-format.ts';
import { leafHash } from '../../../log-format/tree/merkle-hash.ts';
import { verifyInclusion } from '../../../log-format/tree/inclusion-proof.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import type { CosignedExtent } from '../passes/cosigned-extent.ts';
import { jsonOf } from '../reading/export-folder.ts';
import type { HeldProofs, OpenedProofs, ProvenEntry } from './held-proofs.ts';
import { mustBeOf, mustOpen } from './open-bundle.ts';
import { otherwiseTold, type ToldAccess } from '../../../log-format/told-access.ts';
import { openSigned } from '../reading/open-checkpoint.ts';
import { quoted } from '../verdict/printable.ts';
import { shapeCheck } from '../reading/shape-check.ts';
import { Tampering } from '../faults/tampering.ts';

const isToldAccess = shapeCheck(ToldAccessFormat);

/**
 * Opens one element of `myAccesses.accesses`: the log signed a tree with that leaf in that place. With the entry's bytes, it
 * says what was told; with the opening, it is about that subject. Throws Tampering.
 */
export function openAccess(
  { kind, name, bytes }: HeldProofs,
  keys: readonly VerifierKey[],
  cosigned: CosignedExtent,
): OpenedProofs {
  const access = isUtf8(bytes) ? jsonOf(bytes.toString('utf8')) : undefined;
  if (!isToldAccess(access)) {
    throw new Tampering('malformed-access', null, `${name} is no access with its proof.`);
  }
  const { proof, ...told } = access;
  const origin = proof.checkpoint.slice(0, proof.checkpoint.indexOf('\n'));
  const own = keys.filter((one) => keysOfOrigin([one], origin).length > 0);
  const [key] = own;
  if (!key) throw new Tampering('wrong-log', null, `${name}: no key of ${quoted(origin)} was given.`);
  const opened = openSigned(proof.checkpoint, own);
  if (typeof opened === 'string') throw new Tampering(opened, null, `The checkpoint of ${name}.`);
  cosigned.hold(opened, `the checkpoint of ${name}`);
  const { checkpoint } = opened;
  const { index } = proof;
  const leaf = decodeBase64(proof.leaf) ?? new Uint8Array(0);
  const hashes = proof.hashes.map((one) => decodeBase64(one) ?? new Uint8Array(0));
  if (!verifyInclusion(leaf, index, checkpoint.size, hashes, checkpoint.root)) {
    throw new Tampering('broken-proof', index, `The proof in ${name}.`);
  }
  const isShown = typeof proof.entry === 'string';
  if (isShown) mustTell(proof.entry ?? '', { index, leaf, log: key.name, told, name });
  const isOpened = typeof proof.salt === 'string' && typeof proof.subject === 'string';
  if (isOpened) {
    if (!isShown)
      throw new Tampering('malformed-access', index, `${name} opens an entry that it does not hold.`);
    mustOpen(proof.entry ?? '', proof.salt ?? '', proof.subject ?? '', { index, where: name });
  }
  return { kind, name, entries: [{ index, leaf, log: key.name, checkpoint, told, isShown, isOpened }] };
}

/** The bytes are those of the leaf, and say what was told. Throws Tampering. */
function mustTell(
  text: string,
  {
    index,
    leaf,
    log,
    told,
    name,
  }: Pick<ProvenEntry, 'index' | 'leaf' | 'log'> & {
    readonly told: ToldAccess;
    readonly name: string;
  },
): void {
  if (!equalBytes(leafHash(text), leaf)) {
    throw new Tampering('changed', index, `${name}: its entry has another hash than the leaf.`);
  }
  mustBeOf(text, index, log, name);
  const other = otherwiseTold(told, JSON.parse(text) as Entry);
  if (other !== null) {
    throw new Tampering('told-otherwise', index, `${name}: "${other}" is not what stands in the entry.`);
  }
}
