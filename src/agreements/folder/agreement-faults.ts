/** All faults of all files at once: a folder that is refused should be refused one time only. */
export class AgreementFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`agreements: ${faults.length} faults\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'AgreementFaults';
    this.faults = faults;
  }
}
