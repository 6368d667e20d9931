import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printableJson } from '../independent/verify/verdict/printable.ts';
import { verifyReportText } from '../independent/verify/verdict/verify-report.ts';
import { verifyExport, verifyHeld } from '../independent/verify/verify-export.ts';
import type { VerifyResult } from '../independent/verify/verdict/verify-result.ts';
import { UsageError } from './agreements/command-result.ts';
import { runJudging } from './verify-log/judging-command.ts';
import { ProgressLine } from './verify-log/progress-line.ts';
import { readEvidence } from './verify-log/read-evidence.ts';

const USAGE = `Usage: verify-log [DIR] --key VKEY_OR_FILE [--witness-key VKEY_OR_FILE]... [--checkpoint FILE]...
                  [--receipt FILE [--request FILE] [--answer FILE]]... [--bundle FILE]... [--access FILE]...
                  [--breach-report FILE]... [--json]
DIR is what export-log wrote, a bundle what accessLogExport answered, an access one of myAccesses.accesses with its proof, a breach
report the answer to breachReport with its statement and signature. Without DIR receipts, bundles, accesses and reports are checked by themselves. --key is repeated, or its
file has several lines, for keys that were rotated and for other logs whose entries a bundle holds; DIR, receipts and checkpoints are of the
first key’s log. Status 0: verified, 1: tampered, 2: the arguments cannot be meant, or there is no verdict.`;

runJudging(USAGE, () => {
  const { values, positionals } = parseArgs({
    options: {
      key: { type: 'string', multiple: true, default: [] },
      'witness-key': { type: 'string', multiple: true, default: [] },
      checkpoint: { type: 'string', multiple: true, default: [] },
      receipt: { type: 'string', multiple: true, default: [] },
      bundle: { type: 'string', multiple: true, default: [] },
      access: { type: 'string', multiple: true, default: [] },
      'breach-report': { type: 'string', multiple: true, default: [] },
      request: { type: 'string' },
      answer: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
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
  const result = verify(positionals, evidence);
  const report = values.json ? printableJson(result) : verifyReportText(result);
  return { report, isWell: result.verdict === 'verified' };
});

function verify(positionals: readonly string[], evidence: ReturnType<typeof readEvidence>): VerifyResult {
  const [folder, ...more] = positionals;
  if (more.length > 0) throw new UsageError('One folder at a time.');
  if (folder === undefined) {
    const { receipts, proofs = [], breachReports = [] } = evidence;
    if (receipts.length + proofs.length + breachReports.length === 0)
      throw new UsageError('A folder, a receipt, a bundle, an access or a breach report is needed.');
    return verifyHeld(evidence);
  }
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`${folder} is no folder.`);
  const progress = new ProgressLine();
  let bytes = 0;
  const result = verifyExport(folder, evidence, (entries, read) => {
    bytes = read;
    progress.show(entries, read);
  });
  progress.end(result.export?.entries ?? 0, bytes);
  return result;
}
