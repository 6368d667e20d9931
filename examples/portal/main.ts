import { startPortalDemo } from './demo.ts';
import { buildPortal } from './portal.ts';

const { GATEWAY_URL = 'http://127.0.0.1:4000/graphql', PORTAL_PORT = '4080' } = process.env;

const { citizens, tokenOf, identity } = await startPortalDemo();
const portal = buildPortal({
  gatewayUrl: GATEWAY_URL,
  identityUrl: identity.url,
  clientId: 'dvc-portal',
  citizens,
  tokenOf,
});
const url = await portal.listen({ host: '127.0.0.1', port: Number(PORTAL_PORT) });
console.log(`The sample portal is ready: ${url}\nIt asks the gateway at ${GATEWAY_URL} (npm start).`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.all([portal.close(), identity.close()]));
}
