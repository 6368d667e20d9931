import {
  openAccessLogReader,
  type AccessLogReader,
  type ReadAnswer,
} from '../../src/access-log/read-sqlite.ts';
import { readSecrets } from '../../src/config/secrets.ts';

export interface LogPlace {
  readonly dataDirectory: string;
  readonly secretsDirectory: string;
}

/** Reads the access log as it lies on disk, once opened. */
export function withLog<T>(
  { dataDirectory, secretsDirectory }: LogPlace,
  read: (reader: AccessLogReader) => T,
): T {
  const { secrets } = readSecrets(secretsDirectory, 'demo');
  if (!secrets) throw new Error('no secrets');
  const reader = openAccessLogReader({ directory: dataDirectory, sealKeys: secrets.logSeal });
  try {
    return read(reader);
  } finally {
    reader.close();
  }
}

/** What stands in the access log under each id, null where nothing does; one opening of the log for all. */
export function recordsOf(place: LogPlace, ids: readonly (string | null)[]): readonly (ReadAnswer | null)[] {
  return withLog(place, (reader) => ids.map((id) => (id === null ? null : reader.answer(id))));
}

/** Subject -> `register coordinate`, sorted: as the oracle gives what is disclosed. */
export function disclosedIn(record: ReadAnswer | null): ReadonlyMap<string, readonly string[]> {
  return new Map(
    (record?.entries ?? [])
      .filter(({ disclosed }) => disclosed.length > 0)
      .map(({ subject, disclosed }) => [
        `${subject.kind} ${subject.key}`,
        disclosed
          .flatMap(({ register, coordinates }) => coordinates.map((one) => `${register} ${one}`))
          .sort(),
      ]),
  );
}
