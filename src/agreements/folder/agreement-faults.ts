import type { Limits } from '../../config/limits.ts';

/** All faults of all files of a folder at once, so that it has to be repaired only one time. */
export class AgreementFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`agreements: ${faults.length} faults\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'AgreementFaults';
    this.faults = faults;
  }
}

export const FAULT_LIMITS = {
  faults: {
    value: 100,
    unit: 'faults',
    why: 'Told of one state of a folder: each stands in the access log.',
  },
  characters: { value: 300, unit: 'characters', why: 'Of one fault, which may name all keys of a file.' },
} as const satisfies Limits;

/** The first faults, and the number of the others. */
export function boundedFaults(faults: readonly string[]): readonly string[] {
  const most = FAULT_LIMITS.faults.value;
  const shown = faults.slice(0, most).map(cut);
  return faults.length > most ? [...shown, `${faults.length - most} more faults`] : shown;
}

function cut(fault: string): string {
  const most = FAULT_LIMITS.characters.value;
  return fault.length > most ? `${fault.slice(0, most)}...` : fault;
}
