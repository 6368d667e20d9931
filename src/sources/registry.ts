import { businessBinding } from './business/binding.ts';
import { civilStatusBinding } from './civil-status/binding.ts';
import { landBinding } from './land/binding.ts';
import { populationBinding } from './population/binding.ts';
import type { RegisterBinding } from './binding.ts';
import type { RegisterName } from './records/record.ts';

/** The registers of this gateway. A fifth one is a line here; the compiler asks for the rest. */
export const REGISTERS: { readonly [Name in RegisterName]: RegisterBinding } = {
  population: populationBinding,
  'civil-status': civilStatusBinding,
  business: businessBinding,
  land: landBinding,
};
