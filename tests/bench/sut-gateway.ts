import { readSettings } from '../../src/config/settings/settings.ts';
import { buildGateway } from '../../src/gateway.ts';
import { reportTo } from './system-under-test.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';

/** The gateway itself, with rights and access log; what it shares and caches comes from the environment. */
const gateway = await buildGateway(readSettings(process.env, 'demo', DEFAULT_REGISTERS));
reportTo(process, gateway.port);
