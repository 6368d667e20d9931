import { writeSync } from 'node:fs';
import { addCheckpoint } from '../../../src/independent/witness/add-checkpoint.ts';
import { openWitnessState } from '../../../src/independent/witness/witness-state.ts';
import { logSigner, TestLog, WITNESS } from './fixtures.ts';

/** A process to be traced: `node advance-child.ts DIRECTORY` prints each size as a witness signs it, up to 10. */
const [directory = ''] = process.argv.slice(2);
const log = new TestLog();
const state = openWitnessState(directory, true);
const witness = { logs: [logSigner().key], signer: WITNESS, state, now: Date.now, onFork: () => undefined };
for (let size = 1; size <= 10; size++) {
  const { status } = addCheckpoint(log.growth(size - 1, size), witness);
  if (status === 200) writeSync(1, `${size}\n`);
}
// Not closed: what was signed must be on disk without it.
process.exit(0);
