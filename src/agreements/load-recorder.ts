import type { AgreementLoad } from './agreement-load.ts';

type Change = Omit<AgreementLoad, 'at'>;

/** Puts loads on record in their order. A load that could not be recorded is tried again before any later one. */
export class LoadRecorder {
  readonly #record: (load: AgreementLoad) => Promise<void>;
  readonly #onTrouble: (isOver: boolean) => void;
  readonly #pending: AgreementLoad[] = [];
  #flushing: Promise<void> | null = null;

  constructor(record: (load: AgreementLoad) => Promise<void>, onTrouble: (isOver: boolean) => void) {
    this.#record = record;
    this.#onTrouble = onTrouble;
  }

  /** Records a change that has taken effect already. */
  add(change: Change): void {
    this.#pending.push({ at: Date.now(), ...change });
    void this.flush();
  }

  /** Records a change before it takes effect. Rejects where it, or a load before it, cannot be recorded. */
  async recordNow(change: Change): Promise<void> {
    try {
      await this.#flushPending();
      await this.#record({ at: Date.now(), ...change });
    } catch (error) {
      this.#onTrouble(false);
      throw error;
    }
    this.#onTrouble(true);
  }

  /** Tries again to record what is pending. Never rejects. */
  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    await this.#flushPending().then(
      () => this.#onTrouble(true),
      () => this.#onTrouble(false),
    );
  }

  #flushPending(): Promise<void> {
    this.#flushing ??= this.#recordPending().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  async #recordPending(): Promise<void> {
    for (let next = this.#pending[0]; next; next = this.#pending[0]) {
      await this.#record(next);
      this.#pending.shift();
    }
  }
}
