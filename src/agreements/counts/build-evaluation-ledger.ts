import type { Redis } from 'ioredis';
import type { Limits } from '../../config/limits.ts';
import { buildKeyedHash } from '../../config/secrets/keyed-hash.ts';
import type { AskedEvaluation, EvaluationLedger } from '../../policy/agreement/evaluation-ledger.ts';
import { fingerprintOf } from '../shared/shared-redis.ts';

/** Redis, keys and bounds of a ledger; bounds are EVALUATION_LEDGER_LIMITS by default. */
export interface EvaluationLedgerOptions {
  /** Redis, over which all instances count together; null where each instance counts for itself. */
  readonly redis: Redis | null;
  /** Makes keys that nobody can guess from a dump. */
  readonly macKey: Buffer;
  readonly maxEntries?: number;
  readonly maxBytes?: number;
  readonly now?: () => number;
}

/** Bounds of counting evaluations. */
export const EVALUATION_LEDGER_LIMITS = {
  entries: {
    value: 1_000_000,
    unit: 'counts',
    why: 'Of a subject, case and field each; the oldest are forgotten first.',
  },
  bytes: {
    value: 128 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'Of all counts in this process: some 600,000.',
  },
  kept: { value: 604_800_000, unit: 'ms', why: 'A count ends seven days after the last evaluation.' },
  pause: { value: 1_000, unit: 'ms', why: 'After a failure Redis is not asked for so long.' },
} as const satisfies Limits;

/**
 * Hexadecimal digits of a hash: 64 bits tell the few evaluations of one subject apart, 128 bits tell many subjects
 * apart.
 */
const TAG_LENGTH = 16;
const KEY_LENGTH = 32;

/**
 * Admits all evaluations in one atomic step. The arguments of each are its limit, its tag, and the tags that this
 * instance admitted while Redis was away. The answer is 1 where the evaluation is known or within the limit.
 */
const ADMIT = `
local at, admitted = 2, {}
for i, key in ipairs(KEYS) do
  local limit, asked, known = tonumber(ARGV[at]), ARGV[at + 1], tonumber(ARGV[at + 2])
  at = at + 3
  for _ = 1, known do
    redis.call('SADD', key, ARGV[at])
    at = at + 1
  end
  if redis.call('SISMEMBER', key, asked) == 1 then
    admitted[i] = 1
  elseif redis.call('SCARD', key) < limit then
    redis.call('SADD', key, asked)
    admitted[i] = 1
  else
    admitted[i] = 0
  end
  redis.call('PEXPIRE', key, ARGV[1])
end
return admitted`;

/** Evaluations of one field, subject and case. `until` is in milliseconds of the clock. */
interface Asked {
  /** Tags of the evaluations, packed one behind the other; at most 20, the highest limit of an agreement. */
  tags: string;
  /** True where Redis was away when an evaluation was counted: its tag is sent with the next one. */
  isUntold: boolean;
  until: number;
}

interface Evaluation {
  readonly key: string;
  readonly tag: string;
  readonly limit: number;
}

/**
 * Counts distinct evaluations of a subject, case and field. With Redis the count over all instances is exact; while
 * Redis is away the count of this instance holds.
 */
export function buildEvaluationLedger(options: EvaluationLedgerOptions): EvaluationLedger {
  return new Ledger(options);
}

class Ledger implements EvaluationLedger {
  readonly #redis: Redis | null;
  readonly #prefix: string;
  readonly #hash: (message: string) => string;
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #now: () => number;
  /** Ordered by the last evaluation, so that counts that expire come first. */
  readonly #asked = new Map<string, Asked>();
  #bytes = 0;
  #pausedUntil = 0;

  constructor({
    redis,
    macKey,
    maxEntries = EVALUATION_LEDGER_LIMITS.entries.value,
    maxBytes = EVALUATION_LEDGER_LIMITS.bytes.value,
    now = Date.now,
  }: EvaluationLedgerOptions) {
    this.#redis = redis;
    this.#prefix = `ndg:evaluations:${fingerprintOf(macKey)}:`;
    this.#hash = buildKeyedHash(macKey);
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#now = now;
  }

  async admit(evaluations: readonly AskedEvaluation[]): Promise<readonly boolean[]> {
    const asked = evaluations.map((one) => this.#evaluationOf(one));
    // An evaluation that this instance knows already, or refuses, needs no word of Redis.
    const open = asked.filter((one) => this.#isOpen(one));
    const shared = open.length > 0 ? await this.#admitShared(open) : undefined;
    const refused = new Set(open.filter((_, index) => shared?.[index] === false));
    return asked.map((one) => !refused.has(one) && this.#admitHere(one, shared !== undefined));
  }

  #evaluationOf({ agreement, caseId, subject, field, given, limit }: AskedEvaluation): Evaluation {
    const about = JSON.stringify([agreement, caseId, subject, field]);
    const key = this.#hash(`evaluation subject\n${about}`).slice(0, KEY_LENGTH);
    return { key, tag: this.#hash(`evaluation\n${key}\n${given}`).slice(0, TAG_LENGTH), limit };
  }

  #isOpen({ key, tag, limit }: Evaluation): boolean {
    const known = this.#asked.get(pack(key));
    if (!known || known.until <= this.#now()) return true;
    return !holds(known.tags, pack(tag)) && countOf(known.tags) < limit;
  }

  /** Admits evaluations over all instances; undefined where Redis does not answer. */
  async #admitShared(evaluations: readonly Evaluation[]): Promise<readonly boolean[] | undefined> {
    const redis = this.#redis;
    if (redis?.status !== 'ready' || performance.now() < this.#pausedUntil) return undefined;
    const told = evaluations.flatMap(({ key, tag, limit }) => {
      const known = this.#asked.get(pack(key));
      const untold = known?.isUntold ? unpack(known.tags) : [];
      return [limit, tag, untold.length, ...untold];
    });
    try {
      const keys = evaluations.map(({ key }) => this.#prefix + key);
      const admitted: unknown = await redis.eval(
        ADMIT,
        keys.length,
        ...keys,
        EVALUATION_LEDGER_LIMITS.kept.value,
        ...told,
      );
      if (Array.isArray(admitted) && admitted.length === evaluations.length) {
        for (const { key } of evaluations) {
          const known = this.#asked.get(pack(key));
          if (known) known.isUntold = false;
        }
        return admitted.map((one) => one === 1);
      }
    } catch {
      // Redis failed: the count of this instance holds.
    }
    this.#pausedUntil = performance.now() + EVALUATION_LEDGER_LIMITS.pause.value;
    return undefined;
  }

  #admitHere({ key, tag, limit }: Evaluation, isTold: boolean): boolean {
    const now = this.#now();
    const name = pack(key);
    const known = this.#drop(name);
    const entry: Asked = known && known.until > now ? known : { tags: '', isUntold: false, until: 0 };
    const isKnown = holds(entry.tags, pack(tag));
    const isAdmitted = isKnown || countOf(entry.tags) < limit;
    if (isAdmitted && !isKnown) {
      // Written anew: a sum would keep its parts.
      entry.tags = Buffer.from(entry.tags + pack(tag), 'latin1').toString('latin1');
      entry.isUntold ||= !isTold;
    }
    entry.until = now + EVALUATION_LEDGER_LIMITS.kept.value;
    this.#asked.set(name, entry);
    this.#bytes += bytesOf(entry);
    this.#forget(now);
    return isAdmitted;
  }

  #drop(name: string): Asked | undefined {
    const entry = this.#asked.get(name);
    if (!entry) return undefined;
    this.#asked.delete(name);
    this.#bytes -= bytesOf(entry);
    return entry;
  }

  #forget(now: number): void {
    for (const [name, { until }] of this.#asked) {
      const isWithin = this.#asked.size <= this.#maxEntries && this.#bytes <= this.#maxBytes;
      if (until > now && isWithin) return;
      this.#drop(name);
    }
  }
}

/** Memory of one count without its tags. Measured and rounded up. */
const COUNT_BYTES = 200;
/** Characters of a packed tag. */
const PACKED = TAG_LENGTH / 2;

function bytesOf({ tags }: Asked): number {
  return COUNT_BYTES + tags.length;
}

/** A byte a character: a slice of a hash would keep the whole of it in memory, in twice as many characters. */
function pack(hexadecimal: string): string {
  return Buffer.from(hexadecimal, 'hex').toString('latin1');
}

function unpack(tags: string): readonly string[] {
  return Array.from({ length: countOf(tags) }, (_, index) =>
    Buffer.from(tags.slice(index * PACKED, (index + 1) * PACKED), 'latin1').toString('hex'),
  );
}

function countOf(tags: string): number {
  return tags.length / PACKED;
}

function holds(tags: string, tag: string): boolean {
  for (let at = 0; at < tags.length; at += PACKED) if (tags.startsWith(tag, at)) return true;
  return false;
}
