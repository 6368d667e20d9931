import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCountry } from '../../mocks/country/country.ts';
import { mintToken } from '../../mocks/identity/mint-token.ts';
import { startMocks } from '../../mocks/servers/servers.ts';
import { CITIZEN } from '../support/selections.ts';
import type { Contender } from './contenders.ts';
import { printRounds } from './print-rounds.ts';
import { runRounds } from './rounds.ts';

const PERSONS = 1_000;

/** Floors come last: they send back what the others answered. */
const GATEWAYS: readonly Contender[] = [
  {
    name: 'gateway, single calls',
    script: 'sut-gateway.ts',
    settings: { SHARED_CALLS: 'off', RECORD_CACHE: 'off' },
  },
  {
    name: 'gateway, shared calls',
    script: 'sut-gateway.ts',
    settings: { SHARED_CALLS: 'on', RECORD_CACHE: 'off' },
  },
  { name: 'gateway, cached', script: 'sut-gateway.ts' },
];

const PEERS: readonly Contender[] = [
  { name: 'Apollo Server over stitching, no rights, no log', script: 'sut-stock.ts' },
  { name: 'Mercurius over plain resolvers, no rights, no log', script: 'sut-mercurius.ts' },
  { name: 'Apollo Server, fixed data', script: 'sut-apollo.ts' },
  { name: 'fixed body, node:http', script: 'sut-fixed-body.ts' },
];

/**
 * Floors come last: they send back what the others answered. `BENCH_BESIDE`, the folder of another checkout, measures its gateway too,
 * against the same country and in the same rounds: what a change costs.
 */
function contendersOf(beside: string | undefined): readonly Contender[] {
  const others = GATEWAYS.map((gateway) => ({
    ...gateway,
    settings: { ...gateway.settings, AGREEMENTS_DIR: join(beside ?? '', 'mocks/agreements') },
    name: `${gateway.name}, beside`,
    script: pathToFileURL(join(beside ?? '', 'tests/bench', gateway.script)).href,
  }));
  return [
    { name: 'point-to-point', script: 'sut-point-to-point.ts' },
    ...GATEWAYS,
    ...(beside ? others : PEERS),
  ];
}

/** The contract's citizen, asked by an agency. */
export async function benchEndToEnd(print: (line: string) => void): Promise<void> {
  const country = buildCountry();
  const bodies = country
    .people({ with: ['land', 'business', 'marriage'] })
    .take(PERSONS)
    .map(({ personalId }) => JSON.stringify({ query: CITIZEN, variables: { personalId } }))
    .toArray();
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${mintToken({ clientId: 'inspectorate', sub: 'bench' })}`,
    'x-purpose': 'inspection',
    'x-case-id': 'H26-261121-0001',
  };
  const mocks = await startMocks({ country });
  const rounds = await runRounds({
    contenders: contendersOf(process.env['BENCH_BESIDE']),
    bodies,
    headers,
    mocks,
  });
  printRounds(`The contract's citizen, ${PERSONS} persons`, rounds, 'point-to-point', print);
}
