import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a PostgreSQL server that can be cut at a chosen moment. */
export interface PostgresRelay {
  readonly port: number;
  /** The next group's statement comes through, its answer does not: the connection is cut. */
  cutAfterCommit(): void;
  /** The next group's statement does not come through, and the connection is cut. */
  cutBeforeCommit(): void;
  /** Connections stand, new ones too, and nothing passes, until it is undone. */
  silence(isSilent: boolean): void;
  close(): Promise<void>;
}

/** Only a group's statement has it. */
const OF_A_GROUP = '"commitments"';
const UNTIL_COMMITTED_MS = 200;

export async function startPostgresRelay(postgresPort: number): Promise<PostgresRelay> {
  const sockets = new Set<Socket>();
  let cut: 'after' | 'before' | null = null;
  let isSilent = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    const far = keep(connect(postgresPort, '127.0.0.1'));
    let isAnswered = true;
    near.on('data', (bytes) => {
      if (isSilent) return;
      if (cut !== null && bytes.includes(OF_A_GROUP)) {
        const wanted = cut;
        cut = null;
        isAnswered = false;
        setTimeout(() => near.destroy(), UNTIL_COMMITTED_MS);
        if (wanted === 'before') return;
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => void (isAnswered && !isSilent && near.write(bytes)));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cutAfterCommit() {
      cut = 'after';
    },
    cutBeforeCommit() {
      cut = 'before';
    },
    silence(wanted) {
      isSilent = wanted;
      // What was swallowed cannot be made good: connections of the silence end with it.
      if (!wanted) for (const socket of sockets) socket.destroy();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
