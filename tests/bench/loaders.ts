import type { BatchItem } from '../../src/sources/calls/connector.ts';
import { RecordLoaders } from '../../src/sources/records/record-loaders.ts';
import type { RecordKind } from '../../src/sources/records/record.ts';

const KINDS: readonly RecordKind[] = [
  'population.person',
  'civil-status.events',
  'business.interests',
  'land.holdings',
];
const ROUNDS = 15;
const HOPS_A_ROUND = 20_000;

/** CPU that the loaders of one request add to a hop over the four registers: to make them, to gather and to dispatch. */
export async function benchLoaders(print: (line: string) => void): Promise<void> {
  print('loaders: CPU a hop over four registers, fresh loaders each time');
  for (const count of [4, 40]) {
    const items: BatchItem[] = Array.from({ length: count }, (_, index) => ({
      kind: KINDS[index % KINDS.length] ?? 'population.person',
      key: String(index),
      askers: [],
    }));
    const load = (): Promise<void> => Promise.resolve();
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const hops = Math.round((HOPS_A_ROUND * 4) / count);
      const before = process.cpuUsage();
      for (let hop = 0; hop < hops; hop += 1) await new RecordLoaders(load).loadHop(items);
      const { user, system } = process.cpuUsage(before);
      samples.push((user + system) / hops);
    }
    const median = samples.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0;
    print(`${String(count).padStart(4)} keys ${median.toFixed(1).padStart(8)} us`);
  }
}
