import type { PopulationRecord } from '../../country/records.ts';
import { fullNameOf } from './record-xml.ts';
import type { ThreeFactors } from './request.ts';

/** The id has found the record; name and birth date must agree with it too, as exactly as the register knows them. */
export function matches(person: PopulationRecord, { fullName, birth }: ThreeFactors): boolean {
  return (
    fold(fullNameOf(person)) === fold(fullName) &&
    (isDated(person) ? dateOf(person) : yearOf(person)) === birth
  );
}

/** Letter case, spacing and the Unicode form of accents differ between systems; letters and accents must not. */
function fold(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleUpperCase('vi');
}

function isDated({ birthDate }: PopulationRecord): boolean {
  return birthDate.length === 'yyyy-mm-dd'.length;
}

function dateOf({ birthDate }: PopulationRecord): string {
  return birthDate.replaceAll('-', '');
}

function yearOf({ birthDate }: PopulationRecord): string {
  return birthDate.slice(0, 4);
}
