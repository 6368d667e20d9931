import { country, startTestGateway } from '../support/gateway.ts';

const NORMAL = 120;
const TIMES = 10;
const ROUND_MS = 4_000;
const QUERY = 'query($id: ID!) { citizen(personalId: $id) { name { full } landParcels { id } } }';
/** Their shares together are more than all places in flight. */
const CLIENTS = [
  { client: 'inspectorate', purpose: 'inspection' },
  { client: 'hn-land-office', purpose: 'land-registration' },
  { client: 'dvc-portal', purpose: 'form-prefill' },
];
/**
 * Prints what ten times the load does to those who are admitted, and how many are refused. Callers, mocks and gateway share this
 * process, so that the times are those of all three.
 */
const gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
for (const register of [gateway.mocks.registers.population, gateway.mocks.registers.land]) {
  register.faults.set({ fault: 'latency', p50: 300, p99: 600 });
}

/** So many callers, each of whom asks again once answered; a refused one waits as Retry-After says. */
async function run(callers: number) {
  const people = [...country.people({ with: ['land'] }).take(200)];
  const admitted: number[] = [];
  const refused: { readonly status: number; readonly code: unknown; readonly retryAfter: string | null }[] =
    [];
  const until = performance.now() + ROUND_MS;
  await Promise.all(
    Array.from({ length: callers }, async (_, index) => {
      const caller = { ...CLIENTS[index % CLIENTS.length], officer: `officer.${index % 50}` };
      for (let asked = 0; performance.now() < until; asked += 1) {
        const id = people[(index + asked) % people.length]?.personalId ?? '';
        const startedAt = performance.now();
        const answer = await gateway.ask(QUERY, { id }, caller);
        if (answer.status === 200) {
          admitted.push(performance.now() - startedAt);
          continue;
        }
        refused.push({
          status: answer.status,
          code: answer.errors[0]?.extensions.code,
          retryAfter: answer.headers.get('retry-after'),
        });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }),
  );
  admitted.sort((one, other) => one - other);
  const p99 = Math.round(admitted[Math.floor(admitted.length * 0.99)] ?? 0);
  return { admitted: admitted.length, p99, refused };
}

await run(NORMAL);
const normal = await run(NORMAL);
const before = process.memoryUsage().rss;
const tenfold = await run(TIMES * NORMAL);
const grown = (process.memoryUsage().rss - before) / 1_048_576;
const after = await run(NORMAL);
const counts = [...Map.groupBy(tenfold.refused, ({ status, code }) => `${status} ${String(code)}`)].map(
  ([code, { length }]) => `${code} ${length}`,
);
process.stdout.write(
  [
    `normal    ${normal.admitted} answers, p99 ${normal.p99} ms`,
    `tenfold   ${tenfold.admitted} answers, p99 ${tenfold.p99} ms, refused: ${counts.join(', ') || 'none'}`,
    `          memory +${grown.toFixed(0)} MB`,
    `afterwards ${after.admitted} answers, p99 ${after.p99} ms`,
    '',
  ].join('\n'),
);
await gateway.close();
