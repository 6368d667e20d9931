import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reconcile, type ReconcileInput } from '../independent/reconcile/reconcile.ts';
import { printableJson } from '../independent/verify/verdict/printable.ts';
import { reconcileReportText } from '../independent/reconcile/reconcile-report.ts';
import { UsageError } from './agreements/command-result.ts';
import { openGivenFile } from './verify-log/given-file.ts';
import { readGivenPeriod } from './verify-log/given-time.ts';
import { runJudging } from './verify-log/judging-command.ts';
import { ProgressLine } from './verify-log/progress-line.ts';

const USAGE = `Usage: reconcile DIR... --register NAME=FILE.ndjson [--register ...] [--from TIME] [--to TIME]
                 [--tolerance SECONDS] [--json]
Times are ISO 8601, UTC where they name no zone; --to is not in the time compared any more. --tolerance (300): how far clocks may
differ; a register's line lies within that and 15 s of the request that it was made for. Exports with openings tell exactly whom a register
was asked about without an entry. Export all logs at one time. Status 0: the logs agree, 1: they differ, or not all could be compared,
2: the arguments or files cannot be meant, or there is no verdict.`;
const TOLERANCE_SECONDS = '300';

runJudging(USAGE, () => {
  const { values, positionals } = parseArgs({
    options: {
      register: { type: 'string', multiple: true, default: [] },
      from: { type: 'string' },
      to: { type: 'string' },
      tolerance: { type: 'string', default: TOLERANCE_SECONDS },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError('A folder with an export is needed.');
  if (values.register.length === 0) throw new UsageError('A register’s log is needed.');
  const input: ReconcileInput = {
    open: openGivenFile,
    exports: positionals.map(existing),
    registers: values.register.map(readRegister),
    window: {
      ...readGivenPeriod(values.from, values.to),
      tolerance: secondsOf(values.tolerance) * 1000,
    },
  };
  const progress = new ProgressLine();
  const result = reconcile(input, (read) => progress.show(read, 0));
  progress.end(result.entries + result.lines);
  const report = values.json ? printableJson(result) : reconcileReportText(result);
  return { report, isWell: result.verdict === 'agree' };
});

function readRegister(given: string): ReconcileInput['registers'][number] {
  const [, register, file] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? [];
  if (register === undefined || file === undefined) throw new UsageError(`${given} is not NAME=FILE.`);
  return { register, file: existing(file) };
}

function existing(path: string): string {
  if (!existsSync(path)) throw new UsageError(`${path} is not there.`);
  return path;
}

function secondsOf(given: string): number {
  if (!/^\d{1,6}$/.test(given)) throw new UsageError(`${given} is no number of seconds.`);
  return Number(given);
}
