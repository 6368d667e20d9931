import { Pool, type Dispatcher } from 'undici';
import type { Limits } from '../../config/limits.ts';
import { parseCheckpointBody } from '../../log-format/notes/checkpoint.ts';
import { verifyCosignature } from '../../log-format/notes/cosignature.ts';
import { parseDecimal } from '../../log-format/decimal.ts';
import { ED25519_COSIGNATURE, type VerifierKey } from '../../log-format/notes/note-key.ts';
import {
  formatSignatureLine,
  parseNote,
  parseSignatureLines,
  type SignedNote,
} from '../../log-format/notes/signed-note.ts';
import { formatAddCheckpoint, SIZE_CONTENT_TYPE } from '../../log-format/notes/add-checkpoint-body.ts';

export const WITNESS_CLIENT_LIMITS = {
  timeout: { value: 2_000, unit: 'ms', why: 'A silent witness must not hold the next cosignature.' },
  answer: {
    value: 16 * 1_024,
    unit: 'bytes',
    why: 'A witness answers with a size or with signature lines, which are short.',
  },
  requests: {
    value: 3,
    unit: 'requests',
    why: 'One request with the remembered size, one with the size that the witness names, one more where another submitter was faster.',
  },
} as const satisfies Limits;

export interface WitnessClientOptions {
  /** C2SP tlog-witness, submission prefix. */
  readonly url: string;
  /** Its vkey. Null: what it answers is kept without being verified. */
  readonly key: VerifierKey | null;
  /** Time limit of a submission with all its requests, in ms. */
  readonly timeoutMs?: number;
}

/**
 * unreachable: no answer in time, or none but that it failed; refused: it does not know this log, this key or this
 * address; stale: it knows a larger tree than this one, which may be ours too; fork: it knows a tree that this one does not go on from;
 * bad-answer: its answer means nothing, or its cosignature is wrong.
 */
export type WitnessFault = 'unreachable' | 'refused' | 'stale' | 'fork' | 'bad-answer';

export interface CosignedByWitness {
  /** Signature lines, each with its newline: what is appended to the note. */
  readonly lines: string;
  /** Seconds since 1970 that the witness states; null where there was no key to verify it with. */
  readonly seconds: number | null;
}

export interface WitnessClient {
  /**
   * Submits a checkpoint. Submissions wait for each other. `consistency` gives the proof (base64) from a size that the
   * witness knows to `size`; `submit` rejects where it rejects.
   */
  submit(
    note: string,
    size: number,
    consistency: (from: number) => Promise<readonly string[]>,
  ): Promise<CosignedByWitness | WitnessFault>;
  /**
   * The size that the witness knows of the note's log. It is asked by submitting the note as the first one, so that a
   * witness that knows nothing cosigns it, and its size is the answer.
   */
  latestSize(note: string): Promise<number | WitnessFault>;
  close(): Promise<void>;
}

/** The outcome of one request. */
type WitnessReply =
  | { readonly kind: 'cosigned'; readonly cosigned: CosignedByWitness }
  | { readonly kind: 'size'; readonly size: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'fault'; readonly fault: WitnessFault };

/** Throws TypeError where the URL is none, RangeError where the key is none for cosignatures. */
export function buildWitnessClient(options: WitnessClientOptions): WitnessClient {
  if (options.key && options.key.type !== ED25519_COSIGNATURE) throw new RangeError('not a witness’s key');
  return new Client(options);
}

class Client implements WitnessClient {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #key: VerifierKey | null;
  readonly #timeoutMs: number;
  /** The largest tree that this client saw cosigned, and of which origin. */
  #last = { origin: '', size: 0 };
  #queue: Promise<unknown> = Promise.resolve();

  constructor({ url, key, timeoutMs = WITNESS_CLIENT_LIMITS.timeout.value }: WitnessClientOptions) {
    const { origin, pathname } = new URL(url);
    this.#pool = new Pool(origin, {
      connections: 1,
      connect: { timeout: timeoutMs },
      maxResponseSize: WITNESS_CLIENT_LIMITS.answer.value,
    });
    this.#path = `${pathname.replace(/\/+$/, '')}/add-checkpoint`;
    this.#key = key;
    this.#timeoutMs = timeoutMs;
  }

  submit(
    note: string,
    size: number,
    consistency: (from: number) => Promise<readonly string[]>,
  ): Promise<CosignedByWitness | WitnessFault> {
    return this.#inTurn(() => this.#submit(note, size, consistency));
  }

  latestSize(note: string): Promise<number | WitnessFault> {
    return this.#inTurn(async () => {
      const opened = openOwn(note);
      const reply = await this.#ask(opened.note, 0, [], note, AbortSignal.timeout(this.#timeoutMs));
      if (reply.kind === 'size') return reply.size;
      if (reply.kind === 'conflict') return 'bad-answer';
      if (reply.kind === 'fault') return reply.fault;
      this.#last = { origin: opened.origin, size: opened.size };
      return opened.size;
    });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #submit(
    note: string,
    size: number,
    consistency: (from: number) => Promise<readonly string[]>,
  ): Promise<CosignedByWitness | WitnessFault> {
    const opened = openOwn(note);
    if (opened.size !== size) throw new RangeError('not the note of that size');
    const { origin } = opened;
    let from = this.#last.origin === origin ? this.#last.size : 0;
    if (from > size) return 'stale';
    const signal = AbortSignal.timeout(this.#timeoutMs);
    for (let requests = 0; requests < WITNESS_CLIENT_LIMITS.requests.value; requests++) {
      const proof = from === 0 || from === size ? [] : await consistency(from);
      const reply = await this.#ask(opened.note, from, proof, note, signal);
      if (reply.kind === 'fault') return reply.fault;
      if (reply.kind === 'conflict') return from === size ? 'fork' : 'bad-answer';
      if (reply.kind === 'cosigned') {
        this.#last = { origin, size };
        return reply.cosigned;
      }
      if (reply.size > size) return 'stale';
      // It says that it knows what we said: of one size, two roots.
      if (reply.size === from) return from === size ? 'fork' : 'bad-answer';
      from = reply.size;
    }
    return 'bad-answer';
  }

  async #ask(
    parsed: SignedNote,
    from: number,
    proof: readonly string[],
    note: string,
    signal: AbortSignal,
  ): Promise<WitnessReply> {
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        path: this.#path,
        method: 'POST',
        body: formatAddCheckpoint(from, proof, note),
        signal,
      });
      return replyOf(statusCode, headers, await body.text(), parsed, this.#key);
    } catch (error) {
      const isTooLarge =
        error instanceof Error && 'code' in error && error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
      return { kind: 'fault', fault: isTooLarge ? 'bad-answer' : 'unreachable' };
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function replyOf(
  status: number,
  headers: Dispatcher.ResponseData['headers'],
  body: string,
  note: SignedNote,
  key: VerifierKey | null,
): WitnessReply {
  if (status === 200) {
    const cosigned = cosignedBy(body, note, key);
    return cosigned ? { kind: 'cosigned', cosigned } : { kind: 'fault', fault: 'bad-answer' };
  }
  if (status === 409) {
    const size = body.endsWith('\n') ? parseDecimal(body.slice(0, -1)) : null;
    const isSize = headers['content-type'] === SIZE_CONTENT_TYPE && size !== null;
    return isSize ? { kind: 'size', size } : { kind: 'conflict' };
  }
  if (status === 422) return { kind: 'fault', fault: 'fork' };
  return { kind: 'fault', fault: status === 429 || status >= 500 ? 'unreachable' : 'refused' };
}

/** The cosignatures of an answer that can be kept; null where there are none. */
function cosignedBy(
  body: string,
  { text, signatures }: SignedNote,
  key: VerifierKey | null,
): CosignedByWitness | null {
  const answered = parseSignatureLines(body);
  if (!answered) return null;
  if (key === null) {
    // A wrong signature under a name that signed already would spoil the note for everybody.
    const lines = answered.filter(({ name }) => signatures.every((one) => one.name !== name));
    return lines.length > 0 ? { lines: lines.map(formatSignatureLine).join(''), seconds: null } : null;
  }
  for (const signature of answered) {
    const seconds = verifyCosignature(text, signature, key);
    if (seconds !== null) return { lines: formatSignatureLine(signature), seconds };
  }
  return null;
}

/** Our own note. Throws RangeError where it is none: nobody else's goes to a witness. */
function openOwn(note: string): {
  readonly note: SignedNote;
  readonly origin: string;
  readonly size: number;
} {
  const parsed = parseNote(note);
  const checkpoint = parsed && parseCheckpointBody(parsed.text);
  if (!checkpoint) throw new RangeError('not a checkpoint');
  return { note: parsed, origin: checkpoint.origin, size: checkpoint.size };
}
