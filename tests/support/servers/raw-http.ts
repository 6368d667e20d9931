import { connect, type Socket } from 'node:net';

export interface RawConnection {
  readonly socket: Socket;
  write(text: string | Buffer): void;
  /** Everything received up to the end of the connection. */
  readonly ended: Promise<string>;
  /** Waits until the text stands in what was received. */
  until(text: string): Promise<string>;
}

/** A connection that sends exactly what it is told, for what no HTTP client would send. */
export async function rawConnection(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  let isEnded = false;
  const watchers = new Set<() => void>();
  const notify = (): void => {
    for (const watcher of watchers) watcher();
  };
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('utf8');
    notify();
  });
  const ended = new Promise<string>((resolve) => {
    // A reset shows as a missing answer.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      isEnded = true;
      notify();
      resolve(received);
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    socket,
    write: (text) => void socket.write(text),
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const watcher = (): void => {
          if (received.includes(text)) resolve(received);
          else if (isEnded) reject(new Error(`the connection ended without "${text}"`));
          else return;
          watchers.delete(watcher);
        };
        watchers.add(watcher);
        watcher();
      }),
  };
}

/** Sends one text and reads to the end of the connection. */
export async function rawExchange(port: number, text: string | Buffer): Promise<string> {
  const connection = await rawConnection(port);
  connection.write(text);
  return connection.ended;
}
