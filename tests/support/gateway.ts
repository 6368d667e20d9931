import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/config/settings/settings.ts';
import { buildGateway, type Gateway, type GatewayOverrides } from '../../src/gateway.ts';
import { buildLog } from '../../src/telemetry/log.ts';
import { buildCountry, type Country } from '../../mocks/country/country.ts';
import { fillEnvironment } from '../../mocks/demo.ts';
import { DEMO_REGISTERS } from '../../mocks/registers/demo-registers.ts';
import type { MockDescriptor } from '../../mocks/registers/register.ts';
import type { RegisterDescriptor } from '../../src/sources/register-descriptor.ts';
import { startMocks, type RunningMocks } from '../../mocks/servers/servers.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';

/** One country for all tests of a process: blocks are computed once. */
export const country: Country = buildCountry();

export interface Caller {
  readonly client?: string;
  readonly officer?: string;
  /** The officer as a person. */
  readonly officerPersonalId?: string;
  /** Personal id of a citizen who asks through the citizen channel. */
  readonly citizen?: string;
  readonly purpose?: string | null;
  readonly caseId?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly coordinate?: string; readonly rule?: string };
}

/** Data of an answer, loosely: tests read what they asked for. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: { [name: string]: Json } | null | undefined;
  readonly errors: readonly AnswerError[];
}

export interface TestGateway {
  readonly url: string;
  readonly adminUrl: string;
  readonly gateway: Gateway;
  readonly mocks: RunningMocks;
  readonly registers: readonly RegisterDescriptor[];
  readonly dataDirectory: string;
  readonly secretsDirectory: string;
  readonly logLines: readonly string[];
  token(caller: Caller): string;
  ask(query: string, variables?: object, caller?: Caller): Promise<TestAnswer>;
  send(body: string, caller?: Caller): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly overrides?: GatewayOverrides;
  /** Mocks of another test gateway, to run two instances over the same registers. */
  readonly mocks?: RunningMocks;
  /** Absent: the default ones, over the demo's mocks. */
  readonly registers?: readonly RegisterDescriptor[];
  readonly mockedRegisters?: readonly MockDescriptor[];
}

/** The assembled gateway with everything on real sockets of loopback, in a folder of its own. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'ndg-'));
  const { registers = DEFAULT_REGISTERS, mockedRegisters = DEMO_REGISTERS } = options;
  const mocks = options.mocks ?? (await startMocks({ country, registers: mockedRegisters }));
  const environment = await fillEnvironment(
    {
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: join(folder, 'data'),
      SECRETS_DIR: join(folder, 'secrets'),
      // A thread more for each gateway; tests of early warning switch it on.
      EARLY_WARNING: 'off',
      ...options.environment,
    },
    mocks.urls,
    mockedRegisters,
  );
  const logLines: string[] = [];
  const gateway = await buildGateway(
    readSettings(environment, 'demo', registers),
    { log: buildLog('info', { write: (line) => void logLines.push(line) }), ...options.overrides },
    registers,
  );
  const url = `http://127.0.0.1:${gateway.port}/graphql`;

  const token = ({ client = 'inspectorate', officer, officerPersonalId, citizen }: Caller): string =>
    mocks.identityProvider.mintToken(
      citizen === undefined
        ? {
            clientId: client,
            ...(officer === undefined ? {} : { sub: officer }),
            ...(officerPersonalId === undefined ? {} : { officerPersonalId }),
          }
        : { clientId: 'vneid', sub: citizen },
    );

  const send = async (body: string, caller: Caller = {}): Promise<TestAnswer> => {
    const { purpose = 'inspection', caseId = 'H26-261121-0001' } = caller;
    const bearer = caller.token === undefined ? token(caller) : caller.token;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(purpose === null ? {} : { 'x-purpose': purpose }),
        ...(caseId === null ? {} : { 'x-case-id': caseId }),
        ...caller.headers,
      },
      body,
    });
    const text = await response.text();
    const parsed = JSON.parse(text) as { data?: TestAnswer['data']; errors?: TestAnswer['errors'] };
    return {
      status: response.status,
      headers: response.headers,
      text,
      data: parsed.data,
      errors: parsed.errors ?? [],
    };
  };

  return {
    url,
    adminUrl: `http://127.0.0.1:${gateway.adminPort}`,
    gateway,
    mocks,
    registers,
    dataDirectory: environment['DATA_DIR'] ?? '',
    secretsDirectory: environment['SECRETS_DIR'] ?? '',
    logLines,
    token,
    send,
    ask: (query, variables = {}, caller = {}) => send(JSON.stringify({ query, variables }), caller),
    async close() {
      await gateway.close();
      if (!options.mocks) await mocks.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Codes and paths of an answer's errors, sorted, for comparing. */
export function faultsOf(answer: TestAnswer): readonly string[] {
  return answer.errors.map(({ path, extensions }) => `${(path ?? []).join('.')} ${extensions.code}`).sort();
}
