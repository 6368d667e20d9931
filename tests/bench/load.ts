import { Pool } from 'undici';

type Headers = Readonly<Record<string, string>>;

export interface LoadOptions {
  readonly url: string;
  readonly bodies: readonly string[];
  /** Of every body, or one for each of them. */
  readonly headers: Headers | readonly Headers[];
  readonly concurrency: number;
  readonly milliseconds: number;
  /** Ends it sooner, after so many. */
  readonly requests?: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Body of the last answer, to see that it is one. */
  readonly lastBody: string;
}

/** A closed loop: so many callers, each asking again as soon as it is answered, for so long. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { url, bodies, headers, concurrency, milliseconds, requests = Infinity } = options;
  const target = new URL(url);
  const pool = new Pool(target.origin, { connections: concurrency, pipelining: 1 });
  const times: number[] = [];
  let failures = 0;
  let next = 0;
  let lastBody = '';
  const headersAt = (turn: number): Headers =>
    Array.isArray(headers) ? ((headers as readonly Headers[])[turn] ?? {}) : (headers as Headers);
  const startedAt = performance.now();
  const until = startedAt + milliseconds;
  const caller = async (): Promise<void> => {
    while (next < requests && performance.now() < until) {
      const turn = next++ % bodies.length;
      const body = bodies[turn] ?? '';
      const sentAt = performance.now();
      const response = await pool.request({
        path: target.pathname,
        method: 'POST',
        headers: headersAt(turn),
        body,
      });
      lastBody = await response.body.text();
      times.push(performance.now() - sentAt);
      if (response.statusCode !== 200 || lastBody.includes('"errors"')) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.close();
  times.sort((a, b) => a - b);
  const quantile = (q: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0;
  return {
    requests: times.length,
    failures,
    seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    lastBody,
  };
}
