import { readdirSync, readFileSync } from 'node:fs';

/** Kinds of threads of a measured process, by the names that Node and the gateway give them. */
export const THREAD_KINDS = [
  'main',
  'log writer',
  'search index',
  'early warning',
  'collector, compiler',
] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];

const KIND_OF: Readonly<Record<string, ThreadKind>> = {
  MainThread: 'main',
  node: 'main',
  'log-writer': 'log writer',
  'log-reader': 'search index',
  'log-watch': 'early warning',
};

/** A tick of the kernel's clock as /proc counts it (USER_HZ, proc(5)), in microseconds. */
const TICK = 10_000;

/** CPU of each kind of thread in microseconds, in steps of 10 ms; empty where there is no /proc. */
export function threadCpuOf(pid: number): Map<ThreadKind, number> {
  const cpu = new Map<ThreadKind, number>();
  for (const task of tasksOf(pid)) {
    const stat = statOf(pid, task);
    if (!stat) continue;
    const kind = KIND_OF[stat.name] ?? 'collector, compiler';
    cpu.set(kind, (cpu.get(kind) ?? 0) + stat.ticks * TICK);
  }
  return cpu;
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** The name stands in brackets and may hold spaces; utime and stime are fields 14 and 15 (proc(5)). */
function statOf(pid: number, task: string): { readonly name: string; readonly ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    return {
      name: text.slice(text.indexOf('(') + 1, end),
      ticks: Number(fields[11]) + Number(fields[12]),
    };
  } catch {
    // A thread that ended in between.
    return null;
  }
}
