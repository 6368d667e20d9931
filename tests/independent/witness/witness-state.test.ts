import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EMPTY_ROOT } from '../../../src/log-format/tree/merkle-hash.ts';
import {
  openWitnessState,
  WitnessStateMissing,
  type WitnessState,
} from '../../../src/independent/witness/witness-state.ts';
import { ownDirectory } from './fixtures.ts';

const ORIGIN = 'log.example/a';
const NOTHING = { size: 0, root: EMPTY_ROOT, note: null };
const treeOf = (size: number, byte = size) => ({
  size,
  root: new Uint8Array(32).fill(byte),
  note: `${size} ${byte}`,
});

function open(directory: string, mayCreate = true): WitnessState {
  const state = openWitnessState(directory, mayCreate);
  onTestFinished(() => {
    state.close();
  });
  return state;
}

describe('the state of a witness', () => {
  it('is the empty tree for a log that was not seen', async () => {
    expect(open(await ownDirectory()).latest(ORIGIN)).toEqual(NOTHING);
  });

  it('moves on from what is known, by origin', async () => {
    const state = open(await ownDirectory());
    expect(state.advance(ORIGIN, NOTHING, treeOf(5))).toBe(true);
    expect(state.advance('other', NOTHING, treeOf(3))).toBe(true);
    expect(state.advance(ORIGIN, treeOf(5), treeOf(9))).toBe(true);
    expect([state.latest(ORIGIN), state.latest('other')]).toEqual([treeOf(9), treeOf(3)]);
  });

  it.each([
    ['what was known to nobody', NOTHING, treeOf(9)],
    ['a smaller tree', treeOf(4), treeOf(9)],
    ['a larger tree', treeOf(6), treeOf(9)],
    ['another root', treeOf(5, 7), treeOf(9)],
    ['the right tree to a smaller one', treeOf(5), treeOf(4)],
  ])('does not move on from %s: somebody else did', async (_name, known, next) => {
    const directory = await ownDirectory();
    open(directory).advance(ORIGIN, NOTHING, treeOf(5));
    const other = open(directory);
    expect(other.advance(ORIGIN, known, next)).toBe(false);
    expect(other.latest(ORIGIN)).toEqual(treeOf(5));
  });

  it('holds sizes up to 2^53 - 1', async () => {
    const state = open(await ownDirectory());
    const largest = treeOf(Number.MAX_SAFE_INTEGER, 1);
    expect(state.advance(ORIGIN, NOTHING, largest)).toBe(true);
    expect(state.latest(ORIGIN)).toEqual(largest);
  });

  it('is not made where it must be there', async () => {
    const directory = await ownDirectory();
    expect(() => openWitnessState(directory, false)).toThrow(WitnessStateMissing);
    new DatabaseSync(join(directory, 'witness.db')).close();
    expect(() => openWitnessState(directory, false)).toThrow(WitnessStateMissing);
    openWitnessState(directory, true).close();
    expect(open(directory, false).latest(ORIGIN)).toEqual(NOTHING);
  });
});
