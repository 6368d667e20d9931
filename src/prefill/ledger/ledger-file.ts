import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ComponentCount, FormCount } from './form-count.ts';

/** The ledger's file in DATA_DIR. */
export const LEDGER_FILE = 'form-ledger.sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS forms (
    day TEXT, procedure TEXT, office TEXT, province TEXT,
    forms INTEGER NOT NULL, using_population INTEGER NOT NULL, fully_reused INTEGER NOT NULL,
    PRIMARY KEY (day, procedure, office, province)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS components (
    day TEXT, procedure TEXT, office TEXT, province TEXT, component INTEGER, state TEXT, cause TEXT,
    count INTEGER NOT NULL, asked_anyway INTEGER NOT NULL,
    PRIMARY KEY (day, procedure, office, province, component, state, cause)
  ) STRICT, WITHOUT ROWID`;

/** A span of days of Viet Nam, both included. */
export interface LedgerSpan {
  readonly from: string;
  readonly to: string;
}

/** All counts of a span. */
export interface LedgerCounts {
  readonly forms: readonly FormCount[];
  readonly components: readonly ComponentCount[];
}

/** The ledger of one instance as a file. */
export interface LedgerFile {
  add(counts: LedgerCounts): void;
  read(span: LedgerSpan): LedgerCounts;
  close(): void;
}

/** Opens the ledger of a DATA_DIR. Throws the system's and SQLite's errors. */
export function openLedgerFile(dataDirectory: string, { readOnly = false } = {}): LedgerFile {
  const database = new DatabaseSync(join(dataDirectory, LEDGER_FILE), { readOnly });
  if (!readOnly) database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  const statements = readOnly ? null : prepareWrites(database);
  const readForms = database.prepare(
    `SELECT day, procedure, office, province, forms, using_population AS usingPopulation, fully_reused AS fullyReused
     FROM forms WHERE day BETWEEN ? AND ? ORDER BY day, procedure, office, province`,
  );
  const readComponents = database.prepare(
    `SELECT day, procedure, office, province, component, state, cause, count, asked_anyway AS askedAnyway
     FROM components WHERE day BETWEEN ? AND ? ORDER BY day, procedure, office, province, component, state, cause`,
  );
  return {
    add({ forms, components }) {
      if (!statements) throw new Error('the ledger was opened to be read');
      database.exec('BEGIN');
      for (const one of forms) statements.form(one);
      for (const one of components) statements.component(one);
      database.exec('COMMIT');
    },
    read: ({ from, to }) => ({
      forms: readForms.all(from, to) as unknown as FormCount[],
      components: readComponents.all(from, to) as unknown as ComponentCount[],
    }),
    close: () => database.close(),
  };
}

function prepareWrites(database: DatabaseSync) {
  const form = database.prepare(
    `INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET forms = forms + excluded.forms,
       using_population = using_population + excluded.using_population, fully_reused = fully_reused + excluded.fully_reused`,
  );
  const component = database.prepare(
    `INSERT INTO components VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count,
       asked_anyway = asked_anyway + excluded.asked_anyway`,
  );
  return {
    form: (one: FormCount) =>
      form.run(
        one.day,
        one.procedure,
        one.office,
        one.province,
        one.forms,
        one.usingPopulation,
        one.fullyReused,
      ),
    component: (one: ComponentCount) =>
      component.run(
        one.day,
        one.procedure,
        one.office,
        one.province,
        one.component,
        one.state,
        one.cause,
        one.count,
        one.askedAnyway,
      ),
  };
}
