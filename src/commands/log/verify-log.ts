import { existsSync, statSync } from 'node:fs';
import { printableJson } from '../../independent/verify/verdict/printable.ts';
import { verifyReportText } from '../../independent/verify/verdict/verify-report.ts';
import { verifyExport, verifyHeld } from '../../independent/verify/verify-export.ts';
import type { VerifyResult } from '../../independent/verify/verdict/verify-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfEvidenceError } from './evidence/end-of-evidence-error.ts';
import { UsageError } from '../command-line/command-failure.ts';
import { ProgressLine } from './evidence/progress-line.ts';
import { readEvidence } from './evidence/read-evidence.ts';

export const verifyLogCommand = buildSubcommand({
  details: `Checks an export of an access log, and what was handed out from the log: receipts, bundles (the answer to accessLogExport),
accesses (one of myAccesses.accesses with its proof) and breach reports (the answer to breachReport with its statement and
signature). Without a folder these are checked by themselves. Repeat --key, or give a file with several lines, for keys that
were rotated and for other logs whose entries a bundle holds; folder, receipts and checkpoints belong to the log of the first.

Status 0: verified. 1: tampered. 2: wrong arguments, or no verdict. 3: verified, but something that was asked for is not in
what was given: no cosignature with --witness-key, openings with gaps, an empty bundle, removed entries that may be young.`,
  arguments: [['[dir]', 'the folder that `ndg log export` wrote']],
  options: {
    key: { value: 'VKEY_OR_FILE', meaning: "the log's public key, or a file with one a line", repeats: true },
    'witness-key': {
      value: 'VKEY_OR_FILE',
      meaning: "a witness's public key, or a file of such",
      repeats: true,
    },
    checkpoint: { value: 'FILE', meaning: 'a checkpoint that was kept elsewhere', repeats: true },
    receipt: { value: 'FILE', meaning: 'a receipt of one answer', repeats: true },
    bundle: {
      value: 'FILE',
      meaning: 'entries with their proofs, or the answer to accessLogExport',
      repeats: true,
    },
    access: {
      value: 'FILE',
      meaning: 'one access with its proof, or the answer to myAccesses',
      repeats: true,
    },
    'breach-report': { value: 'FILE', meaning: 'a signed breach report', repeats: true },
    request: { value: 'FILE', meaning: 'the request body that the receipt is about' },
    answer: { value: 'FILE', meaning: 'the answer body that the receipt is about' },
    json: { meaning: 'prints the result as JSON' },
  },
  endOf: endOfEvidenceError,
  isJudging: true,
  run: (values, [folder]) => {
    const evidence = readEvidence({
      keys: values.key,
      witnessKeys: values['witness-key'],
      checkpoints: values.checkpoint,
      receipts: values.receipt,
      bundles: values.bundle,
      accesses: values.access,
      breachReports: values['breach-report'],
      request: values.request,
      answer: values.answer,
    });
    const result = verify(folder, evidence);
    const report = values.json ? printableJson(result) : verifyReportText(result);
    return { output: report, status: statusOf(result) };
  },
});

function verify(folder: string | undefined, evidence: ReturnType<typeof readEvidence>): VerifyResult {
  if (folder === undefined) {
    const { receipts, proofs = [], breachReports = [] } = evidence;
    if (receipts.length + proofs.length + breachReports.length === 0)
      throw new UsageError('Give a folder, or one of --receipt, --bundle, --access, --breach-report.');
    return verifyHeld(evidence);
  }
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`${folder} is not a folder.`);
  const progress = new ProgressLine();
  let bytes = 0;
  const result = verifyExport(folder, evidence, (entries, read) => {
    bytes = read;
    progress.show(entries, read);
  });
  progress.end(result.export?.entries ?? 0, bytes);
  return result;
}

function statusOf({ verdict, missing }: VerifyResult): 0 | 1 | 3 {
  if (verdict === 'tampered') return 1;
  return missing.length === 0 ? 0 : 3;
}
