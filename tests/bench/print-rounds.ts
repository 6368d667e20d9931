import { medianOf, ROUNDS, type Rounds } from './rounds.ts';
import { THREAD_KINDS } from './thread-cpu.ts';

/** Prints medians of the rounds, beside the contender of this name, with the least and the most CPU of a round. */
export function printRounds(
  title: string,
  { measured, isPinned }: Rounds,
  reference: string,
  print: (line: string) => void,
): void {
  const base = measured.find(({ name }) => name === reference);
  print('');
  print(
    `${title}; medians of ${ROUNDS} rounds in turns, ` +
      (isPinned ? 'measured process on core 0, registers and load on core 1' : 'cores NOT pinned'),
  );
  const columns = [
    '',
    'CPU us/req',
    'least-most',
    `to ${reference}`,
    ...THREAD_KINDS,
    'req/s',
    'p50 ms',
    'p99 ms',
    'register calls/req',
    'RSS MB',
    'failed',
  ];
  print(`| ${columns.join(' | ')} |`);
  print(`|---|${'---:|'.repeat(columns.length - 1)}`);
  for (const one of measured) {
    // Round by round, since what slows one round slows those beside it.
    const ratios = one.cpu.map((cpu, round) => cpu / (base?.cpu[round] ?? Number.NaN));
    const cells = [
      one.name,
      medianOf(one.cpu).toFixed(0),
      `${Math.min(...one.cpu).toFixed(0)}-${Math.max(...one.cpu).toFixed(0)}`,
      `${medianOf(ratios).toFixed(2)}x`,
      ...THREAD_KINDS.map((kind) => medianOf(one.threads.get(kind) ?? [0]).toFixed(0)),
      medianOf(one.perSecond).toFixed(0),
      medianOf(one.p50).toFixed(1),
      medianOf(one.p99).toFixed(1),
      medianOf(one.calls).toFixed(2),
      one.residentMegabytes.toFixed(0),
      one.failures,
    ];
    print(`| ${cells.join(' | ')} |`);
  }
}
