import { parseArgs } from 'node:util';
import { formatVerifierKey } from '../log-format/notes/note-key.ts';
import { verifierKeys } from '../access-log/continuity/instance-log.ts';
import { logNameOf } from '../access-log/entry/log-name.ts';
import { openRows } from '../access-log/read/open-reader.ts';
import { openStore } from '../access-log/stores/open-store.ts';
import { rewrapArchives } from '../access-log/retention/rewrap-archives.ts';
import { rewrapKeys, type Rewrapped } from '../access-log/write/keys/rewrap-keys.ts';
import { readCheckpointKeys, readLogSettings, readSealKeys } from '../config/log-settings.ts';
import { processEnvironment } from '../config/settings.ts';
import { chooseLog, storeOf } from './access-log/log-place.ts';
import { runCommand } from './access-log/run-command.ts';
import { UsageError } from './agreements/command-result.ts';

const USAGE = `Usage: log-keys            the vkeys of INSTANCE_ID's checkpoints, newest first
       log-keys rewrap [--archive DIR]
                           wraps the data keys with the newest log-seal key of SECRETS_DIR, in all archives of DIR too`;

const NOTHING: Rewrapped = { keys: 0, rewrapped: 0, unopened: [] };

await runCommand(USAGE, async () => {
  const { positionals, values } = parseArgs({
    options: { archive: { type: 'string' } },
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  if (more.length > 0 || (name !== undefined && name !== 'rewrap')) throw new UsageError('Which of these?');
  if (name === undefined && values.archive !== undefined) throw new UsageError('Which of these?');
  await (name === 'rewrap' ? rewrap(values.archive ?? null) : print());
});

async function print(): Promise<void> {
  const settings = readLogSettings(processEnvironment(), ['INSTANCE_ID', 'SECRETS_DIR']);
  for (const key of verifierKeys(logNameOf(settings.instanceId), readCheckpointKeys(settings))) {
    process.stdout.write(`${formatVerifierKey(key)}\n`);
  }
}

/** Status 1 where a key of the log is not in the ring: then none may be retired. */
async function rewrap(archive: string | null): Promise<void> {
  const settings = readLogSettings(processEnvironment(), ['store', 'SECRETS_DIR']);
  const ring = readSealKeys(settings);
  const place = storeOf(settings);
  const rows = openRows(place);
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
