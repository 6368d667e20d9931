import { parseVerifierKey } from '../../log-format/notes/note-key.ts';
import { verifierKeys } from '../../access-log/continuity/instance-log.ts';
import { LAST_CHECKPOINT_FILE, readLastCheckpoint } from '../../access-log/continuity/last-checkpoint.ts';
import { logNameOf } from '../../access-log/entry/log-name.ts';
import { openRowsAndIndex } from '../../access-log/read/open-reader.ts';
import { beginEpoch } from '../../access-log/continuity/restore/begin-epoch.ts';
import { findLoss, type KeptNote } from '../../access-log/continuity/restore/find-loss.ts';
import { askingWitness } from '../../access-log/continuity/restore/witnessed-end.ts';
import { putLogFile } from '../../access-log/stores/sqlite/backup-file.ts';
import { buildWitnessClient, type WitnessClient } from '../../access-log/continuity/witness-client.ts';
import {
  readCheckpointKeys,
  readLogSettings,
  readSealKeys,
  type LogSettings,
} from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { storeOf } from './log-place.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { readCheckpoints } from './evidence/read-evidence.ts';

export const restoreLogCommand = buildSubcommand({
  details: `Makes a log usable again after a backup of it was restored. The gateway must not run. PostgreSQL is restored with pg_restore
first. DATA_DIR/last-checkpoint and the witness of WITNESS_URL are always asked for the newest checkpoint that they know.`,
  options: {
    from: { value: 'BACKUP', meaning: 'a file of `ndg log backup`, which is put in place first' },
    known: {
      value: 'FILE',
      meaning:
        "a checkpoint that somebody kept, the output of `ndg witness --show`, or an export's checkpoints.ndjson",
      repeats: true,
    },
    'new-epoch': { meaning: 'begins a new epoch even where no entry is known to be lost' },
  },
  endOf: endOfLogError,
  run: async (values) => {
    const given = values.known.flatMap(readCheckpoints).map(endedByNewline);
    const settings = readLogSettings(readEnvironment(), ['DATA_DIR', 'INSTANCE_ID', 'SECRETS_DIR']);
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
  },
});

function putInPlace(settings: LogSettings, backup: string, log: string): string | null {
  if (settings.databaseUrl !== null) {
    throw new CommandFailure(
      'The log is in PostgreSQL: restore it with pg_restore, then run this command without --from.',
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
  if (!key) throw new CommandFailure('WITNESS_KEY is not the public key (vkey) of a witness.');
  return buildWitnessClient({ url: witness.url, key });
}
