import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_USES } from '../../config/secrets/key-rings.ts';
import { CommandFailure } from '../command-line/command-failure.ts';

/** The places of one installation's files. */
export interface SetupPlaces {
  readonly secrets: string;
  readonly owners: string;
  readonly agreements: string;
  readonly dataOf: (instance: string) => string;
  readonly settingsOf: (instance: string) => string;
}

/** The folders below the one that the operator names. */
export function placesIn(folder: string): SetupPlaces {
  return {
    secrets: join(folder, 'secrets'),
    owners: join(folder, 'owners'),
    agreements: join(folder, 'agreements'),
    dataOf: (instance) => join(folder, 'data', instance),
    settingsOf: (instance) => join(folder, `${instance}.env`),
  };
}

/** Makes a folder that only its owner may enter. Throws CommandFailure where it holds anything already. */
export function makeClosedFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (readdirSync(path).length > 0) {
    throw new CommandFailure(`${path} is not empty: setup replaces no key and no agreement.`);
  }
  chmodSync(path, 0o700);
}

/** Makes the keys that all instances share, and one for each instance's checkpoints. */
export function writeKeys(secrets: string, instances: readonly string[]): void {
  for (const use of [...KEY_USES, ...instances.map((instance) => `checkpoint-${instance}`)]) {
    writeClosed(join(secrets, `${use}.k1.key`), `${randomBytes(32).toString('base64')}\n`);
  }
}

/** Writes a file that only its owner may read. Throws where it is there already. */
export function writeClosed(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

/** Copies the files of a folder of agreements. Throws CommandFailure where it cannot be read. */
export function copyAgreements(from: string, to: string): void {
  try {
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (entry.isFile() && /\.(yaml|graphql)$/.test(entry.name)) {
        copyFileSync(join(from, entry.name), join(to, entry.name));
      }
    }
  } catch {
    throw new CommandFailure(`${from} cannot be read.`);
  }
}

/** The settings of one instance as a file for ENV_FILE; what only the operator knows stands there as a comment. */
export function settingsText(
  places: SetupPlaces,
  instance: string,
  ports: readonly [number, number],
): string {
  return [
    `INSTANCE_ID=${instance}`,
    `PORT=${ports[0]}`,
    `ADMIN_PORT=${ports[1]}`,
    `DATA_DIR=${places.dataOf(instance)}`,
    `SECRETS_DIR=${places.secrets}`,
    `AGREEMENTS_DIR=${places.agreements}`,
    '# The identity provider, the registers and the dossier service: fill in all of them.',
    ...['TOKEN_ISSUER', 'TOKEN_AUDIENCE', 'TOKEN_JWKS_URL'].map((name) => `# ${name}=`),
    ...['POPULATION_URL', 'BUSINESS_URL', 'LAND_URL', 'CIVIL_STATUS_URL', 'DOSSIER_URL'].map(
      (name) => `# ${name}=`,
    ),
    '# Two or more instances share these; WITNESS_ settings are printed by `ndg witness`.',
    ...['DATABASE_URL', 'REDIS_URL', 'WITNESS_URL', 'WITNESS_KEY'].map((name) => `# ${name}=`),
    '',
  ].join('\n');
}
