import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack } from '../../../../src/independent/verify/faults/attacks.ts';
import {
  checkpointNote,
  cosigned,
  honestLog,
  LOG,
  LogForge,
  otherKey,
  person,
  rehash,
  rootOf,
  signerOf,
  type Forged,
} from './forged-export.ts';
import type { Held } from './verify-forged.ts';

/** A vector is named for what the attacker does; it must be found as `attack` with its first bad entry at `index`. */
export interface Vector {
  readonly name: string;
  readonly attack: Attack;
  readonly index: number | null;
  readonly make: () => { readonly forged: Forged; readonly held?: Held };
}

/** The honest log of forged-export.ts: entries 3k, 3k+1 and 3k+2; the last two are one answer; a checkpoint at each 3k. */
const change = (alter: (forged: Forged) => void, held?: Held): Vector['make'] => {
  return () => {
    const forged = honestLog().export();
    alter(forged);
    return held ? { forged, held } : { forged };
  };
};

const edit = (forged: Forged, index: number, alter: (line: string) => string): void => {
  forged.lines[index] = alter(forged.lines[index] ?? '');
};
const swap = <T>(list: T[], one: number, other: number): void => {
  [list[one], list[other]] = [list[other] as T, list[one] as T];
};
const renumber = (forged: Forged): void => {
  forged.lines = forged.lines.map((line, index) => line.replace(/"index":\d+/, `"index":${index}`));
};
/** A single answer that the log never wrote, numbered for a place. */
const strange = (index: number): string => {
  const forge = new LogForge();
  forge.epoch = 7;
  forge.answer([person(999)]);
  return (forge.written[0]?.line ?? '').replace(/"index":\d+/, `"index":${index}`);
};
/** Roots of the tree as it stands now, signed by somebody. */
const resign = (forged: Forged, key = signerOf(LOG).privateKey): void => {
  forged.notes = forged.notes.map((note) => {
    const size = Math.min(Number(note.split('\n')[1]), forged.hashes.length);
    return checkpointNote(LOG, size, rootOf(forged.hashes.slice(0, size)), key);
  });
};
const officer = (line: string): string => line.replace('an.nguyen', 'an.nguyem');

export const ENTRY_VECTORS: readonly Vector[] = [
  { name: 'an officer replaced', attack: 'changed', index: 10, make: change((f) => edit(f, 10, officer)) },
  {
    name: 'an officer replaced in the last entry',
    attack: 'changed',
    index: 29,
    make: change((f) => edit(f, 29, officer)),
  },
  {
    name: 'an officer replaced in a whole answer, hashes too',
    attack: 'rehashed',
    index: 9,
    make: change((f) => {
      edit(f, 9, officer);
      rehash(f);
    }),
  },
  { name: 'an entry taken out', attack: 'deleted', index: 9, make: change((f) => f.lines.splice(9, 1)) },
  { name: 'an answer taken out', attack: 'deleted', index: 10, make: change((f) => f.lines.splice(10, 2)) },
  {
    name: 'an entry taken out, its hash too',
    attack: 'deleted',
    index: 9,
    make: change((f) => {
      f.lines.splice(9, 1);
      f.hashes.splice(9, 1);
    }),
  },
  {
    name: 'an entry taken out, those after it renumbered',
    attack: 'renumbered',
    index: 9,
    make: change((f) => {
      f.lines.splice(9, 1);
      renumber(f);
    }),
  },
  {
    name: 'an entry taken out, the rest renumbered and hashed anew',
    attack: 'rehashed',
    index: 9,
    make: change((f) => {
      f.lines.splice(9, 1);
      renumber(f);
      rehash(f);
      f.openings = [];
    }),
  },
  {
    name: 'an entry put in',
    attack: 'inserted',
    index: 9,
    make: change((f) => f.lines.splice(9, 0, strange(9))),
  },
  {
    name: 'an entry put in, its hash too',
    attack: 'inserted',
    index: 9,
    make: change((f) => {
      f.lines.splice(9, 0, strange(9));
      rehash(f);
      f.openings = [];
    }),
  },
  {
    name: 'an entry put in, those after it renumbered',
    attack: 'renumbered',
    index: 9,
    make: change((f) => {
      f.lines.splice(9, 0, strange(9));
      renumber(f);
      f.openings = [];
    }),
  },
  {
    name: 'an entry said twice',
    attack: 'duplicated',
    index: 10,
    make: change((f) => f.lines.splice(9, 0, f.lines[9] ?? '')),
  },
  {
    name: 'an entry said twice, its hash too',
    attack: 'duplicated',
    index: 10,
    make: change((f) => {
      f.lines.splice(9, 0, f.lines[9] ?? '');
      rehash(f);
    }),
  },
  {
    name: 'an entry written over by one before it',
    attack: 'duplicated',
    index: 9,
    make: change((f) => edit(f, 9, () => f.lines[6] ?? '')),
  },
  { name: 'two entries exchanged', attack: 'reordered', index: 3, make: change((f) => swap(f.lines, 3, 9)) },
  {
    name: 'two entries exchanged, their hashes too',
    attack: 'reordered',
    index: 3,
    make: change((f) => {
      swap(f.lines, 3, 9);
      swap(f.hashes, 3, 9);
    }),
  },
  {
    name: 'an entry moved back',
    attack: 'reordered',
    index: 3,
    make: change((f) => f.lines.splice(3, 0, ...f.lines.splice(9, 1))),
  },
  {
    name: 'a space put in',
    attack: 'not-canonical',
    index: 10,
    make: change((f) => edit(f, 10, (line) => line.replace(':', ': '))),
  },
  {
    name: 'the same entry with its names in another order',
    attack: 'not-canonical',
    index: 10,
    make: change((f) => edit(f, 10, (line) => `{"v":1,${line.slice(1, -',"v":1}'.length)}}`)),
  },
  {
    name: 'the same letter written as an escape',
    attack: 'not-canonical',
    index: 10,
    make: change((f) => edit(f, 10, (line) => line.replace('inspection', String.raw`\u0069nspection`))),
  },
  {
    name: 'a space put in, the hash too',
    attack: 'not-canonical',
    index: 10,
    make: change((f) => {
      edit(f, 10, (line) => line.replace(':', ': '));
      rehash(f);
    }),
  },
  {
    name: 'a field that the format does not have, signed by the log',
    attack: 'malformed-entry',
    index: 10,
    make: change((f) => {
      edit(f, 10, (line) => line.replace('"v":1', '"v":1,"w":1'));
      rehash(f);
      resign(f);
    }),
  },
  {
    name: 'a wrong number, signed by the log',
    attack: 'wrong-index',
    index: 9,
    make: change((f) => {
      edit(f, 9, (line) => line.replace('"index":9', '"index":8'));
      rehash(f);
      resign(f);
    }),
  },
  {
    name: 'an answer cut short, signed by the log',
    attack: 'broken-answer',
    index: 11,
    make: change((f) => {
      f.lines.splice(11, 1);
      renumber(f);
      rehash(f);
      f.notes.pop();
      f.log = { ...f.log, to: 27 };
      f.lines.length = 27;
      f.hashes.length = 27;
      f.openings = [];
      resign(f);
    }),
  },
  {
    name: 'an answer written twice, signed by the log',
    attack: 'duplicated',
    index: 12,
    make: change((f) => {
      edit(f, 12, () => f.lines[9] ?? '');
      renumber(f);
      rehash(f);
      resign(f);
      f.openings = [];
    }),
  },
  {
    name: 'an entry of another log',
    attack: 'wrong-log',
    index: 9,
    make: change((f) => edit(f, 9, () => honestLog('national-data-gateway/gw-2').export().lines[9] ?? '')),
  },
  {
    name: 'an entry of another log, signed by this one',
    attack: 'wrong-log',
    index: 9,
    make: change((f) => {
      edit(f, 9, () => honestLog('national-data-gateway/gw-2').export().lines[9] ?? '');
      rehash(f);
      resign(f);
    }),
  },
  {
    name: 'a stored hash replaced',
    attack: 'hashes-changed',
    index: 10,
    make: change((f) => swap(f.hashes, 10, 20)),
  },
  {
    name: 'a stored hash taken out',
    attack: 'hashes-changed',
    index: 10,
    make: change((f) => f.hashes.splice(10, 1)),
  },
  {
    name: 'an entry and a hash after it replaced',
    attack: 'changed',
    index: 9,
    make: change((f) => {
      edit(f, 9, officer);
      swap(f.hashes, 10, 20);
    }),
  },
  {
    name: 'openings exchanged',
    attack: 'swapped-opening',
    index: 3,
    make: change((f) => {
      const at = (index: number): Record<string, unknown> =>
        JSON.parse(f.openings[index] ?? '') as Record<string, unknown>;
      f.openings[3] = JSON.stringify({ ...at(9), index: 3 });
    }),
  },
  {
    name: 'another person in an opening',
    attack: 'swapped-opening',
    index: 3,
    make: change((f) => {
      f.openings[3] = (f.openings[3] ?? '').replace(/"key":"\d+"/, '"key":"001190999999"');
    }),
  },
  {
    name: 'openings out of order',
    attack: 'opening-without-entry',
    index: 3,
    make: change((f) => swap(f.openings, 3, 4)),
  },
  {
    name: 'an opening of no entry',
    attack: 'opening-without-entry',
    index: 40,
    make: change((f) => f.openings.push((f.openings[29] ?? '').replace('"index":29', '"index":40'))),
  },
  {
    name: 'two entries of an answer about one person',
    attack: 'broken-answer',
    index: 1,
    make: () => {
      const forge = new LogForge();
      forge.answer([person(1), person(1)]);
      forge.checkpoint();
      return { forged: forge.export() };
    },
  },
];

export const CHECKPOINT_VECTORS: readonly Vector[] = [
  {
    name: 'entries and hashes end early',
    attack: 'cut-tail',
    index: 29,
    make: change((f) => [f.lines.pop(), f.hashes.pop()]),
  },
  { name: 'entries end early', attack: 'cut-tail', index: 29, make: change((f) => f.lines.pop()) },
  {
    name: 'the end in log.json moved',
    attack: 'cut-tail',
    index: 27,
    make: change((f) => (f.log = { ...f.log, to: 27 })),
  },
  {
    name: 'the last answers taken out everywhere, a client has the last checkpoint',
    attack: 'cut-tail',
    index: 27,
    make: () => {
      const forge = honestLog();
      return { forged: forge.export(0, 27), held: { known: [forge.checkpoints.at(-1)?.note ?? ''] } };
    },
  },
  {
    name: 'the last checkpoint taken out',
    attack: 'checkpoint-missing-for-tail',
    index: 27,
    make: change((f) => f.notes.pop()),
  },
  {
    name: 'entries behind the last checkpoint',
    attack: 'checkpoint-missing-for-tail',
    index: 30,
    make: change((f) => {
      f.lines.push(strange(30));
      rehash(f);
    }),
  },
  {
    name: 'two checkpoints exchanged',
    attack: 'old-checkpoint',
    index: 12,
    make: change((f) => swap(f.notes, 2, 3)),
  },
  {
    name: 'a checkpoint said twice',
    attack: 'old-checkpoint',
    index: 9,
    make: change((f) => f.notes.splice(3, 0, f.notes[2] ?? '')),
  },
  {
    name: 'the first checkpoint put at the end',
    attack: 'old-checkpoint',
    index: 30,
    make: change((f) => f.notes.push(f.notes[0] ?? '')),
  },
  {
    name: 'a checkpoint of another tree, signed by the log',
    attack: 'forked',
    index: 9,
    make: change((f) => (f.notes[3] = checkpointNote(LOG, 12, rootOf(f.hashes.slice(1, 13))))),
  },
  {
    name: 'a second checkpoint of the same size',
    attack: 'forked',
    index: 12,
    make: change((f) => f.notes.splice(4, 0, checkpointNote(LOG, 12, rootOf(f.hashes.slice(1, 13))))),
  },
  {
    name: 'a client was shown another tree',
    attack: 'forked',
    index: 0,
    make: change(() => undefined, { known: [checkpointNote(LOG, 11, rootOf([]))] }),
  },
  {
    name: 'all is written anew, a client has an old checkpoint',
    attack: 'forked',
    index: 0,
    make: () => {
      const forged = honestLog().export();
      const known = [forged.notes[9] ?? ''];
      edit(forged, 9, officer);
      rehash(forged);
      resign(forged);
      return { forged, held: { known } };
    },
  },
  {
    name: 'a signature altered',
    attack: 'forged-signature',
    index: 9,
    make: change((f) => {
      f.notes[3] = (f.notes[3] ?? '').replace(/(— \S+ .{30})(.)/, (_all, head: string, one: string) => {
        return `${head}${one === 'A' ? 'B' : 'A'}`;
      });
    }),
  },
  {
    name: 'a signature of another checkpoint',
    attack: 'forged-signature',
    index: 9,
    make: change((f) => {
      const [text = ''] = (f.notes[3] ?? '').split('\n\n');
      const [, signature = ''] = (f.notes[4] ?? '').split('\n\n');
      f.notes[3] = `${text}\n\n${signature}`;
    }),
  },
  {
    name: 'all checkpoints signed with another key',
    attack: 'foreign-key',
    index: 0,
    make: change((f) => {
      edit(f, 9, officer);
      rehash(f);
      resign(f, otherKey);
    }),
  },
  {
    name: 'the known checkpoint is not the log’s',
    attack: 'foreign-key',
    index: null,
    make: change(() => undefined, { known: [checkpointNote(LOG, 12, rootOf([]), otherKey)] }),
  },
  {
    name: 'the known checkpoint is another log’s',
    attack: 'wrong-log',
    index: null,
    make: change(() => undefined, { known: [checkpointNote('national-data-gateway/gw-2', 12, rootOf([]))] }),
  },
  {
    name: 'the export of another log',
    attack: 'wrong-log',
    index: null,
    make: () => ({ forged: honestLog('national-data-gateway/gw-2').export() }),
  },
  {
    name: 'a checkpoint of another log among ours',
    attack: 'wrong-log',
    index: 9,
    make: change(
      (f) => (f.notes[3] = checkpointNote('national-data-gateway/gw-2', 12, rootOf(f.hashes.slice(0, 12)))),
    ),
  },
  {
    name: 'a witness’s signature that is none',
    attack: 'forged-cosignature',
    index: null,
    make: change((f) => {
      const signed = cosigned(f.notes[4] ?? '', 1_790_000_000);
      f.notes[3] = `${f.notes[3] ?? ''}${signed.split('\n').at(-2) ?? ''}\n`;
    }),
  },
  {
    name: 'a note that is none',
    attack: 'malformed-checkpoint',
    index: 9,
    make: change((f) => (f.notes[3] = 'no note')),
  },
  {
    name: 'hashes before the start replaced',
    attack: 'wrong-start',
    index: 15,
    make: () => {
      const forged = honestLog().export(15);
      forged.log = { ...forged.log, before: forged.log.before.toReversed() };
      return { forged };
    },
  },
  {
    name: 'a hash before the start missing',
    attack: 'wrong-start',
    index: 15,
    make: () => {
      const forged = honestLog().export(15);
      forged.log = { ...forged.log, before: forged.log.before.slice(1) };
      return { forged };
    },
  },
  {
    name: 'the checkpoint at the start taken out',
    attack: 'wrong-start',
    index: 15,
    make: () => {
      const forged = honestLog().export(15);
      forged.notes.shift();
      return { forged };
    },
  },
  {
    name: 'an entry of a later part changed',
    attack: 'changed',
    index: 20,
    make: () => {
      const forged = honestLog().export(15);
      edit(forged, 5, officer);
      return { forged };
    },
  },
];

export const FILE_VECTORS: readonly Vector[] = [
  ...['log.json', 'checkpoints.ndjson', 'entries-000002.ndjson', 'hashes-000001.bin'].map((file): Vector => ({
    name: `without ${file}`,
    attack: 'missing-file',
    index: null,
    make: change(() => undefined, { perFile: 10, spoil: (folder) => rmSync(join(folder, file)) }),
  })),
  ...(
    [
      ['log.json', '{}'],
      ['log.json', 'no JSON'],
      ['hashes-000001.bin', 'not 32 bytes'],
      ['openings-000001.ndjson', '{"index":0}\n'],
      ['openings-000001.ndjson', 'no JSON\n'],
      ['entries-000001.ndjson', 'without an end'],
      ['entries-000001.ndjson', '\n\n'],
    ] as const
  ).map(([file, content]): Vector => ({
    name: `${JSON.stringify(content)} in ${file}`,
    attack: 'malformed-file',
    index: null,
    make: change(() => undefined, { spoil: (folder) => writeFileSync(join(folder, file), content) }),
  })),
  {
    name: 'no JSON in checkpoints.ndjson',
    attack: 'malformed-checkpoint',
    index: null,
    make: change(() => undefined, {
      spoil: (folder) => writeFileSync(join(folder, 'checkpoints.ndjson'), '[]\n'),
    }),
  },
];
