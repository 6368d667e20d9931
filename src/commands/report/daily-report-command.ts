import { userInfo } from 'node:os';
import { startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import { dayBefore } from '../../watch/series/activity-series.ts';
import { endOfLogError } from '../log/end-of-log-error.ts';
import { UsageError } from '../command-line/command-failure.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { checkReport } from './check-report.ts';
import { remakeReport } from './remake-report.ts';

export const dailyReportCommand = buildSubcommand({
  details: `Makes the report of a day of Viet Nam anew, keeps it in DATA_DIR/reports in the place of the one before, and prints where it lies. Counts are taken
from the access log (DATABASE_URL, or DATA_DIR), times from the series in DATA_DIR; AGREEMENTS_DIR says where each office lies. That it was made is put on
record in the log of INSTANCE_ID. The gateway may run meanwhile. All but the time of capture is the same whenever it is made.

With --verify a report that somebody holds is checked with the key of the log that signed it.`,
  options: {
    day: { value: 'YYYY-MM-DD', meaning: 'the day (default: yesterday)' },
    by: { value: 'NAME', meaning: 'who makes it, for the record; your account by default' },
    verify: { value: 'DIR', meaning: 'a folder with report.json and report.sig, to be checked' },
    key: { value: 'VKEY', meaning: "the log's public key, or a file that holds it; goes with --verify" },
  },
  endOf: endOfLogError,
  run: async ({ day, by, verify, key }) => {
    if (verify !== undefined) {
      if (key === undefined)
        throw new UsageError('--verify needs --key: the public key of the log that signed.');
      if (day !== undefined) throw new UsageError('--verify goes without --day.');
      return checkReport(verify, key);
    }
    const today = vietNamDay(Date.now());
    const wanted = day ?? dayBefore(today);
    if (Number.isNaN(startOfVietNamDay(wanted)) || wanted > today) {
      throw new UsageError('--day must be a day such as 2026-11-30, not after today.');
    }
    const made = await remakeReport(wanted, by ?? userInfo().username);
    return { output: JSON.stringify(made), status: 0 };
  },
});
