import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_AGREEMENTS } from './demo-agreements.ts';

/** The demo's agreements in a folder of a test's own, for AGREEMENTS_DIR. */
export interface DemoFolder {
  readonly path: string;
  /** Whole at once; throws where there is nothing to change. */
  change(file: string, from: RegExp, to: string): void;
  delete(): void;
}

export function copyDemoAgreements(): DemoFolder {
  const path = mkdtempSync(join(tmpdir(), 'ndg-agreements-'));
  cpSync(DEMO_AGREEMENTS, path, { recursive: true });
  return {
    path,
    change(file, from, to) {
      const text = readFileSync(join(path, file), 'utf8');
      if (!from.test(text)) throw new Error(`nothing to change in ${file}`);
      writeFileSync(join(path, `.${file}`), text.replace(from, to));
      renameSync(join(path, `.${file}`), join(path, file));
    },
    delete: () => rmSync(path, { recursive: true, force: true }),
  };
}
