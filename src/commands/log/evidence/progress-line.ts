/** Shows on one line of a terminal how far reading has come; prints nothing where standard error is not a terminal. */
export class ProgressLine {
  readonly #startedAt = performance.now();
  readonly #isShown = process.stderr.isTTY;
  #shownAt = 0;

  show(entries: number, bytes: number): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#shownAt < 200) return;
    this.#shownAt = now;
    process.stderr.write(`\r${this.#summary(entries, bytes)}\u001b[K`);
  }

  /** Prints entries, bytes, time and memory of the whole reading. */
  end(entries: number, bytes = 0): void {
    const memory = Math.round(process.resourceUsage().maxRSS / 1024);
    const clear = this.#isShown ? '\r\u001b[K' : '';
    process.stderr.write(`${clear}${this.#summary(entries, bytes)}, ${memory} MiB of memory at most\n`);
  }

  #summary(entries: number, bytes: number): string {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const volume = bytes === 0 ? '' : ` (${Math.round(bytes / 1_000_000)} MB)`;
    return `${entries} entries${volume} in ${seconds.toFixed(1)} s, ${Math.round(entries / seconds)}/s`;
  }
}
