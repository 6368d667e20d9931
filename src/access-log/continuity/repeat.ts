/** Work that is done again and again. */
export interface Repeating {
  /** Settles once the work under way has ended. */
  stop(): Promise<void>;
}

/** At once, then `pauseMs` after the time before ended: one at a time. The work deals with its own failures. */
export function repeat(pauseMs: number, work: () => Promise<void>): Repeating {
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  const turn = (): void => {
    underWay = work().finally(() => {
      if (!isStopped) timer = setTimeout(turn, pauseMs).unref();
    });
  };
  turn();
  return {
    async stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await underWay;
    },
  };
}
