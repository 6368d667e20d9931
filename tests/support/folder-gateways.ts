import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_AGREEMENTS } from './demo-agreements.ts';
import { startTestGateway, type TestAnswer, type TestGateway, type TestGatewayOptions } from './gateway.ts';

/** Within which a withdrawal takes effect, as the order promises, and a margin for a busy machine. */
export const PROMISED_MS = 5_000;
export const MARGIN_MS = 1_500;

/** A gateway and its own folder of agreements; files are put whole. */
export interface FolderGateway {
  readonly gateway: TestGateway;
  put(file: string, content: string): void;
  take(file: string): void;
  read(file: string): string;
}

/** Instances over the same registers and secrets, each with a folder of its own that begins as the demo's. */
export interface FolderGateways {
  start(name: string, options?: Omit<TestGatewayOptions, 'mocks'>): Promise<FolderGateway>;
  close(): Promise<void>;
}

export function buildFolderGateways(): FolderGateways {
  const root = mkdtempSync(join(tmpdir(), 'ndg-folders-'));
  const running: TestGateway[] = [];
  return {
    async start(name, { environment, overrides = {} } = {}) {
      const folder = join(root, name);
      cpSync(DEMO_AGREEMENTS, folder, { recursive: true });
      const [first] = running;
      const gateway = await startTestGateway({
        environment: { AGREEMENTS_DIR: folder, SECRETS_DIR: join(root, 'secrets'), ...environment },
        overrides,
        ...(first ? { mocks: first.mocks } : {}),
      });
      running.push(gateway);
      return {
        gateway,
        put(file, content) {
          writeFileSync(join(folder, `.${file}`), content);
          renameSync(join(folder, `.${file}`), join(folder, file));
        },
        take: (file) => rmSync(join(folder, file)),
        read: (file) => readFileSync(join(folder, file), 'utf8'),
      };
    },
    async close() {
      for (const gateway of running.toReversed()) await gateway.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Of an answer about one citizen: the refusal's code, or `OK` for data. */
export function codeOf({ data, errors }: TestAnswer): string {
  return data?.['citizen'] ? 'OK' : (errors[0]?.extensions.code ?? 'nothing');
}
