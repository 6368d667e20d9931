import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_AGREEMENTS } from './demo-agreements.ts';

/** The demo's agreements in a folder of a test's own, for AGREEMENTS_DIR. */
export interface DemoFolder {
  readonly path: string;
  read(file: string): string;
  /** Whole at once, as an editor or a deployment would. */
  put(file: string, text: string): void;
  /** Throws where there is nothing to change. */
  change(file: string, from: RegExp, to: string): void;
  delete(): void;
}

export function copyDemoAgreements(): DemoFolder {
  const path = mkdtempSync(join(tmpdir(), 'ndg-agreements-'));
  cpSync(DEMO_AGREEMENTS, path, { recursive: true });
  const read = (file: string): string => readFileSync(join(path, file), 'utf8');
  const put = (file: string, text: string): void => {
    writeFileSync(join(path, `.${file}`), text);
    renameSync(join(path, `.${file}`), join(path, file));
  };
  return {
    path,
    read,
    put,
    change(file, from, to) {
      const text = read(file);
      if (!from.test(text)) throw new Error(`nothing to change in ${file}`);
      put(file, text.replace(from, to));
    },
    delete: () => rmSync(path, { recursive: true, force: true }),
  };
}
