import type { Limits } from '../../config/limits.ts';

export const SHED_LIMITS = {
  period: {
    value: 60_000,
    unit: 'ms',
    why: 'One act of the gateway for each caller and minute states how many requests were shed.',
  },
  callers: {
    value: 1_000,
    unit: 'callers',
    why: 'A minute with more of them is stated in full by the metrics alone.',
  },
} as const satisfies Limits;

/** Requests of one verified caller that were refused before their operation was read. */
export interface ShedCount {
  readonly client: string;
  /** The officer's account; for a citizen the channel's client id. */
  readonly officer: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly from: number;
}

/**
 * Counts requests that are shed, by caller and minute: a flood of them must not fill the access log, and must not go unrecorded. Each
 * count is handed on at the end of its minute.
 */
export class ShedRequests {
  readonly #onCount: (shed: ShedCount) => void;
  readonly #periodMs: number;
  readonly #counts = new Map<string, { -readonly [Name in keyof ShedCount]: ShedCount[Name] }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(onCount: (shed: ShedCount) => void, periodMs: number = SHED_LIMITS.period.value) {
    this.#onCount = onCount;
    this.#periodMs = periodMs;
  }

  add(client: string, officer: string): void {
    const key = `${client} ${officer}`;
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else if (this.#counts.size < SHED_LIMITS.callers.value) {
      this.#counts.set(key, { client, officer, count: 1, from: Date.now() });
    }
    this.#timer ??= setTimeout(() => this.flush(), this.#periodMs).unref();
  }

  /** Hands on what was counted so far. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const counts = [...this.#counts.values()];
    this.#counts.clear();
    for (const one of counts) this.#onCount(one);
  }
}
