import { DEMO_REGISTER_CREDENTIALS } from '../demo-secrets.ts';
import { buildBusiness } from './business/business.ts';
import { buildCivilStatus } from './civil-status/civil-status.ts';
import { buildLand } from './land/land.ts';
import { buildPopulation } from './population/population.ts';
import type { MockDescriptor } from './register.ts';

const { population, business, land, 'civil-status': civilStatus } = DEMO_REGISTER_CREDENTIALS;

/** The demo's registers, in the order of their ports; one more is an import and a line here. */
export const DEMO_REGISTERS: readonly MockDescriptor[] = [
  { name: 'population', credentials: population, build: buildPopulation },
  { name: 'business', credentials: business, build: buildBusiness },
  { name: 'land', credentials: land, build: buildLand },
  { name: 'civil-status', credentials: civilStatus, build: buildCivilStatus },
];
