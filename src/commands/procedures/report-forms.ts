import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import {
  LEDGER_FILE,
  openLedgerFile,
  type LedgerCounts,
  type LedgerSpan,
} from '../../prefill/ledger/ledger-file.ts';
import { ledgerCsv, reportLedger } from '../../prefill/ledger/ledger-report.ts';
import { readProcedures } from '../../prefill/procedures/procedures.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';

export const reportFormsCommand = buildSubcommand({
  details: `Prints the ledger of forms: by day of Viet Nam, procedure, office and province how many papers data has answered, and the offices that asked for
them all the same. As JSON also each paper with its cause, and the four indicators of re-use of Decision 766/QĐ-TTg. The gateway may run meanwhile.

Yesterday's report each morning: ndg procedures report --format csv`,
  options: {
    data: {
      value: 'DIR',
      repeats: true,
      meaning: 'DATA_DIR of an instance; several are added up (default: .data)',
    },
    from: { value: 'DAY', meaning: 'first day, as 2026-11-30 (default: yesterday)' },
    to: { value: 'DAY', meaning: 'last day, included (default: the first day)' },
    format: { value: 'csv|json', meaning: 'form of the report', default: 'json' },
  },
  run: ({ data, from, to, format }) => {
    const first = from ?? vietNamDay(Date.now() - 86_400_000);
    const span = { from: first, to: to ?? first };
    if (!(startOfVietNamDay(span.from) <= startOfVietNamDay(span.to))) {
      throw new UsageError('--from and --to must be days such as 2026-11-30, in this order.');
    }
    if (format !== 'csv' && format !== 'json') throw new UsageError('--format must be csv or json.');
    const folders = data.length > 0 ? data : ['.data'];
    const counts = folders.map((folder) => readLedger(folder, span));
    const sum = {
      forms: counts.flatMap(({ forms }) => forms),
      components: counts.flatMap(({ components }) => components),
    };
    const report = reportLedger(
      span,
      sum,
      readProcedures(() => true),
      () => true,
    );
    return {
      output: format === 'csv' ? ledgerCsv(report).trimEnd() : JSON.stringify(report, null, 2),
      status: 0,
    };
  },
});

function readLedger(folder: string, span: LedgerSpan): LedgerCounts {
  if (!existsSync(join(folder, LEDGER_FILE))) throw new CommandFailure(`A DATA_DIR has no ${LEDGER_FILE}.`);
  const file = openLedgerFile(folder, { readOnly: true });
  try {
    return file.read(span);
  } finally {
    file.close();
  }
}
