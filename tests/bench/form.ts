import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangedToken, mintToken } from '../../mocks/identity/mint-token.ts';
import type { BatchItem, Connector } from '../../src/sources/calls/connector.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';
import type { RegisterDescriptor } from '../../src/sources/register-descriptor.ts';
import { PROCEDURES } from '../support/forms/fill-families.ts';
import { country, startTestGateway } from '../support/gateway.ts';
import { startMocks } from '../../mocks/servers/servers.ts';
import { printRounds } from './print-rounds.ts';
import { runRounds } from './rounds.ts';

const PERSONS = 200;

/** Calls that were under way together. */
export type RecordedHop = readonly (readonly [
  register: string,
  items: readonly Pick<BatchItem, 'kind' | 'key'>[],
])[];

/** The form with the most fields, filled for citizens by a portal; beside it a client that makes the same calls by hand. */
export async function benchForm(print: (line: string) => void): Promise<void> {
  const largest = PROCEDURES.toSorted((a, b) => b.fields.length - a.fields.length)[0];
  const ids = [...country.people({ with: ['land', 'business', 'marriage'] }).take(PERSONS)].map(
    ({ personalId }) => personalId,
  );
  const folder = mkdtempSync(join(tmpdir(), 'ndg-form-'));
  const file = join(folder, 'calls.json');
  const query = `query ($code: ID!) { prefill(procedure: $code) { fields { key row value absence candidates
    source { register recordNo recordDate asOf } } components { name state cause } contradictions { fact } } }`;
  const bodies = ids.map((id) => JSON.stringify({ id, query, variables: { code: largest?.code } }));
  const headers = ids.map((id) => ({
    'content-type': 'application/json',
    authorization: `Bearer ${mintToken(exchangedToken('dvc-portal', id, 3_000))}`,
    'x-purpose': 'form-prefill',
  }));
  writeFileSync(file, JSON.stringify(await recordCalls(ids, query, largest?.code ?? '')));
  try {
    const mocks = await startMocks({ country });
    const alone = { SHARED_CALLS: 'off', RECORD_CACHE: 'off' };
    const rounds = await runRounds({
      contenders: [
        { name: 'point-to-point', script: 'sut-form-client.ts', settings: { FORM_CALLS: file } },
        { name: 'gateway', script: 'sut-gateway.ts', settings: alone },
      ],
      bodies,
      headers,
      mocks,
    });
    const title = `Form ${largest?.code}: ${largest?.fields.length} fields, ${PERSONS} citizens`;
    printRounds(title, rounds, 'point-to-point', print);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The calls of each citizen's form, hop by hop, as the gateway makes them. */
async function recordCalls(
  ids: readonly string[],
  query: string,
  code: string,
): Promise<Readonly<Record<string, readonly RecordedHop[]>>> {
  let hops: (readonly [string, readonly Pick<BatchItem, 'kind' | 'key'>[]])[][] = [];
  let underWay = 0;
  const recorded = (connector: Connector): Connector => ({
    ...connector,
    async fetch(items, call) {
      if (underWay === 0) hops.push([]);
      hops.at(-1)?.push([connector.register, items.map(({ kind, key }) => ({ kind, key }))]);
      underWay += 1;
      try {
        return await connector.fetch(items, call);
      } finally {
        underWay -= 1;
      }
    },
  });
  const registers = DEFAULT_REGISTERS.map((register): RegisterDescriptor => ({
    ...register,
    connect: (...given) => recorded(register.connect(...given)),
  }));
  const gateway = await startTestGateway({ registers, environment: { RECORD_CACHE: 'off' } });
  const calls: Record<string, readonly RecordedHop[]> = {};
  for (const id of ids) {
    hops = [];
    const token = mintToken(exchangedToken('dvc-portal', id));
    await gateway.ask(query, { code }, { token, purpose: 'form-prefill', caseId: null });
    calls[id] = hops;
  }
  await gateway.close();
  return calls;
}
