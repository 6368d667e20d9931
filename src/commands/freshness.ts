import { DEFAULT_REGISTERS } from '../sources/default-registers.ts';
import { freshnessPromises } from '../sources/freshness-promises.ts';
import { buildSubcommand } from './command-line/subcommand.ts';

const SECOND_MS = 1_000;

export const freshnessCommand = buildSubcommand({
  details: `Prints for each kind of record how old it can be in an answer, in seconds: without a notice of the register, after a notice of it, and while
the register fails under an agreement that accepts old records (staleAge). An agreement may accept less (recordAge).`,
  options: { json: { meaning: 'prints the promises as JSON, in milliseconds' } },
  run: async ({ json }) => {
    const promises = freshnessPromises(DEFAULT_REGISTERS);
    if (json) return { output: JSON.stringify(promises, null, 2), status: 0 };
    const rows = promises.map(({ kind, oldestMs, afterNoticeMs, oldestInFaultMs }) => [
      kind,
      ...[oldestMs, afterNoticeMs, oldestInFaultMs].map((ms) => String(ms / SECOND_MS)),
    ]);
    const lines = [['kind', 'without notice', 'after notice', 'in a fault'], ...rows].map(
      ([kind = '', ...ages]) => kind.padEnd(24) + ages.map((age) => age.padStart(16)).join(''),
    );
    return { output: lines.join('\n'), status: 0 };
  },
});
