/** What a measured process tells its parent: it is spawned with an IPC channel and answers `usage`. */
export interface Usage {
  /** CPU of the whole process, worker threads included, in microseconds. */
  readonly cpuMicroseconds: number;
  readonly residentBytes: number;
}

/** Announces the port, and answers every message with the process's usage. */
export function reportTo(parent: NodeJS.Process, port: number): void {
  parent.on('message', () => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() };
    parent.send?.({ usage });
  });
  parent.on('disconnect', () => process.exit(0));
  parent.send?.({ port });
}
