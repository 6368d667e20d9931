import { businessRegister } from './business/register.ts';
import { civilStatusRegister } from './civil-status/register.ts';
import { landRegister } from './land/register.ts';
import { populationRegister } from './population/register.ts';
import type { RegisterDescriptor } from './register-descriptor.ts';

/** The registers that a gateway reads unless it is built with others; one more is an import and a line here. */
export const DEFAULT_REGISTERS: readonly RegisterDescriptor[] = [
  populationRegister,
  civilStatusRegister,
  businessRegister,
  landRegister,
];
