import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One good agreement over `one.graphql`. */
export const GOOD = {
  id: 'one',
  version: 1,
  parties: { receiver: 'Thanh tra', providers: ['population'] },
  systems: ['inspectorate'],
  purpose: 'inspection',
  legalBasis: { instrument: 'Law', article: '1', mark: 'modelled' },
  grant: 'one.graphql',
  categories: ['BASIC'],
  answer: 'partial',
  case: { procedures: ['1.004222'] },
  match: 'optional',
  rows: { territory: 'nation', clearance: [] },
  volume: { recordsPerHour: 1000 },
  validFrom: '2026-01-01',
  validUntil: '2099-12-31',
};

/** Of another purpose, over the same grant. */
export const OTHER = { ...GOOD, id: 'two', purpose: 'land-registration' };

export const GRANT = 'query Grant($id: ID!) { citizen(personalId: $id) { personalId } }';

export const CLIENTS = [
  { id: 'inspectorate', kind: 'agency', name: 'I' },
  { id: 'hn-hoankiem-civil', kind: 'agency', name: 'C', unit: '00070' },
  { id: 'nowhere', kind: 'agency', name: 'N', unit: '99999' },
  { id: 'vneid', kind: 'citizen', name: 'V' },
];

export interface TestFolder {
  readonly path: string;
  /** Whole at once, as an editor or a deployment would: JSON is YAML. */
  put(file: string, content: object | string): void;
  remove(file: string): void;
  /** Takes the folder away. */
  delete(): void;
}

/** A folder with the clients and the grant, and the agreements that are given. */
export function createFolder(files: Readonly<Record<string, object | string>> = {}): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'agreements-'));
  const put = (file: string, content: object | string): void => {
    const temporary = join(path, `.${file}.new`);
    writeFileSync(temporary, typeof content === 'string' ? content : JSON.stringify(content));
    renameSync(temporary, join(path, file));
  };
  for (const [file, content] of Object.entries({
    'clients.yaml': CLIENTS,
    'one.graphql': GRANT,
    ...files,
  })) {
    put(file, content);
  }
  return {
    path,
    put,
    remove: (file) => rmSync(join(path, file)),
    delete: () => rmSync(path, { recursive: true, force: true }),
  };
}
