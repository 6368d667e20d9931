import { userInfo } from 'node:os';
import { startOfVietNamDay } from '../../log-format/viet-nam-time.ts';
import { instanceIdOf, logNameOf } from '../../access-log/entry/log-name.ts';
import { stateExport } from '../../access-log/export/export-act.ts';
import { exportLog } from '../../access-log/export/export-log.ts';
import { exportRange, type WantedRange } from '../../access-log/export/export-range.ts';
import { GroupOpener } from '../../access-log/read/opened-answer.ts';
import { openLogRows } from '../../access-log/read/open-reader.ts';
import { exportArchive, readArchiveFile } from '../../access-log/retention/export-archive.ts';
import type { ActWriter } from '../../access-log/write/append-act.ts';
import {
  readCheckpointKeys,
  readLogSettings,
  readSealKeys,
  type LogSettings,
} from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { chooseLog, storeOf } from './log-place.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { UsageError } from '../command-line/command-failure.ts';

const RANGE_OPTIONS = ['log', 'from', 'since', 'to'] as const;

export const exportLogCommand = buildSubcommand({
  details: `Writes a log into a folder, as schema/access-log/FORMAT.md describes it. The log is read from DATABASE_URL, or from DATA_DIR.
Both ends of the range are moved outwards to the next checkpoint; days are Viet Nam's. With --archive a month that
\`ndg log archive\` took out of the store is exported whole. Each export is put on record in the log before it is made, with who ran
it, its range and whether it names persons: the store and SECRETS_DIR are needed.`,
  options: {
    out: { value: 'DIR', meaning: 'the folder that is written; it must be empty or absent' },
    archive: { value: 'MONTH_DIR', meaning: 'the archived month to export' },
    log: { value: 'NAME', meaning: 'the log, where the store holds several' },
    from: { value: 'INDEX', meaning: 'the first entry' },
    since: { value: 'YYYY-MM-DD', meaning: 'the first day, in place of --from' },
    to: { value: 'INDEX', meaning: 'the entry before which the range ends' },
    openings: { meaning: 'also opens the sealed parts, which name persons' },
    by: { value: 'NAME', meaning: 'who exports, for the record; your account by default' },
  },
  endOf: endOfLogError,
  run: async (values) => {
    if (values.out === undefined) throw new UsageError('--out DIR is missing: the folder to write.');
    const by = values.by ?? userInfo().username;
    if (values.archive !== undefined) {
      if (RANGE_OPTIONS.some((name) => values[name] !== undefined)) {
        throw new UsageError(
          '--archive exports a whole month: it goes with none of --log, --from, --since, --to.',
        );
      }
      const settings = readLogSettings(readEnvironment(), ['store', 'SECRETS_DIR']);
      const ring = readSealKeys(settings);
      const { log, from, to } = readArchiveFile(values.archive);
      await stateExport(writerOf(settings, log), {
        log,
        from,
        to,
        by,
        openings: true,
        source: 'archive',
      });
      exportArchive(values.archive, values.out, ring);
      process.stdout.write(`${JSON.stringify({ log, from, to })}\n`);
      return;
    }
    if (values.from !== undefined && values.since !== undefined) {
      throw new UsageError('Give --from or --since, not both.');
    }
    const wanted: WantedRange = {
      from: values.since === undefined ? indexOf(values.from ?? '0') : { since: dayOf(values.since) },
      to: values.to === undefined ? null : indexOf(values.to),
    };
    const settings = readLogSettings(readEnvironment(), ['store', 'SECRETS_DIR']);
    const opener = values.openings ? new GroupOpener(readSealKeys(settings)) : null;
    const rows = openLogRows(storeOf(settings));
    try {
      const log = await chooseLog(rows, values.log, settings);
      const range = await exportRange(rows, log, wanted);
      await stateExport(writerOf(settings, log), {
        log,
        ...range,
        by,
        openings: values.openings,
        source: 'store',
      });
      const summary = await exportLog(rows, { log, range, folder: values.out, opener });
      process.stdout.write(`${JSON.stringify(summary)}\n`);
    } finally {
      await rows.close();
    }
  },
});

/** The entry stands in the log of INSTANCE_ID, or where that is not set in the log that is exported. */
function writerOf(settings: LogSettings, exported: string): ActWriter {
  const instanceId = settings.instanceId === '' ? instanceIdOf(exported) : settings.instanceId;
  return {
    store: storeOf(settings),
    log: logNameOf(instanceId),
    instanceId,
    sealKeys: readSealKeys(settings),
    checkpointKeys: readCheckpointKeys({ ...settings, instanceId }),
  };
}

function indexOf(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`${text} is not the index of an entry, a whole number from 0.`);
  return Number(text);
}

/** The first moment of a day of Viet Nam, in milliseconds since 1970. */
function dayOf(text: string): number {
  const time = startOfVietNamDay(text);
  if (Number.isNaN(time)) throw new UsageError(`${text} is not a day such as 2026-11-22.`);
  return time;
}
