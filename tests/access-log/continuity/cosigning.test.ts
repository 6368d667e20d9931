import { describe, expect, it, onTestFinished } from 'vitest';
import {
  startCosigning,
  submitEnd,
  type SubmittingParts,
} from '../../../src/access-log/continuity/cosigning.ts';
import { buildWitnessClient, type WitnessClient } from '../../../src/access-log/continuity/witness-client.ts';
import { until } from '../support/fixtures.ts';
import {
  LOG_NAME,
  logSigner,
  ownDirectory,
  startWitness,
  TestLog,
  WITNESS,
} from '../../independent/witness/fixtures.ts';

const ours = new TestLog();
const other = new TestLog(logSigner(), 50);

interface Reading {
  log: TestLog;
  /** Sizes as they are read one after the other; the last one from then on. */
  sizes: number[];
}

function partsOf(witness: WitnessClient, reading: Reading): SubmittingParts {
  return {
    log: LOG_NAME,
    witness,
    reader: {
      async end() {
        const size = (reading.sizes.length > 1 ? reading.sizes.shift() : reading.sizes[0]) ?? 0;
        return { size, note: reading.log.note(size) };
      },
      proveConsistency: async (_log, from, to) => reading.log.proof(from, to),
    },
  };
}

/** A witness, and clients of it as processes of one instance have them. */
async function witnessed(): Promise<() => WitnessClient> {
  const { url } = await startWitness(await ownDirectory());
  return () => {
    const client = buildWitnessClient({ url, key: WITNESS.key });
    onTestFinished(() => client.close());
    return client;
  };
}

describe('a log’s end at its witness', () => {
  it('is cosigned, also where another process took a larger end there after this one was read', async () => {
    const client = await witnessed();
    await submitEnd(partsOf(client(), { log: ours, sizes: [60] }));
    const late = partsOf(client(), { log: ours, sizes: [40, 70] });
    expect(await submitEnd(late)).toMatchObject({ size: 70 });
  });

  it('is cosigned again where nothing came after what the other process took there', async () => {
    const client = await witnessed();
    await submitEnd(partsOf(client(), { log: ours, sizes: [60] }));
    expect(await submitEnd(partsOf(client(), { log: ours, sizes: [40, 60] }))).toMatchObject({ size: 60 });
  });

  it.each([
    { what: 'a larger tree than there is', log: ours, sizes: [40] },
    { what: 'another tree of that size', log: other, sizes: [60] },
    { what: 'a tree that the larger one does not go on from', log: other, sizes: [70] },
    { what: 'a tree that the newer end does not go on from', log: other, sizes: [40, 70] },
  ])('is a fork where the witness knows $what', async ({ log, sizes }) => {
    const client = await witnessed();
    await submitEnd(partsOf(client(), { log: ours, sizes: [60] }));
    expect(await submitEnd(partsOf(client(), { log, sizes }))).toBe('fork');
  });

  it('is a fork where this process took more there than is left', async () => {
    const client = (await witnessed())();
    await submitEnd(partsOf(client, { log: ours, sizes: [60] }));
    expect(await submitEnd(partsOf(client, { log: ours, sizes: [40] }))).toBe('fork');
  });

  it('is followed: another history of one size is noticed too, and so is the return of the first', async () => {
    const client = await witnessed();
    const reading: Reading = { log: ours, sizes: [60] };
    const seen: string[] = [];
    const lines: number[] = [];
    let size = 60;
    const cosigning = startCosigning(
      {
        ...partsOf(client(), reading),
        size: () => size,
        addCosignature: (row) => lines.push(row.size),
        observer: { onTrouble: (code) => seen.push(code), onRecovery: () => seen.push('recovered') },
      },
      5,
    );
    onTestFinished(() => cosigning.stop());
    await until(() => lines.length === 1, 'it is cosigned');
    // The writer went on, and what is read is a tree that was put in its place.
    Object.assign(reading, { log: other });
    size = 61;
    await until(() => seen.includes('fork'), 'the fork is noticed');
    expect(seen).not.toContain('recovered');
    Object.assign(reading, { log: ours, sizes: [70] });
    size = 70;
    await until(() => seen.includes('recovered'), 'it recovers');
    expect(lines).toEqual([60, 70]);
  });
});
