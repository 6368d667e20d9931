import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reconcile, type ReconcileInput } from '../access-log/reconcile/reconcile.ts';
import { printable, printableJson } from '../access-log/verify/printable.ts';
import { reportOf } from '../access-log/reconcile/report.ts';
import { Unreadable } from '../access-log/reconcile/unreadable.ts';
import { Tampering } from '../access-log/verify/tampering.ts';
import { UsageError } from './agreements/command-result.ts';
import { openGivenFile } from './verify-log/given-file.ts';
import { ProgressLine } from './verify-log/progress-line.ts';

const USAGE = `Usage: reconcile DIR... --register NAME=FILE.ndjson [--register ...] [--from TIME] [--to TIME]
                 [--tolerance SECONDS] [--json]
Times are ISO 8601. --tolerance (300): how far clocks may differ; a register's line lies within that and 15 s of the request that it was
made for. Exports with openings tell exactly whom a register was asked about without an entry. Status 0: the logs agree, 1: they differ, 2: the arguments or files cannot be meant.`;
const TOLERANCE_SECONDS = '300';

try {
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
      from: values.from === undefined ? -Infinity : timeOf(values.from),
      to: values.to === undefined ? Infinity : timeOf(values.to),
      tolerance: secondsOf(values.tolerance) * 1000,
    },
  };
  const progress = new ProgressLine();
  const result = reconcile(input, (read) => progress.show(read, 0));
  progress.end(result.entries + result.lines);
  process.stdout.write(`${values.json ? printableJson(result) : reportOf(result)}\n`);
  process.exitCode = result.verdict === 'agree' ? 0 : 1;
} catch (error) {
  if (!isUsage(error)) throw error;
  process.stderr.write(`${printable(error.message)}\n${USAGE}\n`);
  process.exitCode = 2;
}

function readRegister(given: string): ReconcileInput['registers'][number] {
  const [, register, file] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? [];
  if (register === undefined || file === undefined) throw new UsageError(`${given} is not NAME=FILE.`);
  return { register, file: existing(file) };
}

function existing(path: string): string {
  if (!existsSync(path)) throw new UsageError(`${path} is not there.`);
  return path;
}

/** Milliseconds since 1970. */
function timeOf(given: string): number {
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw new UsageError(`${given} is no time.`);
  return time;
}

function secondsOf(given: string): number {
  if (!/^\d{1,6}$/.test(given)) throw new UsageError(`${given} is no number of seconds.`);
  return Number(given);
}

/** Of this command, of what it was given, or of Node's parser of arguments. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof Unreadable || error instanceof Tampering) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
