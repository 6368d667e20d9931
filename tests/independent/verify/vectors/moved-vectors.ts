import { leafHash } from '../../../../src/log-format/tree/merkle-hash.ts';
import type { Vector } from './attack-vectors.ts';
import { checkpointNote, LOG, LogForge, person, rehash, rootOf, type Forged } from './forged-export.ts';
import type { Held } from './verify-forged.ts';

/** 400 entries, farther than anything is looked for nearby; each third answer has two; a checkpoint at each 20. */
const log = new LogForge();
while (log.size < 400) {
  const { size } = log;
  log.answer([person(size), person(size + 1000)].slice(0, size % 4 === 1 ? 2 : 1));
  if (log.size % 20 === 0) log.checkpoint();
}

const change = (alter: (forged: Forged) => void, held?: Held): Vector['make'] => {
  return () => {
    const forged = log.export();
    alter(forged);
    // Whoever takes entries out says so in log.json, too.
    forged.log = { ...forged.log, to: forged.lines.length };
    forged.openings = [];
    return held ? { forged, held } : { forged };
  };
};

const take = (forged: Forged, from: number, count: number): void => {
  forged.lines.splice(from, count);
  forged.hashes.splice(from, count);
};
const put = (forged: Forged, index: number, line: string): void => {
  forged.lines.splice(index, 0, line);
  forged.hashes.splice(index, 0, leafHash(line));
};
const move = (forged: Forged, from: number, to: number): void => {
  const line = forged.lines[from] ?? '';
  take(forged, from, 1);
  put(forged, to, line);
};
const swap = <T>(list: T[], one: number, other: number): void => {
  [list[one], list[other]] = [list[other] as T, list[one] as T];
};
const numbered = (line: string, index: number): string => line.replace(/"index":\d+/, `"index":${index}`);
/** An answer that the log never wrote. */
const strange = (index: number): string => {
  const forge = new LogForge();
  forge.epoch = 7;
  forge.answer([person(999)]);
  return numbered(forge.written[0]?.line ?? '', index);
};

/** The end is adjusted to what was done, and what was moved went far. */
export const MOVED_VECTORS: readonly Vector[] = [
  {
    name: 'an entry taken out, its hash too',
    attack: 'deleted',
    index: 100,
    make: change((f) => take(f, 100, 1)),
  },
  {
    name: 'forty entries taken out, their hashes too',
    attack: 'deleted',
    index: 100,
    make: change((f) => take(f, 100, 40)),
  },
  {
    name: 'two hundred entries taken out, not their hashes',
    attack: 'deleted',
    index: 100,
    make: change((f) => f.lines.splice(100, 200)),
  },
  {
    name: 'the first entry taken out, its hash too',
    attack: 'deleted',
    index: 0,
    make: change((f) => take(f, 0, 1)),
  },
  {
    name: 'the last entries taken out, their hashes too',
    attack: 'cut-tail',
    index: 390,
    make: change((f) => take(f, 390, 10)),
  },
  {
    name: 'an entry put in, its hash too',
    attack: 'inserted',
    index: 101,
    make: change((f) => put(f, 101, strange(101))),
  },
  {
    name: 'an entry put in before a checkpoint, its hash too',
    attack: 'inserted',
    index: 119,
    make: change((f) => put(f, 119, strange(119))),
  },
  {
    name: 'an entry put in at the end, its hash too',
    attack: 'checkpoint-missing-for-tail',
    index: 400,
    make: change((f) => put(f, 400, strange(400))),
  },
  {
    name: 'a hundred entries put in, no hashes',
    attack: 'inserted',
    index: 101,
    make: change((f) =>
      f.lines.splice(101, 0, ...Array.from({ length: 100 }, (_one, at) => strange(101 + at))),
    ),
  },
  {
    name: 'an entry copied behind itself, its hash too',
    attack: 'duplicated',
    index: 101,
    make: change((f) => put(f, 101, f.lines[100] ?? '')),
  },
  ...[100, 97, 98, 30].map((original): Vector => ({
    name: `entry ${original} copied and numbered anew, its hash too`,
    attack: 'duplicated',
    index: 101,
    make: change((f) => put(f, 101, numbered(f.lines[original] ?? '', 101))),
  })),
  {
    name: 'an early entry copied, its hash too',
    attack: 'duplicated',
    index: 301,
    make: change((f) => put(f, 301, f.lines[5] ?? '')),
  },
  {
    name: 'a late entry copied, its hash too',
    attack: 'duplicated',
    index: 101,
    make: change((f) => put(f, 101, f.lines[350] ?? '')),
  },
  {
    name: 'an entry written over by a late one',
    attack: 'duplicated',
    index: 100,
    make: change((f) => (f.lines[100] = f.lines[350] ?? '')),
  },
  {
    name: 'two far entries exchanged',
    attack: 'reordered',
    index: 100,
    make: change((f) => swap(f.lines, 100, 350), { perFile: 30 }),
  },
  {
    name: 'two far entries exchanged, their hashes too',
    attack: 'reordered',
    index: 100,
    make: change((f) => [swap(f.lines, 100, 350), swap(f.hashes, 100, 350)], { perFile: 30 }),
  },
  {
    name: 'an entry moved to the end, its hash too',
    attack: 'reordered',
    index: 100,
    make: change((f) => move(f, 100, 300)),
  },
  {
    name: 'a late entry moved back, its hash too',
    attack: 'reordered',
    index: 100,
    make: change((f) => move(f, 300, 100)),
  },
  {
    name: 'a spare hash at the end',
    attack: 'hashes-changed',
    index: 400,
    make: change((f) => f.hashes.push(Buffer.alloc(32, 7))),
  },
  {
    name: 'all written anew from an entry on, the last known checkpoint that agrees is of 40',
    attack: 'forked',
    index: 40,
    make: () => {
      const forged = log.export();
      const known = [40, 20, 200, 140].map((size) => forged.notes[size / 20 - 1] ?? '');
      for (let index = 45; index < 60; index++) {
        forged.lines[index] = (forged.lines[index] ?? '').replace('an.nguyen', 'an.nguyem');
      }
      rehash(forged);
      forged.notes = forged.notes.map((_note, at) =>
        checkpointNote(LOG, 20 * (at + 1), rootOf(forged.hashes.slice(0, 20 * (at + 1)))),
      );
      forged.openings = [];
      return { forged, held: { known } };
    },
  },
];
