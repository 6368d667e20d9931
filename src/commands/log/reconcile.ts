import { existsSync } from 'node:fs';
import { reconcile, type ReconcileInput } from '../../independent/reconcile/reconcile.ts';
import { printableJson } from '../../independent/verify/verdict/printable.ts';
import { reconcileReportText } from '../../independent/reconcile/reconcile-report.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfEvidenceError } from './evidence/end-of-evidence-error.ts';
import { UsageError } from '../command-line/command-failure.ts';
import { openGivenFile } from './evidence/given-file.ts';
import { readGivenPeriod } from './evidence/given-time.ts';
import { ProgressLine } from './evidence/progress-line.ts';

const TOLERANCE_SECONDS = '300';

export const reconcileCommand = buildSubcommand({
  details: `Compares exported access logs with the registers' own logs. Times are ISO 8601; UTC is meant where they name no zone. A
register's line may lie --tolerance seconds and 15 s away from the request that it was made for. Exports with openings also
tell about which persons a register was asked without an entry. Export all logs at one time.

Status 0: the logs agree. 1: they differ, or not all could be compared. 2: wrong arguments or files, or no verdict.`,
  arguments: [['<dir...>', 'the folders that `ndg log export` wrote']],
  options: {
    register: { value: 'NAME=FILE.ndjson', meaning: "one register's own log", repeats: true },
    from: { value: 'TIME', meaning: 'compares from this time on' },
    to: { value: 'TIME', meaning: 'compares before this time' },
    tolerance: {
      value: 'SECONDS',
      meaning: 'how far the clocks may differ, in seconds',
      default: TOLERANCE_SECONDS,
    },
    json: { meaning: 'prints the result as JSON' },
  },
  endOf: endOfEvidenceError,
  isJudging: true,
  run: (values, positionals) => {
    if (values.register.length === 0)
      throw new UsageError('--register NAME=FILE is missing: the log of one register at least.');
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
    return { output: report, status: result.verdict === 'agree' ? 0 : 1 };
  },
});

function readRegister(given: string): ReconcileInput['registers'][number] {
  const [, register, file] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? [];
  if (register === undefined || file === undefined)
    throw new UsageError(`--register ${given} is not of the form NAME=FILE.`);
  return { register, file: existing(file) };
}

function existing(path: string): string {
  if (!existsSync(path)) throw new UsageError(`${path} does not exist.`);
  return path;
}

function secondsOf(given: string): number {
  if (!/^\d{1,6}$/.test(given))
    throw new UsageError(`--tolerance ${given} is not a whole number of seconds.`);
  return Number(given);
}
