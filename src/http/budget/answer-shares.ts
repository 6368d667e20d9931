import type { Limits } from '../../config/limits.ts';
import type { GatewayError } from '../../errors.ts';
import type { AnswerNeeds } from '../../request/http-steps.ts';
import { overloaded, shareUsedUp } from './shares-used-up.ts';
import { Tally } from './tally.ts';

const WORK_WHY = 'Estimated CPU time of answers in progress';

export const ANSWER_SHARE_LIMITS = {
  work: {
    value: 4_000_000,
    unit: 'us',
    why: `${WORK_WHY}, of all callers: what is admitted is answered within seconds.`,
  },
  workPerClient: { value: 2_500_000, unit: 'us', why: `${WORK_WHY}, of one client.` },
  workPerCaller: {
    value: 1_500_000,
    unit: 'us',
    why: `${WORK_WHY}, of one officer or citizen; two of the largest.`,
  },
  requestsPerRegister: {
    value: 600,
    unit: 'requests',
    why: 'In progress whose plan may call the same register: when it hangs, others have the rest of all places.',
  },
  requestsPerClientAndRegister: {
    value: 300,
    unit: 'requests',
    why: 'Half of a register’s places, so that one client cannot take them all.',
  },
} as const satisfies Limits;

/** The shares that a test makes smaller. */
export type AnswerShareSizes = Readonly<Record<keyof typeof ANSWER_SHARE_LIMITS, number>>;

const SIZES: AnswerShareSizes = {
  work: ANSWER_SHARE_LIMITS.work.value,
  workPerClient: ANSWER_SHARE_LIMITS.workPerClient.value,
  workPerCaller: ANSWER_SHARE_LIMITS.workPerCaller.value,
  requestsPerRegister: ANSWER_SHARE_LIMITS.requestsPerRegister.value,
  requestsPerClientAndRegister: ANSWER_SHARE_LIMITS.requestsPerClientAndRegister.value,
};

/** A verified caller as it counts: the client, and the officer or citizen within it. */
export interface CountedCaller {
  readonly client: string;
  readonly caller: string;
}

/**
 * Work in progress by caller, by client and in all; requests in progress by register, and by client within a register. Whoever has
 * room left is admitted whatever the answer needs, so that the largest answer within its own limits is possible.
 */
export class AnswerShares {
  readonly #sizes: AnswerShareSizes;
  readonly #clients = new Tally();
  readonly #callers = new Tally();
  readonly #registers = new Tally();
  readonly #clientsByRegister = new Tally();
  #work = 0;

  constructor(sizes: Partial<AnswerShareSizes> = {}) {
    this.#sizes = { ...SIZES, ...sizes };
  }

  /** Takes what the answer needs, until `giveBack`; or gives the refusal, and takes nothing. */
  take({ client, caller }: CountedCaller, { work, sources }: AnswerNeeds): GatewayError | null {
    const sizes = this.#sizes;
    const isOwnFull =
      this.#callers.of(caller) >= sizes.workPerCaller ||
      this.#clients.of(client) >= sizes.workPerClient ||
      sources.some(
        (source) => this.#clientsByRegister.of(`${source} ${client}`) >= sizes.requestsPerClientAndRegister,
      );
    if (isOwnFull) return shareUsedUp();
    const isFull =
      this.#work >= sizes.work ||
      sources.some((source) => this.#registers.of(source) >= sizes.requestsPerRegister);
    if (isFull) return overloaded();
    this.#add({ client, caller }, work, sources, 1);
    return null;
  }

  giveBack(caller: CountedCaller, { work, sources }: AnswerNeeds): void {
    this.#add(caller, -work, sources, -1);
  }

  #add({ client, caller }: CountedCaller, work: number, sources: readonly string[], one: 1 | -1): void {
    this.#work += work;
    this.#clients.add(client, work);
    this.#callers.add(caller, work);
    for (const source of sources) {
      this.#registers.add(source, one);
      this.#clientsByRegister.add(`${source} ${client}`, one);
    }
  }
}
