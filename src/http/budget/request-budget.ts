import type { Limits } from '../../config/limits.ts';
import type { GatewayError } from '../../errors.ts';
import type { AnswerNeeds } from '../../request/http-steps.ts';
import { AnswerShares, type AnswerShareSizes, type CountedCaller } from './answer-shares.ts';
import { CitizenRate } from './citizen-rate.ts';
import { overloaded, shareUsedUp } from './shares-used-up.ts';
import { Tally } from './tally.ts';

export const BUDGET_LIMITS = {
  requests: {
    value: 1_000,
    unit: 'requests',
    why: 'In flight, until their answer is written; one more is OVERLOADED before it costs anything.',
  },
  unverified: {
    value: 400,
    unit: 'requests',
    why: 'In flight whose token is not verified yet: invented keys of tokens take no place from verified callers.',
  },
  requestsPerClient: {
    value: 500,
    unit: 'requests',
    why: 'In flight of one client, so that others have the rest when its register hangs.',
  },
  requestsPerCaller: {
    value: 200,
    unit: 'requests',
    why: 'In flight of one officer or citizen: a fifth of all.',
  },
  answerBytes: {
    value: 512 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'Answers that wait to be read, of all callers.',
  },
  answerBytesPerCaller: {
    value: 64 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'Answers of one caller that wait to be read; four of the largest.',
  },
} as const satisfies Limits;

/** The parts of the budget that a test makes smaller. */
export type BudgetSizes = Readonly<
  Record<
    | 'requests'
    | 'unverified'
    | 'requestsPerClient'
    | 'requestsPerCaller'
    | 'answerBytes'
    | 'answerBytesPerCaller',
    number
  >
>;

const SIZES: BudgetSizes = {
  requests: BUDGET_LIMITS.requests.value,
  unverified: BUDGET_LIMITS.unverified.value,
  requestsPerClient: BUDGET_LIMITS.requestsPerClient.value,
  requestsPerCaller: BUDGET_LIMITS.requestsPerCaller.value,
  answerBytes: BUDGET_LIMITS.answerBytes.value,
  answerBytesPerCaller: BUDGET_LIMITS.answerBytesPerCaller.value,
};

/** One request's place among those in flight. It is left once, when its answer is written or its connection is gone. */
export interface RequestPlace {
  /** The caller is known: the request counts for its client and for itself. Gives the refusal where a share is used up. */
  admit(client: string, caller: string, isCitizen?: boolean): GatewayError | null;
  /** The answer is about to be made: takes what it needs, until `isComplete`, or gives the refusal. */
  reserve(needs: AnswerNeeds): GatewayError | null;
  /** Every byte of the answer is there: it needs no registers and no work any more. */
  isComplete(): void;
  /** So many bytes wait to be read from now on, until the place is left. */
  holdsAnswer(bytes: number): void;
  leave(): void;
}

/**
 * The places in flight and the bytes that wait to be read: in all, by client, then by officer or citizen. Without shares one client
 * whose register hangs, who sends slowly, or who never reads, would lock everybody else out.
 */
export class RequestBudget {
  readonly #sizes: BudgetSizes;
  readonly #clients = new Tally();
  readonly #callers = new Tally();
  readonly #bytes = new Tally();
  readonly #shares: AnswerShares;
  readonly #citizenRate = new CitizenRate();
  #requests = 0;
  #unverified = 0;
  #allBytes = 0;

  constructor(sizes: Partial<BudgetSizes & AnswerShareSizes> = {}) {
    this.#sizes = { ...SIZES, ...sizes };
    this.#shares = new AnswerShares(sizes);
  }

  get inFlight(): number {
    return this.#requests;
  }

  /** A place for a request of which nothing is known yet, or OVERLOADED. */
  enter(): RequestPlace | GatewayError {
    const sizes = this.#sizes;
    if (this.#requests >= sizes.requests || this.#unverified >= sizes.unverified) return overloaded();
    if (this.#allBytes >= sizes.answerBytes) return overloaded();
    this.#requests += 1;
    this.#unverified += 1;
    let admitted: CountedCaller | null = null;
    let reserved: AnswerNeeds | null = null;
    const isComplete = (): void => {
      if (admitted && reserved) this.#shares.giveBack(admitted, reserved);
      reserved = null;
    };
    let held = 0;
    let isUnverified = true;
    let isLeft = false;
    return {
      admit: (client, caller, isCitizen = false) => {
        isUnverified = false;
        this.#unverified -= 1;
        const own = `${client} ${caller}`;
        const isFull =
          this.#clients.of(client) >= sizes.requestsPerClient ||
          this.#callers.of(own) >= sizes.requestsPerCaller ||
          this.#bytes.of(own) >= sizes.answerBytesPerCaller;
        if (isFull || (isCitizen && !this.#citizenRate.take(own))) return shareUsedUp();
        this.#clients.add(client, 1);
        this.#callers.add(own, 1);
        admitted = { client, caller: own };
        return null;
      },
      reserve: (needs) => {
        const refusal = admitted && this.#shares.take(admitted, needs);
        if (!refusal) reserved = needs;
        return refusal;
      },
      isComplete,
      holdsAnswer: (bytes) => {
        held += bytes;
        this.#allBytes += bytes;
        if (admitted) this.#bytes.add(admitted.caller, bytes);
      },
      leave: () => {
        if (isLeft) return;
        isLeft = true;
        isComplete();
        this.#requests -= 1;
        if (isUnverified) this.#unverified -= 1;
        this.#allBytes -= held;
        if (!admitted) return;
        this.#clients.add(admitted.client, -1);
        this.#callers.add(admitted.caller, -1);
        this.#bytes.add(admitted.caller, -held);
      },
    };
  }
}
