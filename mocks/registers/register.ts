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
  readonly build: (country: CountryRegisters) => RegisterMock;
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
