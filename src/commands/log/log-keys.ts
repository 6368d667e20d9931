import { formatVerifierKey } from '../../log-format/notes/note-key.ts';
import { verifierKeys } from '../../access-log/continuity/instance-log.ts';
import { logNameOf } from '../../access-log/entry/log-name.ts';
import { openLogRows } from '../../access-log/read/open-reader.ts';
import { openStore } from '../../access-log/stores/open-store.ts';
import { rewrapArchives } from '../../access-log/retention/rewrap-archives.ts';
import { rewrapKeys, type Rewrapped } from '../../access-log/write/keys/rewrap-keys.ts';
import { readCheckpointKeys, readLogSettings, readSealKeys } from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { chooseLog, storeOf } from './log-place.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { UsageError } from '../command-line/command-failure.ts';

const NOTHING: Rewrapped = { keys: 0, rewrapped: 0, unopened: [] };

export const logKeysCommand = buildSubcommand({
  details: `Prints the public keys (vkeys) of INSTANCE_ID's checkpoints, newest first, one a line. With \`rewrap\` it instead wraps the
log's data keys with the newest log-seal key of SECRETS_DIR.`,
  arguments: [['[action]', 'what to do in place of printing', ['rewrap']]],
  options: { archive: { value: 'DIR', meaning: 'rewraps the keys of all archives in this folder too' } },
  endOf: endOfLogError,
  run: async (values, [action]) => {
    if (action === undefined && values.archive !== undefined) {
      throw new UsageError('--archive goes with the action rewrap.');
    }
    await (action === 'rewrap' ? rewrap(values.archive ?? null) : print());
  },
});

async function print(): Promise<void> {
  const settings = readLogSettings(readEnvironment(), ['INSTANCE_ID', 'SECRETS_DIR']);
  for (const key of verifierKeys(logNameOf(settings.instanceId), readCheckpointKeys(settings))) {
    process.stdout.write(`${formatVerifierKey(key)}\n`);
  }
}

/** Ends with status 1 where a key of the log is not in SECRETS_DIR: then no old key may be removed. */
async function rewrap(archive: string | null): Promise<void> {
  const settings = readLogSettings(readEnvironment(), ['store', 'SECRETS_DIR']);
  const ring = readSealKeys(settings);
  const place = storeOf(settings);
  const rows = openLogRows(place);
  const store = openStore(place, await chooseLog(rows, (await rows.logs())[0], settings));
  try {
    await store.open(false);
    const stored = await rewrapKeys(rows, store, ring);
    const archived = archive === null ? NOTHING : rewrapArchives(archive, ring);
    const unopened = [...stored.unopened, ...archived.unopened];
    const keys = stored.keys + archived.keys;
    const rewrapped = stored.rewrapped + archived.rewrapped;
    process.stdout.write(`${JSON.stringify({ keys, rewrapped, unopened: unopened.length })}\n`);
    if (unopened.length > 0) {
      process.stderr.write(`No key of SECRETS_DIR opens: ${unopened.join(', ')}\n`);
      process.exitCode = 1;
    }
  } finally {
    await store.close();
    await rows.close();
  }
}
