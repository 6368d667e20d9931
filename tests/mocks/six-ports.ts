import { once } from 'node:events';
import { createServer } from 'node:net';

let next = 20_000 + (process.pid % 1_000) * 10;

/** The first of six free ports, below the range from which the system gives out ports by itself. */
export async function sixPorts(): Promise<number> {
  for (;;) {
    const first = next;
    next = 20_000 + ((next - 20_000 + 6) % 10_000);
    const isFree = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => canListen(first + offset)));
    if (isFree.every(Boolean)) return first;
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
