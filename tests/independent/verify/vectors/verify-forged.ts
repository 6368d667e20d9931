import { rmSync } from 'node:fs';
import type { VerifierKey } from '../../../../src/log-format/notes/note-key.ts';
import type { Evidence } from '../../../../src/independent/verify/held/open-evidence.ts';
import { verifyExport } from '../../../../src/independent/verify/verify-export.ts';
import type { HeldProofs } from '../../../../src/independent/verify/held/held-proofs.ts';
import type { VerifyResult } from '../../../../src/independent/verify/verdict/verify-result.ts';
import { LOG, signerOf, witness, writeExport, type Forged, type ForgedReceipt } from './forged-export.ts';

/** All that others hold against a forged export. */
export interface Held {
  readonly known?: readonly string[];
  readonly receipts?: readonly (ForgedReceipt & { readonly withBodies?: boolean })[];
  readonly proofs?: readonly HeldProofs[];
  readonly key?: VerifierKey;
  readonly otherKeys?: readonly VerifierKey[];
  readonly perFile?: number;
  /** Changes files once they are written. */
  readonly spoil?: (folder: string) => void;
}

export function evidenceOf({
  known = [],
  receipts = [],
  proofs = [],
  key = signerOf(LOG).key,
  otherKeys = [],
}: Held): Evidence {
  return {
    keys: [key, ...otherKeys],
    proofs,
    witnesses: [witness.key],
    known: known.map((note, at) => ({ name: `known ${at}`, note })),
    receipts: receipts.map(({ receipt, request, answer, withBodies = false }, at) => ({
      name: `receipt ${at}`,
      text: JSON.stringify(receipt),
      request: withBodies ? Buffer.from(request) : null,
      answer: withBodies ? Buffer.from(answer) : null,
    })),
  };
}

/** Writes, verifies and takes away. */
export function verifyForged(forged: Forged, held: Held = {}): VerifyResult {
  const folder = writeExport(forged, held.perFile);
  try {
    held.spoil?.(folder);
    return verifyExport(folder, evidenceOf(held));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
