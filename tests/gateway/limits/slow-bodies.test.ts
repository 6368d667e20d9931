import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { countRecords } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { rawConnection } from '../../support/servers/raw-http.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

it('one caller’s slow bodies take no place from anybody else, and those beyond its own are shed', async () => {
  const [person] = country.people({});
  if (!person) throw new Error('nobody');
  const token = gateway.token({ citizen: person.personalId });
  const before = countRecords(gateway);
  const connections = await Promise.all(
    Array.from({ length: 900 }, () => rawConnection(gateway.gateway.port)),
  );
  const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 100\r\n\r\n{`;
  try {
    for (const { write } of connections) write(head);
    let refused = 0;
    for (const { until } of connections)
      void until('QUOTA_EXCEEDED').then(
        () => (refused += 1),
        () => undefined,
      );
    // 200 wait for the rest of their body; all others are answered at once, and counted instead of put on record one by one.
    await vi.waitFor(() => expect(refused).toBe(700), { timeout: 8_000 });
    expect(countRecords(gateway) - before).toBe(0);
    expect((await gateway.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    const citizen = await gateway.ask('{ __typename }', {}, { citizen: person.personalId });
    expect({ status: citizen.status, retryAfter: citizen.headers.get('retry-after') }).toEqual({
      status: 429,
      retryAfter: '1',
    });
  } finally {
    for (const { socket } of connections) socket.destroy();
  }
});
