import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vector } from './attack-vectors.ts';
import { checkpointNote, honestLog, LOG, rehash, rootOf } from './forged-export.ts';

/** 5,000 objects in each other: a value that JSON.parse reads, and recursion does not. */
export const DEEP = `${'{"a":'.repeat(5_000)}0${'}'.repeat(5_000)}`;

/** An entry that the log itself signed in this form: the maker of an export may be the maker of the log. */
function signedLine(alter: (line: string) => string): Vector['make'] {
  return () => {
    const forge = honestLog();
    forge.act('agreements', { a: 0 });
    forge.checkpoint();
    const forged = forge.export();
    forged.lines[30] = alter(forged.lines[30] ?? '');
    rehash(forged);
    forged.notes[10] = checkpointNote(LOG, 31, rootOf(forged.hashes));
    return { forged };
  };
}

function exchanged(name: string, put: (path: string) => void): Vector {
  return {
    name,
    attack: 'malformed-file',
    index: null,
    make: () => ({
      forged: honestLog().export(),
      held: {
        spoil: (folder) => {
          const path = join(folder, name.split(' ')[0] ?? '');
          rmSync(path);
          put(path);
        },
      },
    }),
  };
}

const FILES = [
  'log.json',
  'checkpoints.ndjson',
  'entries-000001.ndjson',
  'hashes-000001.bin',
  'openings-000001.ndjson',
] as const;

function opening(name: string, alter: (line: string) => string): Vector {
  return {
    name,
    attack: 'malformed-file',
    index: null,
    make: () => {
      const forged = honestLog().export();
      const honest = forged.openings[4] ?? '';
      forged.openings[4] = alter(honest);
      if (forged.openings[4] === honest) throw new Error('nothing was altered');
      return { forged };
    },
  };
}

const SOMEBODY = '["AAAAAAAAAAAAAAAAAAAAAA",{"key":"001190999999","kind":"person"}]';

/** Openings that one reader reads so, and another otherwise. */
export const OPENING_VECTORS: readonly Vector[] = [
  opening('a key that stands twice', (line) => line.replace('"key":', '"key":"001190999999","key":')),
  opening('a subject that stands twice', (line) =>
    line.replace('"subject":', `"subject":${SOMEBODY},"subject":`),
  ),
  opening('an index that stands twice', (line) => line.replace('"index":4', '"index":7,"index":4')),
  opening('a key with a letter as an escape', (line) => line.replace('"key":"0', String.raw`"key":"\u0030`)),
  opening('a space', (line) => line.replace('"kind":', '"kind": ')),
  opening('its members in another order', (line) => line.replace(/^\{("index":4),(.*)\}$/, '{$2,$1}')),
  opening('a value’s members in another order', (line) =>
    line.replace(/("key":"\d+"),("kind":"person")/, '$2,$1'),
  ),
  opening('an index with a fraction', (line) => line.replace('"index":4', '"index":4.0')),
  opening('half a character', (line) => line.replace(/"key":"\d+"/, String.raw`"key":"\ud800"`)),
];

/** Exports that are made to end the verifier without a verdict. */
export const HOSTILE_VECTORS: readonly Vector[] = [
  {
    name: 'an entry nested 5,000 deep',
    attack: 'malformed-entry',
    index: 30,
    make: signedLine((line) => line.replace('{"a":0}', DEEP)),
  },
  ...(['"cases":[]', '"disclosed":[]'] as const).flatMap((member): readonly Vector[] =>
    ['0', '{}'].map((element) => ({
      name: `more than a million of ${element} in ${member}`,
      attack: 'malformed-entry',
      index: 30,
      make: signedLine((line) =>
        line.replace(member, member.replace('[]', `[${`${element},`.repeat(1_200_000)}${element}]`)),
      ),
    })),
  ),
  {
    name: 'a line of 16 MB',
    attack: 'malformed-file',
    index: null,
    make: signedLine((line) => line.replace('"cases":[]', `"cases":[${'0,'.repeat(8_000_000)}0]`)),
  },
  {
    name: 'an opening of 3 MB',
    attack: 'malformed-file',
    index: null,
    make: () => {
      const forged = honestLog().export();
      forged.openings[0] = `{"index":0,"subject":[${'0,'.repeat(1_500_000)}0]}`;
      return { forged };
    },
  },
  ...FILES.map((name) =>
    exchanged(`${name} is a link to a device without an end`, (path) => symlinkSync('/dev/zero', path)),
  ),
  ...FILES.map((name) =>
    exchanged(`${name} is a pipe that nobody writes to`, (path) => spawnSync('mkfifo', [path])),
  ),
  ...FILES.map((name) => exchanged(`${name} is a folder`, (path) => mkdirSync(path))),
  exchanged('log.json of 16 MB', (path) => writeFileSync(path, ' '.repeat(1 << 24))),
];
