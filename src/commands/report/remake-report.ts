import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logNameOf } from '../../access-log/entry/log-name.ts';
import { buildLogReader } from '../../access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../access-log/read/open-reader.ts';
import { appendAct } from '../../access-log/write/append-act.ts';
import { CLIENTS_FILE } from '../../agreements/folder/load-agreements.ts';
import {
  readCheckpointKeys,
  readLogSettings,
  readSealKeys,
  readSearchKeys,
} from '../../config/settings/log-settings.ts';
import { readEnvironment, type Environment } from '../../config/settings/read-environment.ts';
import { textOfSetting } from '../../config/settings/read-table.ts';
import { parseRegisteredClients, type RegisteredClients } from '../../identity/registered-clients.ts';
import { signingKeyOf } from '../../log-format/crypto.ts';
import { noteSignerOf } from '../../log-format/notes/note-key.ts';
import { LEDGER_FILE, openLedgerFile } from '../../prefill/ledger/ledger-file.ts';
import { readProcedures } from '../../prefill/procedures/procedures.ts';
import { DEFAULT_REGISTERS } from '../../sources/default-registers.ts';
import { legalNamesOf } from '../../sources/register-descriptor.ts';
import { ReportBook } from '../../watch/report/report-book.ts';
import { openReportFolder, REPORTS_FOLDER } from '../../watch/report/report-folder.ts';
import { readReportTemplate } from '../../watch/report/print/report-template.ts';
import { openSeriesFile, SERIES_FILE } from '../../watch/series/series-file.ts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { storeOf } from '../log/log-place.ts';

/** A report that was made. */
export interface MadeReport {
  readonly day: string;
  readonly isProvisional: boolean;
  /** The folder in which it is kept; null where the day is not over: such a report is not kept. */
  readonly folder: string | null;
  readonly sha256: string;
}

/** Makes the report of a day from what one instance has, with the environment's settings. Rejects as commands of the log do. */
export async function remakeReport(
  day: string,
  by: string,
  environment: Environment = readEnvironment(),
): Promise<MadeReport> {
  const settings = readLogSettings(environment, ['store', 'DATA_DIR', 'INSTANCE_ID', 'SECRETS_DIR']);
  const { dataDirectory, instanceId } = settings;
  const template = readReportTemplate(textOfSetting(environment, 'REPORT_TEMPLATE') ?? null);
  const clients = readClients(textOfSetting(environment, 'AGREEMENTS_DIR'));
  const store = storeOf(settings);
  const [sealKeys, searchKeys, checkpointKeys] = [
    readSealKeys(settings),
    readSearchKeys(settings),
    readCheckpointKeys(settings),
  ];
  const log = logNameOf(instanceId);
  const reader = buildLogReader({ ...openRowsAndIndex(store), sealKeys, searchKeys });
  const series = existsSync(join(dataDirectory, SERIES_FILE))
    ? openSeriesFile(dataDirectory, { readOnly: true })
    : null;
  const ledger = existsSync(join(dataDirectory, LEDGER_FILE))
    ? openLedgerFile(dataDirectory, { readOnly: true })
    : null;
  try {
    const folder = openReportFolder(dataDirectory);
    const book = new ReportBook({
      sources: {
        instance: instanceId,
        reader,
        series: (from, to) => series?.read(from, to) ?? [],
        ledger: (span) => ledger?.read(span) ?? { forms: [], components: [] },
        procedures: readProcedures(() => true),
        registerNames: legalNamesOf(DEFAULT_REGISTERS),
        officeOf: (id) => clients.get(id) ?? null,
        now: Date.now,
      },
      folder,
      signer: noteSignerOf(log, signingKeyOf(checkpointKeys[0].key)),
      template,
      onMade: async (made) => {
        const writer = { store, log, instanceId, sealKeys, checkpointKeys };
        await appendAct(writer, { purpose: 'daily-report', detail: { ...made, by } });
      },
      onTrouble: () => undefined,
    });
    const { isProvisional, statement } = await book.remake(day);
    const place = isProvisional ? null : join(dataDirectory, REPORTS_FOLDER, day);
    return { day, isProvisional, folder: place, sha256: hash('sha256', statement) };
  } finally {
    series?.close();
    ledger?.close();
    await reader.close();
  }
}

/** Without the registered clients every office would lie nowhere, and the report would say so without a word. */
function readClients(directory: string | undefined): RegisteredClients {
  if (directory === undefined) {
    throw new CommandFailure('AGREEMENTS_DIR is not set: its clients.yaml says where each office lies.');
  }
  const file = join(directory, CLIENTS_FILE);
  const { clients, faults } = parseRegisteredClients(existsSync(file) ? readFileSync(file) : undefined);
  if (faults.length > 0) throw new CommandFailure(faults.join('\n'));
  return clients;
}
