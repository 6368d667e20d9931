/** All faults of all files of a folder at once, so that it has to be repaired only one time. */
export class AgreementFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`agreements: ${faults.length} faults\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'AgreementFaults';
    this.faults = faults;
  }
}
