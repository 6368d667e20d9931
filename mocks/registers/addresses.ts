import type { Address } from '../country/records.ts';

/** The whole address as printed. */
export function printedAddress(address: Address): string {
  const { detail, communeName, districtName = '', provinceName } = address;
  return [detail, communeName, districtName, provinceName].filter((part) => part !== '').join(', ');
}
