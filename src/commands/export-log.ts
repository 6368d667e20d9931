import { startOfVietNamDay } from '../log-format/viet-nam-time.ts';
import { parseArgs } from 'node:util';
import { exportLog } from '../access-log/export/export-log.ts';
import { exportRange, type WantedRange } from '../access-log/export/export-range.ts';
import { GroupOpener } from '../access-log/read/opened-answer.ts';
import { openRows } from '../access-log/read/open-reader.ts';
import { exportArchive } from '../access-log/retention/export-archive.ts';
import { readLogSettings, readSealKeys } from '../config/log-settings.ts';
import { processEnvironment } from '../config/settings.ts';
import { chooseLog, storeOf } from './access-log/log-place.ts';
import { runCommand } from './access-log/run-command.ts';
import { UsageError } from './agreements/command-result.ts';

const USAGE = `Usage: export-log --out DIR [--log NAME] [--from INDEX | --since YYYY-MM-DD] [--to INDEX] [--openings]
       export-log --out DIR --archive MONTH_DIR
From DATABASE_URL, or DATA_DIR. Ends are moved outwards to checkpoints; days are Viet Nam's. --openings: with whom every
entry is about, for which SECRETS_DIR is needed. --archive: the same of a month that archive-log took out; no store is needed.`;

const RANGE_OPTIONS = ['log', 'from', 'since', 'to'] as const;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      archive: { type: 'string' },
      log: { type: 'string' },
      from: { type: 'string' },
      since: { type: 'string' },
      to: { type: 'string' },
      openings: { type: 'boolean', default: false },
    },
  });
  if (values.out === undefined) throw new UsageError('Into which folder?');
  if (values.archive !== undefined) {
    if (RANGE_OPTIONS.some((name) => values[name] !== undefined)) {
      throw new UsageError('An archive is exported whole.');
    }
    const settings = readLogSettings(processEnvironment(), ['SECRETS_DIR']);
    const { log, from, to } = exportArchive(values.archive, values.out, readSealKeys(settings));
    process.stdout.write(`${JSON.stringify({ log, from, to })}\n`);
    return;
  }
  if (values.from !== undefined && values.since !== undefined) {
    throw new UsageError('--from or --since, not both.');
  }
  const wanted: WantedRange = {
    from: values.since === undefined ? indexOf(values.from ?? '0') : { since: dayOf(values.since) },
    to: values.to === undefined ? null : indexOf(values.to),
  };
  const settings = readLogSettings(
    processEnvironment(),
    values.openings ? ['store', 'SECRETS_DIR'] : ['store'],
  );
  const opener = values.openings ? new GroupOpener(readSealKeys(settings)) : null;
  const rows = openRows(storeOf(settings));
  try {
    const log = await chooseLog(rows, values.log, settings);
    const range = await exportRange(rows, log, wanted);
    const summary = await exportLog(rows, { log, range, folder: values.out, opener });
    process.stdout.write(`${JSON.stringify(summary)}\n`);
  } finally {
    await rows.close();
  }
});

function indexOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`${text} is no index.`);
  return Number(text);
}

/** Milliseconds since 1970 of its first moment. */
function dayOf(text: string): number {
  const time = startOfVietNamDay(text);
  if (Number.isNaN(time)) throw new UsageError(`${text} is no day.`);
  return time;
}
