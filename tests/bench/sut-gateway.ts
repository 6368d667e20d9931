import { readSettings } from '../../src/config/settings.ts';
import { buildGateway } from '../../src/gateway.ts';
import { reportTo } from './system-under-test.ts';

/** The gateway itself, with rights and access log; what it shares and caches comes from the environment. */
const gateway = await buildGateway(readSettings(process.env, 'demo'));
reportTo(process, gateway.port);
