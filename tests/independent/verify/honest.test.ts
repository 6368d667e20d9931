import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from '../../../src/log-format/canonical-json.ts';
import { commitmentOf } from '../../../src/log-format/commitment.ts';
import type { Entry } from '../../../src/log-format/entry-format.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import { verifyReportText } from '../../../src/independent/verify/verdict/verify-report.ts';
import { cosigned, honestLog, LogForge, person, signerOf, START } from './vectors/forged-export.ts';
import { bundleOf, bundleText, heldBundle } from './vectors/forged-proofs.ts';
import { OTHER_LOG } from './vectors/proof-vectors.ts';
import { LATER, restoredLog, retainedLog } from './vectors/history-vectors.ts';
import { evidenceOf, verifyForged } from './vectors/verify-forged.ts';

describe('an honest log is verified', () => {
  test('whole, in several files, and says what is left open', () => {
    const forge = honestLog();
    const result = verifyForged(forge.export(), {
      perFile: 7,
      known: forge.checkpoints.map(({ note }) => note),
    });
    expect(result).toMatchObject({
      verdict: 'verified',
      faults: [],
      knownAgree: 10,
      export: { from: 0, to: 30, entries: 30, removed: 0, checkpoints: 10, openings: 30 },
    });
    expect(result.notProven.join(' ')).toContain('no witness');
  });

  test('empty', () => {
    expect(verifyForged(new LogForge().export())).toMatchObject({
      verdict: 'verified',
      export: { entries: 0 },
    });
  });

  test('in part, and does not compare what lies before', () => {
    const forge = honestLog();
    const receipts = [3, 12].map((answer) => forge.receiptOf([...forge.bodies.keys()][answer] ?? ''));
    const known = [forge.checkpoints[0]?.note ?? '', forge.checkpoints[4]?.note ?? ''];
    const result = verifyForged(forge.export(15), { known, receipts, perFile: 4 });
    expect(result).toMatchObject({ verdict: 'verified', knownAgree: 1, export: { from: 15, entries: 15 } });
    expect(result.receipts.map(({ isProven }) => isProven)).toEqual([false, true]);
    expect(result.notProven.filter((one) => one.includes('before this export'))).toHaveLength(2);
  });

  test('up to the last cosigned checkpoint beyond the operator’s word', () => {
    const forged = honestLog().export();
    const seconds = START / 1000 + 60;
    forged.notes[7] = cosigned(forged.notes[7] ?? '', seconds);
    const result = verifyForged(forged);
    expect(result.cosigned).toMatchObject([{ witness: 'witness.example/w1', size: 24, seconds }]);
    expect(result.notProven[0]).toContain('entries 24 up to 30');
  });

  test('cosigned in a checkpoint that a witness gave', () => {
    const forged = honestLog().export();
    const result = verifyForged(forged, { known: [cosigned(forged.notes[9] ?? '', 1_790_000_000)] });
    expect(result).toMatchObject({ verdict: 'verified', cosigned: [{ size: 30 }] });
  });

  test('cosigned in another log or in a part that was lost tells nothing of this one', () => {
    const otherKeys = [signerOf(OTHER_LOG).key];
    const other = bundleOf(honestLog(OTHER_LOG), [3]);
    other.checkpoint = cosigned(other.checkpoint, 1_790_000_000);
    const result = verifyForged(honestLog().export(), { proofs: [heldBundle(bundleText(other))], otherKeys });
    expect(result).toMatchObject({ verdict: 'verified', cosigned: [] });
    expect(result.notProven.join(' ')).toContain('no witness');
    const { forge, lost } = restoredLog();
    const restored = verifyForged(forge.export(), { known: [cosigned(lost, 1_790_000_000)] });
    expect(restored).toMatchObject({ verdict: 'verified', cosigned: [{ size: 24 }] });
    expect(restored.notProven.join(' ')).toContain('entries 24 up to 28');
  });

  test('restored, where the gap is stated', () => {
    const { forge, lost } = restoredLog();
    const before = honestLog();
    const held = before.receiptOf([...before.bodies.keys()].at(-1) ?? '');
    const result = verifyForged(forge.export(), { known: [lost], receipts: [held] });
    expect(result).toMatchObject({
      verdict: 'verified',
      export: { epochs: 2, restores: [{ epoch: 2, from: 24, lostSize: 30 }] },
    });
    expect(result.receipts).toMatchObject([{ isProven: false }]);
    expect(result.notProven.filter((one) => one.includes('restore at 24 states'))).toHaveLength(2);
  });

  test('restored twice, the second time to before the first', () => {
    const { forge } = restoredLog();
    forge.restore(18);
    forge.checkpoint();
    expect(verifyForged(forge.export())).toMatchObject({ verdict: 'verified', export: { epochs: 2 } });
  });

  test('in part, from the size at which it was restored', () => {
    const { forge } = restoredLog();
    expect(verifyForged(forge.export(24))).toMatchObject({ verdict: 'verified', export: { epochs: 2 } });
  });

  test('with entries removed after their time', () => {
    const forge = honestLog();
    const held = forge.receiptOf([...forge.bodies.keys()][1] ?? '');
    const result = verifyForged(retainedLog(), { receipts: [held], perFile: 5 });
    expect(result).toMatchObject({ verdict: 'verified', export: { removed: 12, openings: 20 } });
    expect(result.notProven[0]).toContain('removed after its time');
  });

  test('with openings for some entries only, or none', () => {
    const forged = honestLog().export();
    forged.openings = forged.openings.filter((_line, at) => at % 3 === 0);
    expect(verifyForged(forged)).toMatchObject({ verdict: 'verified', export: { openings: 10 } });
    forged.openings = [];
    expect(verifyForged(forged)).toMatchObject({ verdict: 'verified', export: { openings: 0 } });
  });

  test('with a variable of any name that GraphQL allows', () => {
    const forge = honestLog();
    forge.answer([person(600)]);
    const last = forge.written.pop();
    if (!last) throw new Error('nothing was written');
    const operation = JSON.parse('{"arguments":"","conditions":{"__proto__":true},"index":0}') as never;
    last.opening.predicates[1] = { ...last.opening.predicates[1], operation };
    const entry = JSON.parse(last.line) as Entry;
    entry.commitments.predicates = commitmentOf(
      'predicates',
      last.opening.predicates[0],
      canonicalJson(last.opening.predicates[1] as JsonValue),
    );
    const line = canonicalJson(entry);
    forge.written.push({ ...last, line, leaf: leafHash(line) });
    forge.checkpoint();
    expect(verifyForged(forge.export())).toMatchObject({ verdict: 'verified', export: { openings: 31 } });
  });

  test('with outages that it states, which nothing proves', () => {
    const forge = honestLog();
    forge.act('log-outage', { from: START, to: START + 90_000 });
    forge.act('log-outage', { from: START + 100_000, to: START + 110_000 });
    forge.checkpoint();
    const result = verifyForged(forge.export());
    expect(result).toMatchObject({
      verdict: 'verified',
      export: { outages: { count: 2, milliseconds: 100_000 } },
    });
    expect(result.notProven.join()).toContain('during 2 outage(s) that the log states, 100 s together');
  });

  test('with acts of the gateway itself, whose detail is free', () => {
    const forge = honestLog();
    forge.act('agreements-in-force', { b: [1, 0.5, null], a: { '10': 'ä', '9': '"' } }, LATER);
    forge.checkpoint();
    expect(verifyForged(forge.export())).toMatchObject({ verdict: 'verified' });
  });
});

describe('a receipt', () => {
  const forge = honestLog();
  const held = forge.receiptOf([...forge.bodies.keys()][7] ?? '');

  test('agrees with the log', () => {
    const result = verifyForged(forge.export(), { receipts: [{ ...held, withBodies: true }] });
    expect(result).toMatchObject({
      verdict: 'verified',
      receipts: [{ isProven: true, bodies: ['request', 'answer'] }],
    });
  });

  test('is checked by itself', () => {
    const result = verifyHeld(evidenceOf({ receipts: [{ ...held, withBodies: true }] }));
    expect(result).toMatchObject({ verdict: 'verified', export: null, receipts: [{ isProven: true }] });
    expect(verifyReportText(result)).toContain('request and answer shown to be its own');
  });

  test('is read from the answer that carries it', () => {
    const evidence = evidenceOf({});
    const inAnswer = {
      name: 'answer.json',
      text: held.answer,
      request: null,
      answer: Buffer.from(held.answer),
    };
    expect(verifyHeld({ ...evidence, receipts: [inAnswer] })).toMatchObject({
      receipts: [{ bodies: ['answer'] }],
    });
  });

  test('without an opening shows no bodies', () => {
    const { opening: _opening, ...receipt } = held.receipt;
    const result = verifyHeld(evidenceOf({ receipts: [{ ...held, receipt, withBodies: true }] }));
    expect(result).toMatchObject({ verdict: 'verified', receipts: [{ isProven: true, bodies: [] }] });
    expect(verifyReportText(result)).toContain('not proven: no opening');
    expect(result.notProven.join()).toContain('whether the bodies given are its own');
    expect(verifyHeld(evidenceOf({ receipts: [{ ...held, receipt }] }))).toMatchObject({
      verdict: 'verified',
    });
  });
});

test('a report names nobody', () => {
  const forged = honestLog().export();
  forged.openings[3] = (forged.openings[3] ?? '').replace(/"key":"\d+"/, `"key":"${person(7).key}"`);
  const text = verifyReportText(verifyForged(forged));
  expect(text).toContain('swapped-opening at entry 3');
  expect(text).not.toMatch(/\d{12}/);
});
