import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import type { CosignedExtent } from '../passes/cosigned-extent.ts';
import type { HeldProofs, OpenedProofs } from './held-proofs.ts';
import { openKnown, type KnownCheckpoint, type KnownCheckpointNote } from './known-checkpoints.ts';
import { openAccess } from './open-access.ts';
import { openBreachReport, type HeldReport, type OpenedReport } from './open-breach-report.ts';
import { openBundle } from './open-bundle.ts';
import { openReceipt, type HeldReceipt, type OpenedReceipt } from './open-receipt.ts';
import { SplitViewCheck } from './split-view-check.ts';
import { faultOr, type Fault } from '../faults/tampering.ts';

/** All that others than the operator know of the log. */
export interface Evidence {
  /**
   * Keys under the names of logs without an epoch. The keys of the verified log come first, several once it was
   * rotated; then those of other logs whose entries bundles hold.
   */
  readonly keys: readonly [VerifierKey, ...VerifierKey[]];
  /** Keys of type `cosignature/v1`. */
  readonly witnesses: readonly VerifierKey[];
  readonly known: readonly KnownCheckpointNote[];
  readonly receipts: readonly HeldReceipt[];
  readonly proofs?: readonly HeldProofs[];
  readonly breachReports?: readonly HeldReport[];
}

/** The evidence that is in order, and the faults of the rest. */
export interface OpenedEvidence {
  readonly known: readonly KnownCheckpoint[];
  readonly receipts: readonly OpenedReceipt[];
  readonly proofs: readonly OpenedProofs[];
  /** Null beside a name: it is not as the log signed it. */
  readonly breachReports: readonly { readonly name: string; readonly opened: OpenedReport | null }[];
  readonly faults: readonly Fault[];
  /** Remarks on given evidence that could not be checked. */
  readonly remarks: readonly string[];
}

/** Checks the evidence by itself, before it is compared with an export. */
export function openEvidence(evidence: Evidence, cosigned: CosignedExtent): OpenedEvidence {
  const faults: Fault[] = [];
  const shown = new SplitViewCheck();
  const { keys, known, receipts, proofs = [], breachReports = [] } = evidence;
  const own = keysOfLog(evidence);
  const kept = <T>(open: () => T): readonly T[] => {
    const opened = faultOr(open);
    if ('value' in opened) return [opened.value];
    faults.push(opened.fault);
    return [];
  };
  const openedReceipts = receipts.flatMap((one) => kept(() => openReceipt(one, own)));
  return {
    known: known.flatMap((one) =>
      kept(() => {
        const opened = openKnown(one, own, cosigned);
        shown.addTree(opened.checkpoint, one.name);
        return opened;
      }),
    ),
    receipts: openedReceipts,
    remarks: openedReceipts
      .filter(({ isUnopened }) => isUnopened)
      .map(
        ({ name }) => `${name}: it is open whether the bodies given are its own, since it has no opening.`,
      ),
    breachReports: breachReports.map((one) => {
      const [opened] = kept(() => openBreachReport(one, keys));
      return { name: one.name, opened: opened ?? null };
    }),
    proofs: proofs.flatMap((one) =>
      kept(() => {
        const opened = (one.kind === 'bundle' ? openBundle : openAccess)(one, keys, cosigned);
        for (const { checkpoint, index, leaf } of opened.entries) {
          shown.addTree(checkpoint, one.name);
          shown.addLeaf(checkpoint, index, leaf, one.name);
        }
        return opened;
      }),
    ),
    faults,
  };
}

/** The keys that speak for the export, its receipts and known checkpoints. */
export function keysOfLog({ keys }: Evidence): readonly VerifierKey[] {
  return keys.filter(({ name }) => name === keys[0].name);
}
