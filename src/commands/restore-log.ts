import { parseArgs } from 'node:util';
import { parseVerifierKey } from '../log-format/notes/note-key.ts';
import { verifierKeys } from '../access-log/continuity/instance-log.ts';
import { LAST_CHECKPOINT_FILE, readLastCheckpoint } from '../access-log/continuity/last-checkpoint.ts';
import { logNameOf } from '../access-log/entry/log-name.ts';
import { openRowsAndIndex } from '../access-log/read/open-reader.ts';
import { beginEpoch } from '../access-log/continuity/restore/begin-epoch.ts';
import { findLoss, type KeptNote } from '../access-log/continuity/restore/find-loss.ts';
import { askingWitness } from '../access-log/continuity/restore/witnessed-end.ts';
import { putLogFile } from '../access-log/stores/sqlite/backup-file.ts';
import { buildWitnessClient, type WitnessClient } from '../access-log/continuity/witness-client.ts';
import {
  readCheckpointKeys,
  readLogSettings,
  readSealKeys,
  type LogSettings,
} from '../config/log-settings.ts';
import { processEnvironment } from '../config/settings.ts';
import { storeOf } from './access-log/log-place.ts';
import { runCommand } from './access-log/run-command.ts';
import { CommandFailure } from './agreements/command-result.ts';
import { readCheckpoints } from './verify-log/read-evidence.ts';

const USAGE = `Usage: restore-log [--from BACKUP] [--known FILE]... [--new-epoch]
Makes a log usable that was put back from a backup, while the gateway does not run. --from puts a file of backup-log in place
first; PostgreSQL is restored with pg_restore. --known: checkpoints that others kept, what witness --show prints, or an export's
checkpoints.ndjson; DATA_DIR/last-checkpoint and the witness are asked anyway. --new-epoch: also where nothing is known to be lost.`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      known: { type: 'string', multiple: true, default: [] },
      'new-epoch': { type: 'boolean', default: false },
    },
  });
  const given = values.known.flatMap(readCheckpoints).map(endedByNewline);
  const settings = readLogSettings(processEnvironment(), ['DATA_DIR', 'INSTANCE_ID', 'SECRETS_DIR']);
  const log = logNameOf(settings.instanceId);
  const checkpointKeys = readCheckpointKeys(settings);
  const sealKeys = readSealKeys(settings);
  const aside = values.from === undefined ? null : putInPlace(settings, values.from, log);
  const store = storeOf(settings);
  const { rows, index } = openRowsAndIndex(store);
  const witness = witnessOf(settings);
  try {
    const keys = verifierKeys(log, checkpointKeys);
    const known = [...given, ...ownKnown(settings.dataDirectory)];
    const asked = witness && askingWitness(witness, checkpointKeys);
    const loss = await findLoss({ rows, log, keys, known, witness: asked });
    const isDue = loss.lost !== null || values['new-epoch'];
    const writer = { store, log, instanceId: settings.instanceId, sealKeys, checkpointKeys };
    const directory = settings.dataDirectory;
    const begun = isDue ? await beginEpoch(loss, { writer, index, directory }) : null;
    const size = loss.stored?.checkpoint.size ?? 0;
    process.stdout.write(`${JSON.stringify({ log, size, begun, replaced: aside })}\n`);
  } finally {
    await index.close();
    await rows.close();
    await witness?.close();
  }
});

function putInPlace(settings: LogSettings, backup: string, log: string): string | null {
  if (settings.databaseUrl !== null) {
    throw new CommandFailure(
      'The log is in PostgreSQL: restore it with pg_restore, then come back without --from.',
    );
  }
  return putLogFile(settings.dataDirectory, backup, log, new Date());
}

/** Notes travel by mail and clipboard, which lose or add newlines at the end; what is signed stands before them. */
function endedByNewline({ name, note }: KeptNote): KeptNote {
  return { name, note: `${note.replace(/[\r\n]+$/, '')}\n` };
}

function ownKnown(directory: string): readonly KeptNote[] {
  const note = readLastCheckpoint(directory);
  return note === null ? [] : [{ name: `DATA_DIR/${LAST_CHECKPOINT_FILE}`, note }];
}

function witnessOf({ witness }: LogSettings): WitnessClient | null {
  if (!witness) return null;
  const key = parseVerifierKey(witness.key);
  if (!key) throw new CommandFailure('WITNESS_KEY is no vkey.');
  return buildWitnessClient({ url: witness.url, key });
}
