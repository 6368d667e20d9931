import type { Vector } from './attack-vectors.ts';
import {
  cosigned,
  honestLog,
  LogForge,
  otherKey,
  person,
  remove,
  signerOf,
  START,
  type Forged,
  type ForgedReceipt,
} from './forged-export.ts';
import { parseNote, signNote } from '../../../../src/log-format/notes/signed-note.ts';
import { LOG } from './forged-export.ts';

/** 14 months after the honest log's first entry. */
export const LATER = Date.UTC(2027, 2, 20);

/** Restored at 24 of 30; three more entries after the one that says so. */
export function restoredLog(statement?: Parameters<LogForge['restore']>[1]): {
  forge: LogForge;
  lost: string;
} {
  const forge = honestLog();
  const lost = forge.restore(24, statement);
  if (forge.size > 24) forge.checkpoint();
  forge.answer([person(500), person(501)]);
  forge.answer([person(502)]);
  forge.checkpoint();
  return { forge, lost };
}

/** Entries 0 up to 12 are removed; an entry says so as of `before`, written at `time`. */
export function retainedLog(before = '2026-02', time = LATER, range = { from: 0, to: 12 }): Forged {
  const forge = honestLog();
  forge.answer([person(600)], time);
  forge.act('retention', { ...range, before }, time);
  forge.checkpoint();
  const forged = forge.export();
  remove(forged, 0, 12);
  return forged;
}

export const HISTORY_VECTORS: readonly Vector[] = [
  {
    name: 'the log goes on from a backup, and no entry says so',
    attack: 'restored-silently',
    index: 24,
    make: () => ({ forged: restoredLog(() => null).forge.export() }),
  },
  {
    name: 'an entry says that less was lost than a witness has seen',
    attack: 'gap-not-stated',
    index: 24,
    make: () => {
      const { forge, lost } = restoredLog((honest) => ({
        ...honest,
        lost: { ...(honest['lost'] as Record<string, string>), size: 27 },
      }));
      return { forged: forge.export(), held: { known: [lost] } };
    },
  },
  {
    name: 'an entry says that another tree was lost than a witness has seen',
    attack: 'forked',
    index: 24,
    make: () => {
      const { forge, lost } = restoredLog((honest) => ({
        ...honest,
        lost: { ...(honest['lost'] as Record<string, string>), root: Buffer.alloc(32).toString('base64') },
      }));
      return { forged: forge.export(), held: { known: [lost] } };
    },
  },
  {
    name: 'an entry says that the gap is elsewhere',
    attack: 'gap-not-stated',
    index: 24,
    make: () => ({ forged: restoredLog((honest) => ({ ...honest, from: 25 })).forge.export() }),
  },
  {
    name: 'an entry says that nothing was lost, of another tree',
    attack: 'gap-not-stated',
    index: 24,
    make: () => ({
      forged: restoredLog((honest) => ({
        ...honest,
        lost: { ...(honest['lost'] as Record<string, string>), size: 24 },
      })).forge.export(),
    }),
  },
  {
    name: 'an entry of a restore without what was lost',
    attack: 'malformed-entry',
    index: 24,
    make: () => ({ forged: restoredLog(() => ({ epoch: 2, from: 24 })).forge.export() }),
  },
  {
    name: 'an entry of a restore, the origin stays',
    attack: 'restore-without-epoch',
    index: 30,
    make: () => {
      const forge = honestLog();
      const lost = { origin: LOG, root: Buffer.from(forge.root()).toString('base64'), size: 30 };
      forge.act('log-restored', { epoch: 2, from: 30, lost });
      forge.checkpoint();
      return { forged: forge.export() };
    },
  },
  {
    name: 'an earlier epoch after a later one',
    attack: 'old-checkpoint',
    index: 25,
    make: () => {
      const { forge } = restoredLog();
      forge.epoch = 1;
      forge.answer([person(700)]);
      forge.checkpoint();
      const forged = forge.export();
      forged.notes.splice(-2, 1);
      return { forged };
    },
  },
  {
    name: 'the state of before a restore, a witness has seen the later epoch',
    attack: 'rolled-back',
    index: null,
    make: () => ({
      forged: honestLog().export(),
      held: { known: [restoredLog().forge.checkpoints.at(-1)?.note ?? ''] },
    }),
  },
  {
    name: 'entries removed, nothing says so',
    attack: 'removed-without-retention',
    index: 3,
    make: () => {
      const forged = honestLog().export();
      remove(forged, 3, 6);
      return { forged };
    },
  },
  {
    name: 'more entries removed than the entry about retention says',
    attack: 'removed-without-retention',
    index: 9,
    make: () => ({ forged: retainedLog('2026-02', LATER, { from: 0, to: 9 }) }),
  },
  {
    name: 'entries removed after 11 months',
    attack: 'retention-too-early',
    index: 0,
    make: () => ({ forged: retainedLog('2026-02', Date.UTC(2027, 0, 31, 16)) }),
  },
  {
    name: 'entries removed that were written after the month stated',
    attack: 'retention-too-early',
    index: 3,
    make: () => {
      const forge = honestLog();
      forge.act('retention', { from: 0, to: 12, before: '2026-01' }, LATER);
      forge.checkpoint();
      const forged = forge.export();
      remove(forged, 3, 6);
      return { forged };
    },
  },
  {
    name: 'entries removed from the first on, that a witness knows to be written after the month stated',
    attack: 'retention-too-early',
    index: 9,
    make: () => {
      const forged = retainedLog('2026-01');
      // Before January six of them stood there, in January nine.
      forged.notes[1] = cosigned(forged.notes[1] ?? '', Date.UTC(2025, 11, 31) / 1000);
      forged.notes[2] = cosigned(forged.notes[2] ?? '', Date.UTC(2026, 0, 2) / 1000);
      return { forged };
    },
  },
  {
    name: 'an entry about retention that states no range',
    attack: 'malformed-entry',
    index: 31,
    make: () => ({ forged: retainedLog('2026-02', LATER, { from: 12, to: 0 }) }),
  },
  {
    name: 'half an answer removed',
    attack: 'broken-answer',
    index: 1,
    make: () => {
      const forged = honestLog().export();
      remove(forged, 2, 3);
      return { forged };
    },
  },
  {
    name: 'an opening of a removed entry',
    attack: 'opening-without-entry',
    index: 4,
    make: () => {
      const forged = retainedLog();
      forged.openings.unshift(honestLog().export().openings[4] ?? '');
      return { forged };
    },
  },
  {
    name: 'a removed entry with another hash',
    attack: 'changed',
    index: 5,
    make: () => {
      const forged = retainedLog();
      forged.lines[5] = JSON.stringify({ removed: Buffer.alloc(32).toString('base64') });
      return { forged };
    },
  },
];

function receiptOf(forge: LogForge, answer: number): ForgedReceipt {
  const ids = [...forge.bodies.keys()].filter((id) => forge.bodies.get(id)?.request !== '');
  return forge.receiptOf(ids[answer] ?? '');
}

/** A receipt of the answer with entries 10 and 11, altered. */
function withReceipt(
  alter: (honest: ForgedReceipt, forge: LogForge) => ForgedReceipt,
  withBodies = false,
): Vector['make'] {
  return () => {
    const forge = honestLog();
    return {
      forged: forge.export(),
      held: { receipts: [{ ...alter(receiptOf(forge, 7), forge), withBodies }] },
    };
  };
}

function noted(
  honest: ForgedReceipt,
  alter: (text: string) => string,
  key = signerOf(LOG).privateKey,
): ForgedReceipt {
  const text = alter(parseNote(honest.receipt.note)?.text ?? '');
  return { ...honest, receipt: { ...honest.receipt, note: signNote(text, signerOf(LOG, key)) } };
}

export const RECEIPT_VECTORS: readonly Vector[] = [
  {
    name: 'an answer that was given and never written',
    attack: 'receipt-not-in-log',
    index: null,
    make: () => {
      const shown = honestLog();
      const id = shown.answer([person(77)], START + 20_000);
      return { forged: honestLog().export(), held: { receipts: [shown.receiptOf(id)] } };
    },
  },
  {
    name: 'an answer that was given, and another one written under its id',
    attack: 'receipt-not-in-log',
    index: 9,
    make: () => {
      const shown = new LogForge();
      for (let answer = 0; answer < 6; answer++)
        shown.answer([person(answer), person(answer + 100)].slice(0, 1 + (answer % 2)));
      const id = shown.answer([person(77)], START, { requestId: 'hidden' });
      shown.checkpoint();
      return { forged: honestLog().export(), held: { receipts: [shown.receiptOf(id)] } };
    },
  },
  {
    name: 'an answer behind the end of the export',
    attack: 'receipt-not-in-log',
    index: 27,
    make: () => {
      const forge = honestLog();
      return { forged: forge.export(0, 27), held: { receipts: [receiptOf(forge, 19)] } };
    },
  },
  {
    name: 'a receipt’s answer with more behind the receipt',
    attack: 'swapped-receipt',
    index: null,
    make: withReceipt(
      (honest) => ({ ...honest, answer: `${honest.answer.slice(0, -1)},"data":{"id":"another"}}` }),
      true,
    ),
  },
  {
    name: 'a receipt’s answer with more beside the receipt',
    attack: 'swapped-receipt',
    index: null,
    make: withReceipt(
      (honest) => ({ ...honest, answer: `${honest.answer.slice(0, -2)},"receipt":{"id":"another"}}}` }),
      true,
    ),
  },
  {
    name: 'a receipt with another answer’s body',
    attack: 'swapped-receipt',
    index: null,
    make: withReceipt((honest, forge) => ({ ...honest, answer: receiptOf(forge, 3).answer }), true),
  },
  {
    name: 'a receipt with another request’s body',
    attack: 'swapped-receipt',
    index: null,
    make: withReceipt((honest, forge) => ({ ...honest, request: receiptOf(forge, 3).request }), true),
  },
  {
    name: 'a receipt under another answer’s id, signed by the log',
    attack: 'swapped-receipt',
    index: 4,
    make: withReceipt((honest) =>
      noted(honest, (text) => text.replace(/\n[0-9a-f]{32}\n/, `\n${[...honestLog().bodies.keys()][3]}\n`)),
    ),
  },
  {
    name: 'a receipt that leaves out an entry, signed by the log',
    attack: 'swapped-receipt',
    index: 10,
    make: withReceipt((honest) => noted(honest, (text) => text.replace(/entry .*\n$/, ''))),
  },
  {
    name: 'a receipt that names an entry that was never written, signed by the log',
    attack: 'receipt-not-in-log',
    index: 10,
    make: withReceipt((honest) =>
      noted(honest, (text) =>
        text.replace(/entry .*\n$/, `entry ${Buffer.alloc(32, 5).toString('base64')}\n`),
      ),
    ),
  },
  {
    name: 'a receipt whose text was altered',
    attack: 'forged-signature',
    index: null,
    make: withReceipt((honest) => ({
      ...honest,
      receipt: { ...honest.receipt, note: honest.receipt.note.replace(/time \d+/, 'time 7') },
    })),
  },
  {
    name: 'a receipt signed with another key',
    attack: 'foreign-key',
    index: null,
    make: withReceipt((honest) => noted(honest, (text) => text, otherKey)),
  },
  {
    name: 'a receipt with a field that the format does not have',
    attack: 'malformed-receipt',
    index: null,
    make: withReceipt((honest) => ({ ...honest, receipt: { ...honest.receipt, extra: 1 } as never })),
  },
  {
    name: 'a receipt of another log',
    attack: 'wrong-log',
    index: null,
    make: () => {
      const other = honestLog('national-data-gateway/gw-2');
      return { forged: honestLog().export(), held: { receipts: [receiptOf(other, 7)] } };
    },
  },
  {
    name: 'a receipt for entries that a restore lost without saying so',
    attack: 'gap-not-stated',
    index: 24,
    make: () => {
      const before = honestLog();
      const held = receiptOf(before, 19);
      const { forge } = restoredLog((honest) => ({
        ...honest,
        lost: { ...(honest['lost'] as Record<string, string>), size: 24 },
      }));
      return { forged: forge.export(), held: { receipts: [held] } };
    },
  },
];
