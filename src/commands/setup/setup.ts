import { copyFileSync, chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SETTING_TABLE } from '../../config/settings/setting-table.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { readWorkerCount } from '../serve/worker-environments.ts';
import {
  copyAgreements,
  makeClosedFolder,
  placesIn,
  settingsText,
  writeClosed,
  writeKeys,
} from './setup-folders.ts';
import { signAll } from './sign-all.ts';

const FIRST_PORT = 4000;
const FIRST_ADMIN_PORT = 9464;

export const setupCommand = buildSubcommand({
  details: `Makes what a gateway needs outside the demo: folders, keys, a signed copy of a folder of agreements, and a file of settings for
each instance. Nothing that exists is replaced.

The private keys of the owners are written to DIR/owners for a staging system. In production each owner makes a key of their own
(ndg agreements keygen) and signs elsewhere: leave --agreements out, and put the signed files into DIR/agreements.`,
  arguments: [['<dir>', 'the folder to make; it may exist']],
  options: {
    instance: { value: 'ID', meaning: 'INSTANCE_ID of an instance', repeats: true },
    workers: { value: 'N', meaning: 'also keys for ndg serve --workers N of each instance' },
    agreements: { value: 'DIR', meaning: 'a folder of agreements to copy and sign' },
    credentials: { value: 'FILE', meaning: 'credentials for the registers and the dossier service, as JSON' },
  },
  run: ({ instance: instances, workers, agreements, credentials }, [folder = '']) =>
    setUp(folder, { instances, workers: workersOf(workers), agreements, credentials }),
});

/** Everything that the command is given beside the folder. */
export interface SetupOptions {
  readonly instances: readonly string[];
  /** Workers of each instance; 0: it is served by one process. */
  readonly workers?: number;
  readonly agreements: string | undefined;
  readonly credentials: string | undefined;
}

/** Makes folders, keys, signatures and settings. Throws UsageError and CommandFailure. */
export function setUp(
  folder: string,
  { instances, workers = 0, agreements, credentials }: SetupOptions,
): CommandResult {
  assertInstances(instances);
  const places = placesIn(resolve(folder));
  makeClosedFolder(places.secrets);
  const identities = instances.flatMap((instance) => [instance, ...workerIds(instance, workers)]);
  writeKeys(places.secrets, identities);
  mkdirSync(places.agreements, { recursive: true, mode: 0o755 });
  if (agreements !== undefined) {
    copyAgreements(agreements, places.agreements);
    writeClosed(join(places.secrets, 'owner-keys.o1.json'), signAll(places.agreements, places.owners));
  }
  if (credentials !== undefined) copyCredentials(credentials, places.secrets);
  for (const [at, instance] of instances.entries()) {
    mkdirSync(places.dataOf(instance), { recursive: true, mode: 0o700 });
    const ports = [FIRST_PORT + at, FIRST_ADMIN_PORT + at * (workers + 1)] as const;
    writeClosed(places.settingsOf(instance), settingsText(places, instance, ports));
  }
  const missing = [
    ...(agreements === undefined ? ['signed agreements and owner-keys.<id>.json'] : []),
    ...(credentials === undefined ? ['register-credentials.<id>.json'] : []),
  ];
  return {
    output: [
      ...instances.map(
        (instance) =>
          `ENV_FILE=${places.settingsOf(instance)} npx ndg serve${workers > 0 ? ` --workers ${workers}` : ''}`,
      ),
      'Fill in the addresses in each of these files first.',
      ...missing.map((what) => `Still missing: ${what}.`),
    ].join('\n'),
    status: 0,
  };
}

function workersOf(given: string | undefined): number {
  if (given === undefined) return 0;
  return readWorkerCount(given);
}

function workerIds(instance: string, workers: number): readonly string[] {
  return Array.from({ length: workers }, (_none, at) => `${instance}-${at + 1}`);
}

function assertInstances(instances: readonly string[]): void {
  if (instances.length === 0) throw new UsageError('--instance is needed, once for each instance.');
  if (new Set(instances).size < instances.length) throw new UsageError('Two instances have one name.');
  for (const instance of instances) {
    const { error } = SETTING_TABLE.INSTANCE_ID.format.safeParse(instance);
    if (error) throw new UsageError(`${error.issues[0]?.message ?? 'INSTANCE_ID is malformed'}.`);
  }
}

function copyCredentials(from: string, secrets: string): void {
  const to = join(secrets, 'register-credentials.r1.json');
  try {
    copyFileSync(from, to);
    chmodSync(to, 0o600);
  } catch {
    throw new CommandFailure(`${from} cannot be read.`);
  }
}
