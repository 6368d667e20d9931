import { epochOf } from '../../log-format/notes/checkpoint.ts';
import type { VerifierKey } from '../../log-format/notes/note-key.ts';
import { gatherFaults, gatherRemarks } from './verdict/gather-alike.ts';
import { verifyChain, type CheckpointChain } from './passes/checkpoint-chain.ts';
import { BreachRecount } from './held/breach-recount.ts';
import { statedIn } from './held/open-breach-report.ts';
import { compareProofs } from './held/compare-proofs.ts';
import { compareReceipt } from './held/compare-receipt.ts';
import { CosignedExtent, type LargestCosigned } from './passes/cosigned-extent.ts';
import { EntryWalk, type OnProgress } from './passes/entry-walk.ts';
import { openExport, type ExportFolder } from './reading/export-folder.ts';
import { EpochHistory } from './passes/epoch-history.ts';
import { compareAllKnown, unboundedLosses } from './held/known-checkpoints.ts';
import { missingFrom } from './verdict/missing.ts';
import { notProven } from './verdict/not-proven.ts';
import { keysOfLog, openEvidence, type Evidence, type OpenedEvidence } from './held/open-evidence.ts';
import { faultOr, Tampering, type Fault } from './faults/tampering.ts';
import type {
  BreachReportResult,
  ProofsResult,
  ReceiptResult,
  ReportRecount,
  VerifyResult,
} from './verdict/verify-result.ts';
import { WatchedEntries } from './passes/watched-entries.ts';

/** The results of the passes over an export. */
interface Passes {
  readonly folder: ExportFolder;
  readonly chain: CheckpointChain;
  readonly walk: EntryWalk;
  readonly watched: WatchedEntries;
  readonly recounts: readonly BreachRecount[];
}

/**
 * Verifies an exported log against keys and what others hold of it. Reads synchronously and in bounded memory; throws
 * only where the folder cannot be read at all.
 */
export function verifyExport(
  folder: string,
  evidence: Evidence,
  onProgress: OnProgress = () => undefined,
): VerifyResult {
  const cosigned = new CosignedExtent(evidence.witnesses);
  const held = openEvidence(evidence, cosigned);
  const faults: Fault[] = [];
  const passes = started(folder, keysOfLog(evidence), cosigned, held, faults);
  if (passes) {
    const ended = faultOr(() => passes.walk.run(onProgress));
    if ('fault' in ended) faults.push(ended.fault);
  }
  const compared = passes
    ? compare(passes, held)
    : { faults: [], remarks: [], agree: 0, unproven: new Set<string>(), recounts: NONE_RECOUNTED };
  faults.push(...gatherFaults([...held.faults, ...compared.faults]));
  return resultOf(
    {
      faults,
      export: passes ? exportOf(passes) : null,
      receipts: receiptResults(evidence, held, passes ? compared.unproven : null),
      proofs: proofsResults(evidence, held, passes ? compared.unproven : null),
      breachReports: reportResults(held, compared.recounts),
      knownAgree: compared.agree,
      cosigned: passes ? cosignedOf(passes, cosigned) : cosigned.largest(),
    },
    [...held.remarks, ...compared.remarks],
    evidence,
  );
}

/** Receipts, bundles and accesses by themselves: what the log signed for their holders. */
export function verifyHeld(evidence: Evidence): VerifyResult {
  const cosigned = new CosignedExtent(evidence.witnesses);
  const held = openEvidence(evidence, cosigned);
  const receipts = receiptResults(evidence, held, new Set());
  const proofs = proofsResults(evidence, held, new Set());
  return resultOf(
    {
      faults: gatherFaults(held.faults),
      export: null,
      receipts,
      proofs,
      breachReports: reportResults(held, NONE_RECOUNTED),
      knownAgree: 0,
      cosigned: cosigned.largest(),
    },
    held.remarks,
    evidence,
  );
}

/** First pass done and second one ready; null, with its fault, where it cannot begin. */
function started(
  path: string,
  keys: readonly VerifierKey[],
  cosigned: CosignedExtent,
  { known, receipts, proofs, breachReports }: OpenedEvidence,
  faults: Fault[],
): Passes | null {
  const begun = faultOr((): Passes => {
    const folder = openExport(path);
    const name = keys[0]?.name ?? '';
    if (folder.log.log !== name) {
      throw new Tampering('wrong-log', null, `The export is of ${folder.log.log}, the key of ${name}.`);
    }
    const chain = verifyChain(folder, keys, cosigned);
    const shown = proofs.flatMap(({ entries }) => entries.filter(({ log }) => log === name));
    const watched = new WatchedEntries(
      [...known, ...shown].map(({ checkpoint }) => checkpoint.size),
      [
        ...shown.map(({ index }) => index),
        // The last entry before a restore tells whether a receipt's answer was kept.
        ...chain.epochs.flatMap(({ start }) => (start === null ? [] : [start - 1])),
      ],
      receipts.map(({ id }) => id),
    );
    const recounts = breachReports.flatMap(({ name: report, opened }) =>
      opened ? [new BreachRecount(report, opened.statement, name)] : [],
    );
    return {
      folder,
      chain,
      watched,
      recounts,
      walk: new EntryWalk(folder, chain, watched, cosigned, recounts),
    };
  });
  if ('value' in begun) return begun.value;
  faults.push(begun.fault);
  return null;
}

function compare(
  { folder, chain, walk, watched, recounts }: Passes,
  { known, receipts, proofs }: OpenedEvidence,
): {
  faults: Fault[];
  remarks: string[];
  agree: number;
  unproven: Set<string>;
  recounts: ReadonlyMap<string, ReportRecount>;
} {
  const history = new EpochHistory(folder.log, chain, walk.restores.stated);
  const ofKnown = compareAllKnown(known, history, watched);
  const faults = [...ofKnown.faults];
  const remarks = [
    ...unboundedLosses(walk.restores.stated, known),
    ...walk.restores.removed.map(
      (at) => `What was lost in the restore at ${at}: the entry about it was removed.`,
    ),
    ...ofKnown.remarks,
  ];
  const unproven = new Set<string>();
  const note = (name: string, comparison: () => string | null): void => {
    const compared = faultOr(comparison);
    if ('fault' in compared) faults.push(compared.fault);
    else if (compared.value !== null) remarks.push(compared.value);
    if ('fault' in compared || compared.value !== null) unproven.add(name);
  };
  const isRead = walk.entries === folder.log.to - folder.log.from;
  for (const one of receipts) note(one.name, () => compareReceipt(one, history, watched, isRead));
  for (const one of proofs) note(one.name, () => compareProofs(one, history, watched, folder.log.log));
  const recounted = new Map<string, ReportRecount>();
  for (const one of isRead ? recounts : []) {
    const compared = faultOr(() => one.compared(folder.log));
    if ('fault' in compared) faults.push(compared.fault);
    else recounted.set(one.name, compared.value);
  }
  return { faults, remarks, agree: ofKnown.agree, unproven, recounts: recounted };
}

const NONE_RECOUNTED: ReadonlyMap<string, ReportRecount> = new Map();

function reportResults(
  { breachReports }: OpenedEvidence,
  recounts: ReadonlyMap<string, ReportRecount>,
): readonly BreachReportResult[] {
  return breachReports.map(({ name, opened }) => ({
    name,
    stated: opened && statedIn(opened),
    recount: recounts.get(name) ?? null,
  }));
}

/** The cosigned sizes of the export's own log, no further than a restore left what was cosigned. */
function cosignedOf({ folder, chain }: Passes, cosigned: CosignedExtent): readonly LargestCosigned[] {
  return cosigned.largest().flatMap((one) => {
    const epoch = epochOf(one.origin, folder.log.log);
    const later = chain.epochs.filter((other) => other.epoch > epoch);
    const size = Math.min(one.size, ...later.map(({ start }) => start ?? folder.log.from));
    return Number.isNaN(epoch) ? [] : [{ ...one, size }];
  });
}

function exportOf({ folder, chain, walk }: Passes): VerifyResult['export'] {
  const { log, from, to } = folder.log;
  return {
    log,
    from,
    to,
    entries: walk.entries,
    removed: walk.retention.removed,
    ageUnknown: walk.retention.ageUnknown,
    youngBeside: walk.retention.youngBeside,
    checkpoints: chain.count,
    epochs: chain.epochs.length,
    openings: walk.openings.checked,
    clock: { stated: walk.clock.stated, unstated: walk.clock.unstated },
    outages: { count: walk.outages.count, milliseconds: walk.outages.milliseconds },
    restores: walk.restores.stated.map(({ epoch, from: at, size, origin }) => ({
      epoch,
      from: at,
      lostSize: size,
      lostOrigin: origin,
    })),
  };
}

/** `unproven` are names of receipts that did not agree; null where there was nothing to compare them with. */
function receiptResults(
  { receipts }: Evidence,
  held: OpenedEvidence,
  unproven: ReadonlySet<string> | null,
): readonly ReceiptResult[] {
  return receipts.map(({ name }) => {
    const opened = held.receipts.find((one) => one.name === name);
    const isProven = opened !== undefined && unproven !== null && !unproven.has(name);
    const { id = null, bodies = [], isUnopened = false } = opened ?? {};
    return { name, id, isProven, bodies, isUnopened };
  });
}

/** The results for bundles and accesses, made like those for receipts. */
function proofsResults(
  { proofs = [] }: Evidence,
  held: OpenedEvidence,
  unproven: ReadonlySet<string> | null,
): readonly ProofsResult[] {
  return proofs.map(({ kind, name }) => {
    const opened = held.proofs.find((one) => one.kind === kind && one.name === name);
    const isProven = opened !== undefined && unproven !== null && !unproven.has(name);
    const entries = isProven ? opened.entries : [];
    return {
      kind,
      name,
      isProven,
      entries: entries.length,
      shown: entries.filter(({ isShown }) => isShown).length,
      opened: entries.filter(({ isOpened }) => isOpened).length,
    };
  });
}

function resultOf(
  found: Omit<VerifyResult, 'notProven' | 'verdict' | 'missing'>,
  remarks: readonly string[],
  { witnesses }: Evidence,
): VerifyResult {
  const verdict = found.faults.length === 0 ? 'verified' : 'tampered';
  const missing = verdict === 'verified' ? missingFrom(found, witnesses) : [];
  return { verdict, ...found, missing, notProven: notProven(found, gatherRemarks(remarks)) };
}
