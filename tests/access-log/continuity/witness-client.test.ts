import type { RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cosign } from '../../../src/log-format/notes/cosignature.ts';
import type { VerifierKey } from '../../../src/log-format/notes/note-key.ts';
import { formatSignatureLine, parseNote } from '../../../src/log-format/notes/signed-note.ts';
import {
  buildWitnessClient,
  type CosignedByWitness,
  type WitnessClient,
  type WitnessFault,
} from '../../../src/access-log/continuity/witness-client.ts';
import {
  logSigner,
  NOW_MS,
  ownDirectory,
  startServer,
  startWitness,
  TestLog,
  WITNESS,
} from '../../independent/witness/fixtures.ts';

const log = new TestLog();
const forked = new TestLog(logSigner(), 50);
const SECONDS = Math.floor(NOW_MS / 1_000);

function clientOf(url: string, key: VerifierKey | null = WITNESS.key, timeoutMs = 2_000): WitnessClient {
  const client = buildWitnessClient({ url, key, timeoutMs });
  onTestFinished(() => client.close());
  return client;
}

/** With the sizes that proofs were asked from. */
function submitTo(client: WitnessClient, of = log) {
  const asked: number[] = [];
  const submit = (size: number): Promise<CosignedByWitness | WitnessFault> =>
    client.submit(of.note(size), size, async (from) => {
      asked.push(from);
      return of.proof(from, size);
    });
  return { submit, asked };
}

const lineOf = (size: number, of = log): string =>
  formatSignatureLine(cosign(parseNote(of.note(size))?.text ?? '', SECONDS, WITNESS));

describe('a client of a running witness', () => {
  it('gets each checkpoint cosigned, and asks for a proof once each', async () => {
    const { url } = await startWitness(await ownDirectory());
    const { submit, asked } = submitTo(clientOf(url));
    for (const size of [3, 7, 64, 64, 200]) {
      expect(await submit(size)).toEqual({ lines: lineOf(size), seconds: SECONDS });
    }
    expect(asked).toEqual([3, 7, 64]);
  });

  it('gets lines that go to the end of the note', async () => {
    const { url } = await startWitness(await ownDirectory());
    const cosigned = await submitTo(clientOf(url)).submit(9);
    if (typeof cosigned === 'string') throw new Error(cosigned);
    expect(parseNote(log.note(9) + cosigned.lines)?.signatures.map(({ name }) => name)).toEqual([
      log.signer.key.name,
      WITNESS.key.name,
    ]);
  });

  it('learns after a restart from where a proof is wanted', async () => {
    const { url } = await startWitness(await ownDirectory());
    await submitTo(clientOf(url)).submit(30);
    const { submit, asked } = submitTo(clientOf(url));
    expect(await submit(70)).toMatchObject({ seconds: SECONDS });
    expect(asked).toEqual([30]);
  });

  it('goes on where another submitter came in between', async () => {
    const { url } = await startWitness(await ownDirectory());
    const mine = submitTo(clientOf(url));
    await mine.submit(30);
    await submitTo(clientOf(url)).submit(40);
    expect(await mine.submit(70)).toMatchObject({ seconds: SECONDS });
    expect(mine.asked).toEqual([30, 40]);
  });

  it('submits one after the other, whatever is asked at once', async () => {
    const { url } = await startWitness(await ownDirectory());
    const { submit } = submitTo(clientOf(url));
    const all = await Promise.all([10, 20, 15, 30].map(submit));
    expect(all.map((one) => (typeof one === 'string' ? one : one.seconds))).toEqual([
      SECONDS,
      SECONDS,
      'stale',
      SECONDS,
    ]);
  });

  it('starts anew with a new epoch of the log', async () => {
    const { url } = await startWitness(await ownDirectory());
    const client = clientOf(url);
    await submitTo(client).submit(100);
    const restored = new TestLog(logSigner(`${log.signer.key.name}/2`), 40);
    expect(await submitTo(client, restored).submit(60)).toMatchObject({ seconds: SECONDS });
  });

  it('says stale where the witness knows a larger tree, which may be ours too', async () => {
    const { url } = await startWitness(await ownDirectory());
    await submitTo(clientOf(url)).submit(60);
    expect(await submitTo(clientOf(url)).submit(59)).toBe('stale');
    expect(await submitTo(clientOf(url), forked).submit(59)).toBe('stale');
  });

  it('says fork where the witness knows another tree, or one that ours does not go on from', async () => {
    const { url } = await startWitness(await ownDirectory());
    await submitTo(clientOf(url)).submit(60);
    expect(await submitTo(clientOf(url), forked).submit(60)).toBe('fork');
    expect(await submitTo(clientOf(url), forked).submit(70)).toBe('fork');
    expect(await submitTo(clientOf(url)).submit(70)).toMatchObject({ seconds: SECONDS });
  });

  it('says refused where the witness was not told of the log, or of this key', async () => {
    const { url } = await startWitness(await ownDirectory());
    expect(await submitTo(clientOf(url), new TestLog(logSigner('other.example'))).submit(9)).toBe('refused');
    expect(await submitTo(clientOf(url), new TestLog(logSigner(undefined, 2))).submit(9)).toBe('refused');
    expect(await submitTo(clientOf(`${url}/elsewhere`)).submit(9)).toBe('refused');
  });

  it('keeps what it cannot verify where it has no key', async () => {
    const { url } = await startWitness(await ownDirectory());
    expect(await submitTo(clientOf(url, null)).submit(9)).toEqual({ lines: lineOf(9), seconds: null });
  });

  it('learns the size that the witness knows', async () => {
    const { url } = await startWitness(await ownDirectory());
    // Nothing known: asking is submitting.
    expect(await clientOf(url).latestSize(log.note(30))).toBe(30);
    expect(await clientOf(url).latestSize(log.note(20))).toBe(30);
    expect(await clientOf(url).latestSize(log.note(40))).toBe(30);
    expect(await clientOf(url).latestSize(new TestLog(logSigner('other.example')).note(9))).toBe('refused');
  });

  it('fails with what the proof fails with, and goes on', async () => {
    const { url } = await startWitness(await ownDirectory());
    const client = clientOf(url);
    await submitTo(client).submit(30);
    const failing = client.submit(log.note(40), 40, () => Promise.reject(new Error('no store')));
    await expect(failing).rejects.toThrow('no store');
    expect(await submitTo(client).submit(50)).toMatchObject({ seconds: SECONDS });
  });

  it('refuses what is no checkpoint of that size, and no key of a witness', async () => {
    const { url } = await startWitness(await ownDirectory());
    await expect(clientOf(url).submit(log.note(9), 8, () => Promise.resolve([]))).rejects.toThrow(RangeError);
    await expect(clientOf(url).submit('x', 8, () => Promise.resolve([]))).rejects.toThrow(RangeError);
    expect(() => clientOf(url, logSigner().key)).toThrow(RangeError);
  });
});

describe('a witness that is gone or slow', () => {
  it('is unreachable where nobody listens', async () => {
    const { url, stop } = await startWitness(await ownDirectory());
    await stop();
    const { submit } = submitTo(clientOf(url));
    expect(await submit(9)).toBe('unreachable');
    expect(await submit(10)).toBe('unreachable');
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    ['never ends its answer', (_request, response) => response.writeHead(200).write('— ')],
    ['hangs up', (request) => request.socket.destroy()],
    ['fails', (_request, response) => response.writeHead(500).end()],
    ['is busy', (_request, response) => response.writeHead(429).end()],
  ])('is unreachable where it %s', async (_name, listener) => {
    const { submit } = submitTo(clientOf(await startServer(listener), WITNESS.key, 300));
    const start = performance.now();
    expect(await submit(9)).toBe('unreachable');
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it('has its time for all requests of a submission together', async () => {
    let size = 0;
    const url = await startServer((_request, response) => {
      size += 1;
      setTimeout(() => response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${size}\n`), 200);
    });
    expect(await submitTo(clientOf(url, WITNESS.key, 300)).submit(50)).toBe('unreachable');
  });
});

describe('a witness that lies', () => {
  const answering =
    (status: number, body: string, contentType = 'text/plain'): RequestListener =>
    (_request, response) =>
      response.writeHead(status, { 'content-type': contentType }).end(body);
  const forged = formatSignatureLine({
    name: WITNESS.key.name,
    keyId: WITNESS.key.id,
    bytes: Buffer.alloc(72),
  });

  it.each<[string, RequestListener, WitnessFault]>([
    ['a forged cosignature', answering(200, forged), 'bad-answer'],
    ['a cosignature of another tree', answering(200, lineOf(10)), 'bad-answer'],
    ['a cosignature of another history', answering(200, lineOf(60, forked)), 'bad-answer'],
    ['nothing', answering(200, ''), 'bad-answer'],
    ['no signature line', answering(200, 'hello\n'), 'bad-answer'],
    ['a line without its end', answering(200, lineOf(60).slice(0, -1)), 'bad-answer'],
    ['one good line and one bad', answering(200, `${lineOf(60)}hello\n`), 'bad-answer'],
    [
      'a line of a stranger',
      answering(200, lineOf(60).replace('witness.example', 'elsewhere')),
      'bad-answer',
    ],
    ['too much', answering(200, lineOf(60).repeat(1_000)), 'bad-answer'],
    ['another address', answering(302, ''), 'refused'],
    ['the size that we said', answering(409, '0\n', 'text/x.tlog.size'), 'bad-answer'],
    ['a size that is none', answering(409, '-1\n', 'text/x.tlog.size'), 'bad-answer'],
    ['a size without its end', answering(409, '5', 'text/x.tlog.size'), 'bad-answer'],
    ['a size in another type', answering(409, '61\n'), 'bad-answer'],
    ['our size, whatever we say of it', answering(409, '60\n', 'text/x.tlog.size'), 'fork'],
    ['a conflict of nothing', answering(409, ''), 'bad-answer'],
    ['a larger size', answering(409, '61\n', 'text/x.tlog.size'), 'stale'],
  ])('with %s: its answer is %s', async (_name, listener, wanted) => {
    expect(await submitTo(clientOf(await startServer(listener))).submit(60)).toBe(wanted);
  });

  it('with what never ends is not read for ever', async () => {
    const url = await startServer((_request, response) => {
      const timer = setInterval(() => response.write(lineOf(60)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(await submitTo(clientOf(url, WITNESS.key, 10_000)).submit(60)).toBe('bad-answer');
  });

  it('with another size each time is not asked for ever', async () => {
    let requests = 0;
    const url = await startServer((_request, response) => {
      requests += 1;
      response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${requests}\n`);
    });
    expect(await submitTo(clientOf(url)).submit(60)).toBe('bad-answer');
    expect(requests).toBe(3);
  });

  it('among others’ lines has only its own kept', async () => {
    const stranger = '— stranger.example AAAAAAAA\n';
    const url = await startServer(answering(200, stranger + lineOf(60) + stranger));
    expect(await submitTo(clientOf(url)).submit(60)).toEqual({ lines: lineOf(60), seconds: SECONDS });
  });

  it('cannot spoil the note with a line under the log’s name, known by key or not', async () => {
    const { name, id } = log.signer.key;
    const spoiling = formatSignatureLine({ name, keyId: id, bytes: Buffer.alloc(64) });
    const url = await startServer(answering(200, spoiling));
    expect(await submitTo(clientOf(url, null)).submit(60)).toBe('bad-answer');
    const both = await startServer(answering(200, spoiling + lineOf(60)));
    expect(await submitTo(clientOf(both, null)).submit(60)).toEqual({ lines: lineOf(60), seconds: null });
  });
});
