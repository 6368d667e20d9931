import { openLogReader, type TestLogReader, type ReadAnswer } from './log-reader.ts';
import { readSecrets } from '../../src/config/secrets/read-secrets.ts';
import type { SubjectDisclosure } from '../../src/disclosure/disclosure-recorder.ts';
import type { ExpectedEntry } from './oracles/entry-book.ts';
import type { RegisterDescriptor } from '../../src/sources/register-descriptor.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';

export interface LogPlace {
  readonly dataDirectory: string;
  readonly secretsDirectory: string;
  /** `demo` by default. */
  readonly instanceId?: string;
  /** The gateway's registers; absent: the default ones. */
  readonly registers?: readonly RegisterDescriptor[];
}

/** Reads the access log as it lies on disk, once opened. */
export function withLog<T>(
  { dataDirectory, secretsDirectory, instanceId = 'demo', registers = DEFAULT_REGISTERS }: LogPlace,
  read: (reader: TestLogReader) => T,
): T {
  const { secrets } = readSecrets(secretsDirectory, 'demo', instanceId, registers);
  if (!secrets) throw new Error('no secrets');
  const reader = openLogReader({ directory: dataDirectory, sealKeys: secrets.logSeal });
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

type Recorded = Pick<SubjectDisclosure, 'subject' | 'rule' | 'caseIds' | 'disclosed'> & {
  readonly outcome: string;
};

/** Subject -> `register coordinate`, sorted, ` none` behind what is nothing: as the oracle gives what is disclosed. */
export function disclosedIn(record: ReadAnswer | null): ReadonlyMap<string, readonly string[]> {
  return new Map(
    (record?.entries ?? [])
      .filter(({ disclosed }) => disclosed.length > 0)
      .map((one) => [nameOf(one), coordinatesOf(one)]),
  );
}

/**
 * Entries as the oracle gives them; a rule among those that it names is as good as all of them. An answer about nobody
 * has none, but for the one that says so.
 */
export function entriesOf(
  entries: readonly Recorded[],
  ownCase: string,
  wanted: ReadonlyMap<string, ExpectedEntry>,
): ReadonlyMap<string, ExpectedEntry> {
  const about = entries.filter(({ outcome }) => outcome !== 'nothing');
  return new Map(
    about.map((one) => {
      const { outcome, rule, caseIds } = one;
      const possible = wanted.get(nameOf(one))?.rules ?? [];
      const rules = rule === null ? [] : possible.includes(rule) ? possible : [rule];
      const cases = caseIds.length === 0 ? [ownCase] : [...caseIds].sort();
      return [nameOf(one), { outcome, rules, cases, disclosed: coordinatesOf(one) }];
    }),
  );
}

function nameOf({ subject }: Pick<Recorded, 'subject'>): string {
  return `${subject.kind} ${subject.key}`;
}

function coordinatesOf({ disclosed }: Pick<Recorded, 'disclosed'>): readonly string[] {
  return disclosed
    .flatMap(({ register, status, coordinates }) =>
      coordinates.map((one) => `${register} ${one}${status === 'none' ? ' none' : ''}`),
    )
    .sort();
}
