import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As a load balancer before several instances: asks who is ready, and keeps its connections. */
export interface Balancer {
  readonly url: string;
  /** Requests that found no instance, or whose connection broke. */
  readonly failures: readonly string[];
  /** A connect refused, so that another instance was asked. */
  refusedConnects(): number;
  close(): Promise<void>;
}

interface Backend {
  readonly port: number;
  readonly agent: Agent;
  isReady: boolean;
}

const ASK_EVERY_MS = 50;

/** Passes each request to the next port that is ready. Nothing is sent twice: only a refused connect is tried elsewhere. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const backends = ports.map((port): Backend => ({
    port,
    agent: new Agent({ keepAlive: true }),
    isReady: false,
  }));
  const failures: string[] = [];
  let refused = 0;
  let turn = 0;

  const asking = setInterval(() => backends.forEach(askHealth), ASK_EVERY_MS);
  const pass = (
    incoming: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    tried: readonly Backend[],
  ): void => {
    const free = backends.filter((one) => one.isReady && !tried.includes(one));
    const backend = free[(turn += 1) % Math.max(1, free.length)];
    if (!backend) {
      failures.push('nobody is ready');
      response.writeHead(502).end();
      return;
    }
    const { port, agent } = backend;
    const { url: path = '/', headers } = incoming;
    const outgoing = request({ port, agent, method: 'POST', path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    outgoing.on('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.message;
      if (code === 'ECONNREFUSED') {
        backend.isReady = false;
        refused += 1;
        pass(incoming, body, response, [...tried, backend]);
        return;
      }
      failures.push(`${code}${outgoing.reusedSocket ? ' on a kept connection' : ''}`);
      response.writeHead(502).end();
    });
    outgoing.end(body);
  };

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => pass(incoming, Buffer.concat(chunks), response, []));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    failures,
    refusedConnects: () => refused,
    async close() {
      clearInterval(asking);
      for (const { agent } of backends) agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function askHealth(backend: Backend): void {
  const { port } = backend;
  const asked = request({ port, path: '/health/ready', agent: false, timeout: 2_000 }, (answer) => {
    answer.resume();
    backend.isReady = answer.statusCode === 200;
  });
  asked.on('timeout', () => asked.destroy());
  asked.on('error', () => (backend.isReady = false));
  asked.end();
}
