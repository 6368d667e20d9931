import { canonicalJson } from '../../../../src/log-format/canonical-json.ts';
import { inclusionProof } from '../../../../src/log-format/tree/inclusion-proof.ts';
import { leafHash } from '../../../../src/log-format/tree/merkle-hash.ts';
import type { Attack } from '../../../../src/independent/verify/faults/attacks.ts';
import type { HeldProofs } from '../../../../src/independent/verify/held/held-proofs.ts';
import {
  checkpointNote,
  cosigned,
  honestLog,
  LOG,
  LogForge,
  otherKey,
  person,
  rootOf,
  type Forged,
} from './forged-export.ts';
import {
  accessOf,
  openAccessOf,
  bundleOf,
  bundleText,
  heldAccess,
  heldBundle,
  type ForgedAccess,
  type ForgedBundle,
} from './forged-proofs.ts';

/** A vector is named for what the attacker does; `forged` is the export that the proofs are held against, if any. */
export interface ProofVector {
  readonly name: string;
  readonly attack: Attack;
  readonly index: number | null;
  readonly make: () => {
    readonly proofs: readonly HeldProofs[];
    readonly known?: readonly string[];
    readonly forged?: Forged;
  };
}

const FOUND = [3, 7, 10, 21];
export const OTHER_LOG = 'national-data-gateway/gw-2';

const bundle = (alter: (bundle: ForgedBundle) => void): ProofVector['make'] => {
  return () => {
    const own = bundleOf(honestLog(), FOUND);
    alter(own);
    return { proofs: [heldBundle(bundleText(own))] };
  };
};
const text = (alter: (text: string) => string | Buffer): ProofVector['make'] => {
  return () => ({ proofs: [heldBundle(alter(bundleText(bundleOf(honestLog(), FOUND))))] });
};
const access = (alter: (access: ForgedAccess) => void, forged?: Forged): ProofVector['make'] => {
  return () => {
    const own = accessOf(honestLog(), 7);
    alter(own);
    return { proofs: [heldAccess(own)], ...(forged && { forged }) };
  };
};
/** With the entry and the opening of its subject, and no export. */
const open = (alter: (access: ForgedAccess, forge: LogForge) => void): ProofVector['make'] => {
  return () => {
    const forge = honestLog();
    const own = openAccessOf(forge, 7);
    alter(own, forge);
    return { proofs: [heldAccess(own)] };
  };
};
/** Against the whole export of the honest log. */
const told = (alter: (access: ForgedAccess) => void): ProofVector['make'] =>
  access(alter, honestLog().export());
const line = (own: ForgedBundle, at: number, alter: (leaf: string) => string): void => {
  const entry = own.entries[at];
  if (entry) entry.leaf = alter(entry.leaf);
};
const proof = (own: ForgedBundle, at: number, hashes: readonly string[]): void => {
  const entry = own.entries[at];
  if (entry) entry.proof = hashes;
};
/** The honest log with something else about somebody else in the place of its last answer. */
const otherEnd = (): LogForge => {
  const forge = honestLog();
  forge.written.length = 28;
  forge.answer([person(501), person(502)]);
  return forge;
};
/** One entry that the log signs itself, whatever it says. */
const signedAlone = (entry: string): ForgedBundle => {
  const leaf = leafHash(entry);
  const hashes = inclusionProof(0, 1, () => leaf).map((one) => Buffer.from(one).toString('base64'));
  return {
    log: LOG,
    checkpoint: checkpointNote(LOG, 1, rootOf([leaf])),
    entries: [{ leaf: entry, index: 0, proof: hashes }],
  };
};
const signed = (alter: (entry: string) => string): ProofVector['make'] => {
  return () => ({ proofs: [heldBundle(bundleText(signedAlone(alter(honestLog().written[0]?.line ?? ''))))] });
};

export const BUNDLE_VECTORS: readonly ProofVector[] = [
  {
    name: 'an officer replaced',
    attack: 'broken-proof',
    index: 7,
    make: bundle((b) => line(b, 1, (leaf) => leaf.replace('an.nguyen', 'an.nguyem'))),
  },
  {
    name: 'an entry in other bytes',
    attack: 'not-canonical',
    index: 7,
    make: bundle((b) => line(b, 1, (leaf) => leaf.replace('{', '{ '))),
  },
  {
    name: 'an entry in other bytes, signed by the log',
    attack: 'not-canonical',
    index: 0,
    make: signed((entry) => entry.replace('{', '{ ')),
  },
  {
    name: 'half a character in the place of what stands for none, which hashes the same',
    attack: 'malformed-entry',
    index: 0,
    make: () => {
      const own = signedAlone((honestLog().written[0]?.line ?? '').replace('an.nguyen', 'an.\ufffd'));
      line(own, 0, (leaf) => leaf.replace('\ufffd', '\ud800'));
      return { proofs: [heldBundle(bundleText(own))] };
    },
  },
  {
    name: 'a leaf that is no entry',
    attack: 'malformed-entry',
    index: 7,
    make: bundle((b) => line(b, 1, () => '{"v":1}')),
  },
  {
    name: 'an entry shown in another place',
    attack: 'wrong-index',
    index: 8,
    make: bundle((b) => b.entries[1] && (b.entries[1].index = 8)),
  },
  {
    name: 'an entry that says another place, signed by the log',
    attack: 'wrong-index',
    index: 0,
    make: signed((entry) => entry.replace('"index":0', '"index":1')),
  },
  {
    name: 'an entry of another log, signed by this one',
    attack: 'wrong-log',
    index: 0,
    make: signed((entry) => entry.replace(LOG, OTHER_LOG)),
  },
  {
    name: 'the proof of another entry',
    attack: 'broken-proof',
    index: 7,
    make: bundle((b) => proof(b, 1, b.entries[0]?.proof ?? [])),
  },
  { name: 'no proof', attack: 'broken-proof', index: 7, make: bundle((b) => proof(b, 1, [])) },
  {
    name: 'a proof with more',
    attack: 'broken-proof',
    index: 7,
    make: bundle((b) =>
      proof(b, 1, [...(b.entries[1]?.proof ?? []), ...(b.entries[0]?.proof.slice(0, 1) ?? [])]),
    ),
  },
  {
    name: 'an entry twice',
    attack: 'duplicated',
    index: 7,
    make: bundle((b) => b.entries.splice(2, 0, ...b.entries.slice(1, 2))),
  },
  {
    name: 'entries in another order',
    attack: 'reordered',
    index: 7,
    make: bundle((b) => b.entries.splice(1, 2, ...b.entries.slice(1, 3).toReversed())),
  },
  {
    name: 'a checkpoint of a smaller tree',
    attack: 'broken-proof',
    index: 3,
    make: bundle((b) => (b.checkpoint = bundleOf(honestLog(), [], 20).checkpoint)),
  },
  {
    name: 'a checkpoint whose size was altered',
    attack: 'forged-signature',
    index: null,
    make: bundle((b) => (b.checkpoint = b.checkpoint.replace('\n30\n', '\n31\n'))),
  },
  {
    name: 'a checkpoint signed with another key',
    attack: 'foreign-key',
    index: null,
    make: bundle((b) => (b.checkpoint = checkpointNote(LOG, 30, honestLog().root(), otherKey))),
  },
  {
    name: 'a checkpoint of another log',
    attack: 'wrong-log',
    index: null,
    make: bundle((b) => (b.checkpoint = checkpointNote(OTHER_LOG, 30, honestLog().root()))),
  },
  {
    name: 'no checkpoint of the format',
    attack: 'malformed-checkpoint',
    index: null,
    make: bundle((b) => (b.checkpoint = 'signed, the operator')),
  },
  {
    name: 'a cosignature that the witness did not give',
    attack: 'forged-cosignature',
    index: null,
    make: bundle((b) => {
      const other = cosigned(checkpointNote(LOG, 30, otherEnd().root()), 1_790_000_000);
      b.checkpoint += other.trimEnd().split('\n').at(-1) + '\n';
    }),
  },
  {
    name: 'a log whose key is not known',
    attack: 'wrong-log',
    index: null,
    make: () => {
      const strange = bundleOf(honestLog('national-data-gateway/gw-9'), [3]);
      return { proofs: [heldBundle(bundleText(strange))] };
    },
  },
  {
    name: 'two trees of one size, to two auditors',
    attack: 'forked',
    index: 0,
    make: () => ({
      proofs: [honestLog(), otherEnd()].map((forge, at) =>
        heldBundle(bundleText(bundleOf(forge, [3])), `bundle ${at}`),
      ),
    }),
  },
  {
    name: 'two entries in one place, to two auditors',
    attack: 'forked',
    index: 28,
    make: () => {
      const longer = otherEnd();
      longer.answer([person(503)]);
      return {
        proofs: [honestLog(), longer].map((forge, at) =>
          heldBundle(bundleText(bundleOf(forge, [28])), `bundle ${at}`),
        ),
      };
    },
  },
  {
    name: 'another tree than a witness kept a checkpoint of',
    attack: 'forked',
    index: 0,
    make: () => ({
      known: [checkpointNote(LOG, 30, honestLog().root())],
      proofs: [heldBundle(bundleText(bundleOf(otherEnd(), [3])))],
    }),
  },
  {
    name: 'an entry before any checkpoint',
    attack: 'malformed-bundle',
    index: null,
    make: text((all) => all.slice(all.indexOf('\n') + 1)),
  },
  {
    name: 'a checkpoint and no entry',
    attack: 'malformed-bundle',
    index: null,
    make: text((all) => all.slice(0, all.indexOf('\n') + 1)),
  },
  {
    name: 'a line without its end',
    attack: 'malformed-bundle',
    index: null,
    make: text((all) => all.slice(0, -1)),
  },
  { name: 'an empty line', attack: 'malformed-bundle', index: null, make: text((all) => `${all}\n`) },
  {
    name: 'a field that the format does not have',
    attack: 'malformed-bundle',
    index: null,
    make: text((all) => all.replace('"leaf"', '"note":"as found","leaf"')),
  },
  {
    name: 'bytes that are no UTF-8',
    attack: 'malformed-bundle',
    index: null,
    make: text((all) => Buffer.concat([Buffer.from(all), Buffer.of(0xff, 10)])),
  },
  {
    name: 'an entry that the export does not have',
    attack: 'shown-not-in-log',
    index: 28,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(otherEnd(), [28])))],
      forged: honestLog().export(),
    }),
  },
  {
    name: 'an entry past the end of the export',
    attack: 'shown-not-in-log',
    index: 28,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(honestLog(), [3, 28])))],
      forged: honestLog().export(0, 27),
    }),
  },
  {
    name: 'a checkpoint past the end of the export',
    attack: 'cut-tail',
    index: 27,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(honestLog(), [3])))],
      forged: honestLog().export(0, 27),
    }),
  },
  {
    name: 'another tree than the export',
    attack: 'forked',
    index: 0,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(otherEnd(), [3])))],
      forged: honestLog().export(),
    }),
  },
];

/** A bundle under a second approval, in which somebody else was put. */
export const OPENED_BUNDLE: ProofVector = {
  name: 'somebody else in the place of a subject',
  attack: 'swapped-opening',
  index: FOUND[1] ?? 0,
  make: () => {
    const own = bundleOf(honestLog(), FOUND);
    const [, second] = own.entries;
    if (second) second.subject = ['A'.repeat(22), person(99)];
    return { proofs: [heldBundle(bundleText(own))] };
  },
};

export const ACCESS_VECTORS: readonly ProofVector[] = [
  {
    name: 'another leaf',
    attack: 'broken-proof',
    index: 7,
    make: access((a) => (a.proof.leaf = accessOf(honestLog(), 8).proof.leaf)),
  },
  { name: 'another place', attack: 'broken-proof', index: 6, make: access((a) => (a.proof.index = 6)) },
  {
    name: 'a checkpoint whose root was altered',
    attack: 'forged-signature',
    index: null,
    make: access(
      ({ proof: own }) =>
        (own.checkpoint = own.checkpoint.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${'A'.repeat(43)}=\n`)),
    ),
  },
  {
    name: 'a checkpoint signed with another key',
    attack: 'foreign-key',
    index: null,
    make: access((a) => (a.proof.checkpoint = checkpointNote(LOG, 30, honestLog().root(), otherKey))),
  },
  {
    name: 'a checkpoint of a log whose key is not known',
    attack: 'wrong-log',
    index: null,
    make: access((a) => (a.proof.checkpoint = checkpointNote('example.org/log', 30, honestLog().root()))),
  },
  {
    name: 'no proof',
    attack: 'malformed-access',
    index: null,
    make: () => ({ proofs: [heldAccess({ ...accessOf(honestLog(), 7), proof: null })] }),
  },
  {
    name: 'a list of accesses',
    attack: 'malformed-access',
    index: null,
    make: () => ({ proofs: [heldAccess([accessOf(honestLog(), 7)])] }),
  },
  {
    name: 'another time than the entry’s',
    attack: 'told-otherwise',
    index: 7,
    make: told((a) => (a.time = '2026-01-15T02:00:08.000Z')),
  },
  {
    name: 'another agency',
    attack: 'told-otherwise',
    index: 7,
    make: told((a) => (a.agency = 'Bộ Công an')),
  },
  { name: 'another purpose', attack: 'told-otherwise', index: 7, make: told((a) => (a.purpose = null)) },
  {
    name: 'another dossier',
    attack: 'told-otherwise',
    index: 7,
    make: told((a) => (a.case = 'H26-261121-0009')),
  },
  {
    name: 'another outcome',
    attack: 'told-otherwise',
    index: 7,
    make: told((a) => (a.outcome = 'NOT_FOUND')),
  },
  {
    name: 'a field left out',
    attack: 'told-otherwise',
    index: 7,
    make: told((a) => a.disclosed[0]?.coordinates.pop()),
  },
  { name: 'a register left out', attack: 'told-otherwise', index: 7, make: told((a) => a.disclosed.pop()) },
  {
    name: 'another entry’s bytes',
    attack: 'changed',
    index: 7,
    make: open((a, forge) => (a.proof.entry = forge.written[8]?.line ?? '')),
  },
  {
    name: 'the entry in other bytes',
    attack: 'changed',
    index: 7,
    make: open((a) => (a.proof.entry = `${a.proof.entry} `)),
  },
  {
    name: 'another agency than the entry in it',
    attack: 'told-otherwise',
    index: 7,
    make: open((a) => (a.agency = 'Bộ Công an')),
  },
  {
    name: 'an outcome that the entry in it does not have',
    attack: 'told-otherwise',
    index: 7,
    make: open((a) => (a.outcome = 'NOT_FOUND')),
  },
  {
    name: 'somebody else in the place of its subject',
    attack: 'swapped-opening',
    index: 7,
    make: open((a) => (a.proof.subject = canonicalJson(person(99)))),
  },
  {
    name: 'its subject in other bytes',
    attack: 'swapped-opening',
    index: 7,
    make: open((a) => (a.proof.subject = (a.proof.subject ?? '').replace('{', '{"key":"001190000099",'))),
  },
  {
    name: 'another entry’s salt',
    attack: 'swapped-opening',
    index: 7,
    make: open((a, forge) => (a.proof.salt = forge.written[8]?.opening.subject[0] ?? '')),
  },
  {
    name: 'an opening without the entry',
    attack: 'malformed-access',
    index: 7,
    make: open((a) => delete a.proof.entry),
  },
  {
    name: 'what is not in the export',
    attack: 'shown-not-in-log',
    index: 28,
    make: () => ({ proofs: [heldAccess(accessOf(otherEnd(), 28))], forged: honestLog().export() }),
  },
];

/** Nothing is wrong with these; `isProven` where the export, if any, tells all. */
export const HONEST: readonly {
  readonly name: string;
  readonly isProven: boolean;
  readonly make: () => { readonly proofs: readonly HeldProofs[]; readonly forged?: Forged };
}[] = [
  {
    name: 'a bundle',
    isProven: true,
    make: () => ({ proofs: [heldBundle(bundleText(bundleOf(honestLog(), FOUND)))] }),
  },
  {
    name: 'pages of two logs in one file, the second page from a larger tree',
    isProven: true,
    make: () => {
      const pages = [
        bundleOf(honestLog(), [21, 25], 27),
        bundleOf(honestLog(OTHER_LOG), [0, 29]),
        bundleOf(honestLog(), FOUND),
      ];
      return { proofs: [heldBundle(bundleText(...pages))] };
    },
  },
  {
    name: 'a bundle against the export',
    isProven: true,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(honestLog(), FOUND)))],
      forged: honestLog().export(),
    }),
  },
  {
    name: 'a bundle against an export that begins later',
    isProven: false,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(honestLog(), FOUND)))],
      forged: honestLog().export(9, 30),
    }),
  },
  {
    name: 'a bundle of another log than the export',
    isProven: false,
    make: () => ({
      proofs: [heldBundle(bundleText(bundleOf(honestLog(OTHER_LOG), [0])))],
      forged: honestLog().export(),
    }),
  },
  {
    name: 'an access',
    isProven: true,
    make: () => ({ proofs: [heldAccess(accessOf(honestLog(), 7))] }),
  },
  {
    name: 'an access in the log’s second epoch, of which little was asked',
    isProven: true,
    make: () => {
      const forge = honestLog();
      forge.restore(27);
      forge.answer([person(4)]);
      return { proofs: [heldAccess({ proof: accessOf(forge, 28).proof })] };
    },
  },
  {
    name: 'an access against the export',
    isProven: true,
    make: () => ({ proofs: [heldAccess(accessOf(honestLog(), 7))], forged: honestLog().export() }),
  },
  {
    name: 'a denial that the caller was not told',
    isProven: true,
    make: () => {
      const forge = new LogForge();
      forge.answer([person(1)]);
      const [written] = forge.written;
      if (!written) throw new Error('nothing was written');
      const untold = written.line.replace('"outcome":"disclosed"', '"outcome":"not-found"');
      forge.written[0] = { ...written, line: untold, leaf: leafHash(untold) };
      forge.checkpoint();
      return {
        proofs: [heldAccess({ ...accessOf(forge, 0), outcome: 'DENIED' })],
        forged: { ...forge.export(), openings: [] },
      };
    },
  },
];
