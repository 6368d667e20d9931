import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportTo } from './system-under-test.ts';

/** The floor of any HTTP service here: reads the body, sends back a fixed one of a usual answer's size. */
const body = Buffer.from(process.env['BENCH_BODY'] ?? '{"data":{}}', 'utf8');
const server = createServer((request, response) => {
  request.on('data', () => undefined);
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => reportTo(process, (server.address() as AddressInfo).port));
