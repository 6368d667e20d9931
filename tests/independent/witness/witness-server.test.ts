import { connect } from 'node:net';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, originOf } from '../../../src/log-format/notes/checkpoint.ts';
import { verifyCosignature } from '../../../src/log-format/notes/cosignature.ts';
import { parseNote, parseSignatureLines, signNote } from '../../../src/log-format/notes/signed-note.ts';
import { addCheckpoint } from '../../../src/independent/witness/add-checkpoint.ts';
import { openWitnessState } from '../../../src/independent/witness/witness-state.ts';
import { formatAddCheckpoint } from '../../../src/log-format/notes/add-checkpoint-body.ts';
import {
  LOG_NAME,
  logSigner,
  NOW_MS,
  ownDirectory,
  post,
  startWitness,
  TestLog,
  WITNESS,
  type Answer,
} from './fixtures.ts';

const log = new TestLog();
const forked = new TestLog(logSigner(), 50);

const sizeAnswer = (size: number): Answer => ({
  status: 409,
  contentType: 'text/x.tlog.size',
  body: `${size}\n`,
});

/** Seconds that the answer's only line states of the note. */
function statedBy({ status, body }: Answer, note: string): number | null {
  const [signature, ...rest] = parseSignatureLines(body) ?? [];
  const text = parseNote(note)?.text ?? '';
  return status === 200 && signature && rest.length === 0
    ? verifyCosignature(text, signature, WITNESS.key)
    : null;
}

describe('a witness cosigns', () => {
  it('a log as it grows', async () => {
    const { url } = await startWitness(await ownDirectory());
    let from = 0;
    for (const to of [1, 2, 3, 64, 65, 128, 200]) {
      expect(statedBy(await post(url, log.growth(from, to)), log.note(to))).toBe(Math.floor(NOW_MS / 1_000));
      from = to;
    }
  });

  it('a log that it sees for the first time, at any size', async () => {
    const { url } = await startWitness(await ownDirectory());
    expect(statedBy(await post(url, log.growth(0, 117)), log.note(117))).not.toBe(null);
  });

  it('the same tree again', async () => {
    const { url } = await startWitness(await ownDirectory());
    await post(url, log.growth(0, 60));
    expect(statedBy(await post(url, log.growth(60, 60)), log.note(60))).not.toBe(null);
  });

  it('the empty tree', async () => {
    const { url } = await startWitness(await ownDirectory());
    expect(statedBy(await post(url, log.growth(0, 0)), log.note(0))).not.toBe(null);
    expect(statedBy(await post(url, log.growth(0, 9)), log.note(9))).not.toBe(null);
  });

  it('what has signatures of others too, and extension lines', async () => {
    const { url } = await startWitness(await ownDirectory());
    const extended = signNote(`${parseNote(log.note(9))?.text ?? ''}extension\n`, log.signer);
    const note = `${extended}— stranger.example AAAAAAAA\n`;
    expect(statedBy(await post(url, formatAddCheckpoint(0, [], note)), note)).not.toBe(null);
  });

  it('each log and each epoch of one by itself', async () => {
    const other = new TestLog(logSigner('national-data-gateway/b', 2));
    const restored = new TestLog(logSigner(originOf(LOG_NAME, 2)), 40);
    const { url } = await startWitness(await ownDirectory(), [logSigner().key, other.signer.key]);
    expect((await post(url, log.growth(0, 100))).status).toBe(200);
    expect((await post(url, other.growth(0, 10))).status).toBe(200);
    expect((await post(url, restored.growth(0, 60))).status).toBe(200);
    expect(await post(url, log.growth(0, 100))).toEqual(sizeAnswer(100));
    expect(await post(url, other.growth(0, 100))).toEqual(sizeAnswer(10));
    expect(await post(url, restored.growth(0, 100))).toEqual(sizeAnswer(60));
  });
});

describe('a witness of a log at 60 leaves', () => {
  const noteOf = (signer = log.signer): string => new TestLog(signer).note(70);
  const strangers = noteOf(logSigner('somebody.example/log', 5));
  const wrongProof = log.proof(60, 70).map(() => Buffer.alloc(32).toString('base64'));
  const conflict = { status: 409, contentType: 'text/plain; charset=utf-8' };

  it.each<[string, string, Partial<Answer>]>([
    ['a shrunken tree', log.growth(59, 59), sizeAnswer(60)],
    ['a shrunken tree of whoever knows it', formatAddCheckpoint(60, [], log.note(59)), { status: 400 }],
    ['a shrunken tree as a new one', log.growth(0, 59), sizeAnswer(60)],
    ['growth from a smaller tree', log.growth(10, 70), sizeAnswer(60)],
    ['growth from a larger tree', log.growth(61, 70), sizeAnswer(60)],
    ['another tree of that size', forked.growth(60, 60), conflict],
    ['another tree of that size, as a new one', forked.growth(0, 60), sizeAnswer(60)],
    ['a larger tree that does not go on from it', forked.growth(60, 70), { status: 422 }],
    ['a proof of other hashes', formatAddCheckpoint(60, wrongProof, log.note(70)), { status: 422 }],
    ['no proof', formatAddCheckpoint(60, [], log.note(70)), { status: 422 }],
    ['part of the proof', formatAddCheckpoint(60, log.proof(60, 70).slice(1), log.note(70)), { status: 422 }],
    [
      'a proof where there is nothing to prove',
      formatAddCheckpoint(60, wrongProof, log.note(60)),
      { status: 422 },
    ],
    ['an old size above the checkpoint’s', formatAddCheckpoint(71, [], log.note(70)), { status: 400 }],
    ['a log that it was not told of', formatAddCheckpoint(60, [], strangers), { status: 404 }],
    [
      'an epoch that is none',
      formatAddCheckpoint(60, [], noteOf(logSigner(`${LOG_NAME}/1`))),
      { status: 404 },
    ],
    ['another key', formatAddCheckpoint(60, [], noteOf(logSigner(LOG_NAME, 2))), { status: 403 }],
    ['a signature of other text', log.growth(60, 70).replace('\n70\n', '\n71\n'), { status: 403 }],
  ])('does not sign %s', async (_name, body, wanted) => {
    const { url, faults } = await startWitness(await ownDirectory());
    await post(url, log.growth(0, 60));
    const answer = await post(url, body);
    expect(answer).toMatchObject(wanted);
    expect(answer.body).not.toContain('—');
    // And what it knows stays.
    expect(await post(url, log.growth(0, 200))).toEqual(sizeAnswer(60));
    expect(faults).toEqual([]);
  });

  it('shows both notes of a log that shows two histories', async () => {
    const { url, forks } = await startWitness(await ownDirectory());
    await post(url, log.growth(0, 60));
    await post(url, forked.growth(60, 60));
    expect(forks).toEqual([[log.note(60), forked.note(60)]]);
  });
});

describe('a witness of a log that it has not seen', () => {
  const emptyOfAnotherRoot = formatCheckpoint(
    { origin: LOG_NAME, size: 0, root: Buffer.alloc(32) },
    log.signer,
  );
  const [hash = ''] = log.proof(1, 2);

  it.each([
    ['a proof from nothing', formatAddCheckpoint(0, [hash], log.note(9)), { status: 422 }],
    ['growth from what it does not know', log.growth(5, 9), sizeAnswer(0)],
    ['an empty tree that has leaves', formatAddCheckpoint(0, [], emptyOfAnotherRoot), { status: 409 }],
  ])('does not sign %s', async (_name, body, wanted) => {
    const { url, forks } = await startWitness(await ownDirectory());
    expect(await post(url, body)).toMatchObject(wanted);
    expect(forks).toEqual([]);
  });
});

describe('a malformed request', () => {
  const note = log.note(70);
  const [hash = ''] = log.proof(60, 70);

  it.each([
    ['nothing', ''],
    ['no old size', `\n${note}`],
    ['no empty line', `old 60\n${hash}\n${note.replace('\n\n', '\n')}`],
    ['a leading zero', `old 060\n\n${note}`],
    ['a sign', `old +60\n\n${note}`],
    ['two spaces', `old  60\n\n${note}`],
    ['a tab', `old\t60\n\n${note}`],
    ['capitals', `Old 60\n\n${note}`],
    ['no number', `old \n\n${note}`],
    ['2^53', `old 9007199254740992\n\n${note}`],
    ['CRLF', `old 60\r\n\r\n${note}`],
    ['a hash of 31 bytes', `old 60\n${Buffer.alloc(31).toString('base64')}\n\n${note}`],
    ['a hash without padding', `old 60\n${hash.slice(0, -1)}\n\n${note}`],
    ['a hash in base64url', `old 60\n${'_'.repeat(42)}8=\n\n${note}`],
    ['64 hashes', `old 60\n${`${hash}\n`.repeat(64)}\n${note}`],
    ['no note', 'old 60\n\n'],
    ['an unsigned note', `old 60\n\n${note.slice(0, note.indexOf('\n\n') + 1)}`],
    ['a note that is no checkpoint', `old 60\n\n${signNote('hello\n', log.signer)}`],
    ['a byte order mark', `\ufeffold 60\n\n${note}`],
  ])('is one with %s', async (_name, body) => {
    const { url } = await startWitness(await ownDirectory());
    expect((await post(url, body)).status).toBe(400);
  });

  it('is one that is no UTF-8', async () => {
    const { url } = await startWitness(await ownDirectory());
    const bytes = Buffer.concat([Buffer.from(log.growth(0, 70)), Buffer.of(0xff)]);
    expect((await post(url, new Uint8Array(bytes))).status).toBe(400);
  });

  it('is not read to its end where it is too large', async () => {
    const { url } = await startWitness(await ownDirectory());
    expect((await post(url, 'x'.repeat(200_000))).status).toBe(413);
  });

  it('may be the largest that the specification allows', async () => {
    const { url } = await startWitness(await ownDirectory());
    const signature = `— pq.example ${Buffer.alloc(5_000).toString('base64')}\n`;
    const answer = await post(url, formatAddCheckpoint(0, [], log.note(70) + signature.repeat(16)));
    expect(answer.status).toBe(200);
  });

  it('goes to another place, or comes with another method', async () => {
    const { url } = await startWitness(await ownDirectory());
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${url}/`, { method: 'POST', body: 'x' })).status).toBe(404);
    expect((await fetch(`${url}/add-checkpoint?x`, { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it('that never ends holds nobody up, and breaks nothing', async () => {
    const { url, faults } = await startWitness(await ownDirectory());
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nold ');
    expect((await post(url, log.growth(0, 60))).status).toBe(200);
    socket.destroy();
    expect((await post(url, log.growth(60, 70))).status).toBe(200);
    expect(faults).toEqual([]);
  });
});

describe('what a witness signed', () => {
  it('is known after a restart', async () => {
    const directory = await ownDirectory();
    const first = await startWitness(directory);
    await post(first.url, log.growth(0, 60));
    await first.stop();
    const second = await startWitness(directory);
    expect((await post(second.url, forked.growth(60, 60))).status).toBe(409);
    expect((await post(second.url, forked.growth(60, 70))).status).toBe(422);
    expect(statedBy(await post(second.url, log.growth(60, 70)), log.note(70))).not.toBe(null);
  });

  it('is one history, however many submit at once', async () => {
    const { url } = await startWitness(await ownDirectory());
    await post(url, log.growth(0, 40));
    const bodies = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? log : forked).growth(40, 60 + at));
    const answers = await Promise.all(bodies.map((body) => post(url, body)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
    expect(answers.filter(({ status }) => status === 409).length).toBe(39);
  });

  it('is one history also for two witnesses over one file', async () => {
    const directory = await ownDirectory();
    const witnesses = [await startWitness(directory), await startWitness(directory)];
    await post(witnesses[0]?.url ?? '', log.growth(0, 40));
    const answers = await Promise.all(
      [0, 1].flatMap((at) => [log, forked].map((one) => post(witnesses[at]?.url ?? '', one.growth(40, 60)))),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  });

  it('is nothing where another process was faster', async () => {
    const state = openWitnessState(await ownDirectory(), true);
    const faster = { ...state, advance: () => false };
    const onFork = (): void => undefined;
    const witness = { logs: [logSigner().key], signer: WITNESS, state: faster, now: Date.now, onFork };
    expect(addCheckpoint(log.growth(0, 40), witness)).toEqual(sizeAnswer(0));
    state.close();
  });

  it('is nothing where it cannot be written', async () => {
    const directory = await ownDirectory();
    const { url, faults } = await startWitness(directory);
    await post(url, log.growth(0, 40));
    const other = new DatabaseSync(join(directory, 'witness.db'));
    other.exec('BEGIN EXCLUSIVE');
    const answer = await post(url, log.growth(40, 60));
    other.exec('ROLLBACK');
    other.close();
    expect(answer).toMatchObject({ status: 500, body: 'failed\n' });
    expect(faults.length).toBe(1);
    expect((await post(url, log.growth(40, 60))).status).toBe(200);
  });
});
