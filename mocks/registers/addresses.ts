import type { Address } from '../country/records.ts';

/** The whole address as printed. */
export function printedAddress(address: Address): string {
  return [address.detail, address.communeName, address.provinceName].filter((part) => part !== '').join(', ');
}
