import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a Redis that can be cut: connections then stand, new ones too, and nothing passes. */
export interface RedisRelay {
  readonly url: string;
  cut(): void;
  /** New connections lead to this port; those that stand stay where they are, as after a failover behind one address. */
  turnTo(redisPort: number): void;
  close(): Promise<void>;
}

export async function startRedisRelay(redisPort: number): Promise<RedisRelay> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let port = redisPort;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) return;
    const far = keep(connect(port, '127.0.0.1'));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => void (isCut || to.write(bytes)));
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
    },
    turnTo(next) {
      port = next;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
