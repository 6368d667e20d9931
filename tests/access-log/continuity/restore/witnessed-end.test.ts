import { expect, test } from 'vitest';
import { signingKeyOf } from '../../../../src/log-format/crypto.ts';
import { noteSignerOf } from '../../../../src/log-format/notes/note-key.ts';
import {
  askingWitness,
  newestWitnessed,
} from '../../../../src/access-log/continuity/restore/witnessed-end.ts';
import {
  buildWitnessClient,
  type WitnessFault,
} from '../../../../src/access-log/continuity/witness-client.ts';
import {
  LOG_NAME,
  ownDirectory,
  post,
  startWitness,
  TestLog,
  WITNESS,
} from '../../../independent/witness/fixtures.ts';

const OLD = { id: 'k1', key: Buffer.alloc(32, 1) };
const NEW = { id: 'k2', key: Buffer.alloc(32, 2) };

async function asking(url: string) {
  const client = buildWitnessClient({ url, key: WITNESS.key });
  const ask = askingWitness(client, [NEW, OLD]);
  return { ask, close: () => client.close() };
}

test('a witness that was told of the older key alone says what it knows, and takes nothing for a second history', async () => {
  const directory = await ownDirectory();
  const witness = await startWitness(directory);
  const second = new TestLog(noteSignerOf(`${LOG_NAME}/2`, signingKeyOf(OLD.key)), 50);
  await post(witness.url, new TestLog().growth(0, 60));
  await post(witness.url, second.growth(0, 70));
  const { ask, close } = await asking(witness.url);
  expect(await newestWitnessed(ask, LOG_NAME, 1)).toEqual({ origin: `${LOG_NAME}/2`, size: 70 });
  // Asked again, and gone on with: asking has left nothing that an epoch could not begin after.
  expect(await newestWitnessed(ask, LOG_NAME, 3)).toBe(null);
  const third = new TestLog(noteSignerOf(`${LOG_NAME}/3`, signingKeyOf(OLD.key)), 20);
  expect((await post(witness.url, third.growth(0, 30))).status).toBe(200);
  expect((await post(witness.url, second.growth(70, 80))).status).toBe(200);
  expect(witness.forks).toEqual([]);
  await close();
});

test.each<[string, readonly (number | WitnessFault)[], unknown]>([
  ['knows nothing', [0, 0, 0, 9], null],
  ['does not answer', ['unreachable'], 'unreachable'],
  ['does not answer any more', [9, 'unreachable'], 'unreachable'],
  ['refuses the log', ['refused'], 'refused'],
  ['was not told of further epochs', [9, 'refused', 'refused', 'refused'], { origin: LOG_NAME, size: 9 }],
  ['was away for two epochs', [9, 0, 0, 7, 0, 0, 0], { origin: `${LOG_NAME}/4`, size: 7 }],
])('a witness that %s', async (_what, answers, end) => {
  const left = [...answers];
  expect(await newestWitnessed(async () => left.shift() ?? 0, LOG_NAME, 1)).toEqual(end);
});
