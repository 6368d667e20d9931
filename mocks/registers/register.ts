import type { RegisterName } from '../../src/registers.ts';
import type { MockEndpoint } from '../servers/endpoint.ts';
import type { CountryRegisters } from '../country/country.ts';
import { demoRefusalRule, type RefusalRule } from './inquiry.ts';

export interface RegisterMock extends MockEndpoint {
  /** Replaces the rule by which officer accounts are refused; without argument back to the demo's. */
  setRefusalRule(rule?: RefusalRule): void;
  /** Puts a person under protection from now on; the population register alone does. */
  protect?(personalId: string): void;
}

/** A mocked register, for the list of the demo's registers or a test's own. */
export interface MockDescriptor {
  readonly name: RegisterName;
  /** Public credentials that the mock checks, as they stand in the gateway's credentials file. */
  readonly credentials: object;
  readonly build: (country: CountryRegisters, offer?: RegisterOffer) => RegisterMock;
}

/** The operations that a mocked register offers: all of them, or those alone that take one key a call and that public documents show. */
export type RegisterOffer = 'batches-too' | 'single-alone';

/** Reads REGISTER_BATCHES: where the gateway asks no batches, the mocks refuse them too. */
export function readOffer(text: string | undefined): RegisterOffer {
  return text?.trim() === 'off' ? 'single-alone' : 'batches-too';
}

/** The register's rule, settable for tests. */
export function buildRefusals(): { refusalOf: RefusalRule; setRefusalRule: (rule?: RefusalRule) => void } {
  let current = demoRefusalRule;
  return {
    refusalOf: (officer, key) => current(officer, key),
    setRefusalRule(rule = demoRefusalRule) {
      current = rule;
    },
  };
}
