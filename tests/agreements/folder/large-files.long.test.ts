import { afterEach, expect, test } from 'vitest';
import { copyDemoAgreements, type DemoFolder } from '../../support/demo-folder.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { withLog } from '../../support/recorded.ts';

let folder: DemoFolder | null = null;

afterEach(() => folder?.delete());

const keys = (count: number): string => Array.from({ length: count }, (_, n) => `key${n}: v${n}`).join('\n');

test('a large file stops nobody, and is a fault of its own', async () => {
  folder = copyDemoAgreements();
  const gateway = await startTestGateway({ environment: { AGREEMENTS_DIR: folder.path } });
  // The fault stands on record, as every load does.
  const faultsIn = (): string =>
    withLog(gateway, (reader) =>
      reader.answerIds().flatMap((id) => {
        const detail = (reader.answer(id)?.answer.detail ?? {}) as { faults?: readonly string[] };
        return detail.faults ?? [];
      }),
    ).join('\n');
  try {
    let longest = 0;
    let last = performance.now();
    const others = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    folder.put('keys.yaml', keys(20_000));
    await expect.poll(faultsIn, { timeout: 20_000 }).toContain('keys.yaml: ');
    expect(faultsIn().length).toBeLessThan(5_000);
    folder.put('keys.yaml', keys(380_000));
    await expect.poll(faultsIn, { timeout: 20_000 }).toContain('keys.yaml: is larger than 1048576 bytes');
    clearInterval(others);
    console.log(`longest standstill: ${longest.toFixed(0)} ms`);
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
  } finally {
    await gateway.close();
  }
});
