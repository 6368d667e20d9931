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
  readonly now?: () => number;
}

/** Bounds of counting evaluations. */
export const EVALUATION_LEDGER_LIMITS = {
  entries: {
    value: 1_000_000,
    unit: 'subjects and cases',
    why: 'The memory that the counts take is bounded.',
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
  /** Tags of the evaluations; at most 20, the highest limit of an agreement. */
  readonly tags: string[];
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
  readonly #now: () => number;
  /** Ordered by the last evaluation, so that counts that expire come first. */
  readonly #asked = new Map<string, Asked>();
  #pausedUntil = 0;

  constructor({
    redis,
    macKey,
    maxEntries = EVALUATION_LEDGER_LIMITS.entries.value,
    now = Date.now,
  }: EvaluationLedgerOptions) {
    this.#redis = redis;
    this.#prefix = `ndg:evaluations:${fingerprintOf(macKey)}:`;
    this.#hash = buildKeyedHash(macKey);
    this.#maxEntries = maxEntries;
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
    const known = this.#asked.get(key);
    return !known || known.until <= this.#now() || (!known.tags.includes(tag) && known.tags.length < limit);
  }

  /** Admits evaluations over all instances; undefined where Redis does not answer. */
  async #admitShared(evaluations: readonly Evaluation[]): Promise<readonly boolean[] | undefined> {
    const redis = this.#redis;
    if (redis?.status !== 'ready' || performance.now() < this.#pausedUntil) return undefined;
    const told = evaluations.flatMap(({ key, tag, limit }) => {
      const known = this.#asked.get(key);
      const untold = known?.isUntold ? [...known.tags] : [];
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
          const known = this.#asked.get(key);
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
    const known = this.#asked.get(key);
    const entry: Asked = known && known.until > now ? known : { tags: [], isUntold: false, until: 0 };
    const isKnown = entry.tags.includes(tag);
    const isAdmitted = isKnown || entry.tags.length < limit;
    if (isAdmitted && !isKnown) {
      entry.tags.push(tag);
      entry.isUntold ||= !isTold;
    }
    entry.until = now + EVALUATION_LEDGER_LIMITS.kept.value;
    this.#asked.delete(key);
    this.#asked.set(key, entry);
    this.#forget(now);
    return isAdmitted;
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#asked) {
      if (until > now && this.#asked.size <= this.#maxEntries) return;
      this.#asked.delete(key);
    }
  }
}
