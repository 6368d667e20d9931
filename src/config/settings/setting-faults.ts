/** Every fault of the settings at once, so that a start has to be repaired only one time. */
export class SettingFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The gateway cannot start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'SettingFaults';
    this.faults = faults;
  }
}
