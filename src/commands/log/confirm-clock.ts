import { logNameOf } from '../../access-log/entry/log-name.ts';
import { openLogRows } from '../../access-log/read/open-reader.ts';
import { signedTimeOf } from '../../access-log/read/signed-times.ts';
import { appendAct } from '../../access-log/write/append-act.ts';
import { CLOCK_WENT_BACK } from '../../access-log/write/clock-steps.ts';
import { readCheckpointKeys, readLogSettings, readSealKeys } from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { storeOf } from './log-place.ts';

export const confirmClockCommand = buildSubcommand({
  details: `Puts on record that the clock was ahead when the last entries were written, and is right now. Until then a gateway whose
clock is more than five minutes before the last entry answers nothing. Prints the two times. Check the clock first.`,
  options: {},
  endOf: endOfLogError,
  run: async () => {
    const settings = readLogSettings(readEnvironment(), ['store', 'INSTANCE_ID', 'SECRETS_DIR']);
    const log = logNameOf(settings.instanceId);
    const store = storeOf(settings);
    const rows = openLogRows(store);
    try {
      const size = (await rows.end(log))?.size ?? 0;
      const [last] = size === 0 ? [] : await rows.groupsFrom(log, size - 1, 1);
      const from = (last && signedTimeOf(last)) ?? 0;
      const to = Date.now();
      const isAhead = from > to;
      if (isAhead) {
        const { instanceId } = settings;
        const keys = { sealKeys: readSealKeys(settings), checkpointKeys: readCheckpointKeys(settings) };
        await appendAct(
          { store, log, instanceId, ...keys },
          { purpose: CLOCK_WENT_BACK, detail: { from, to } },
        );
      }
      process.stdout.write(`${JSON.stringify({ log, isStated: isAhead, from, to })}\n`);
    } finally {
      await rows.close();
    }
  },
});
