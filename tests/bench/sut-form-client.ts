import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordedHop } from './form.ts';
import { buildPooledConnectors } from './pooled-connectors.ts';
import { reportTo } from './system-under-test.ts';

/**
 * What a portal would do without the gateway, at its least: the calls that one form needs, hop by hop, with the same parsers. It fills no
 * form, has neither rights nor log, and sends the records back as they are.
 */
const calls = JSON.parse(readFileSync(process.env['FORM_CALLS'] ?? '', 'utf8')) as Readonly<
  Record<string, readonly RecordedHop[]>
>;
const connectors = buildPooledConnectors(process.env);
const askers = [{ officer: 'bench', dossier: '' }];

async function recordsOf(id: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const hop of calls[id] ?? []) {
    const batches = await Promise.all(
      hop.map(([register, items]) =>
        connectors[register]?.fetch(
          items.map((item) => ({ ...item, askers })),
          { requestId: randomUUID(), client: 'bench', purpose: 'form-prefill', timeoutMs: 5_000 },
        ),
      ),
    );
    for (const batch of batches) for (const { outcome } of batch?.rows ?? []) found.push(outcome);
  }
  return found;
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { id } = JSON.parse(Buffer.concat(parts).toString()) as { readonly id: string };
    recordsOf(id).then(
      (records) => response.setHeader('content-type', 'application/json').end(JSON.stringify(records)),
      () => response.writeHead(502).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => reportTo(process, (server.address() as AddressInfo).port));
