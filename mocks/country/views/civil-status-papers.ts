import { dayOf, isoDate } from '../calendar.ts';
import type { Death, Entry, Person } from '../model/block.ts';
import { hash } from '../random.ts';
import type { BirthEntry, DeathEntry } from '../civil-status-records.ts';

/** A number that follows from the person alone, so that papers cost the country's random sequences nothing. */
export function drawOf(personalId: string, salt: number): number {
  return hash(Number(personalId.slice(0, 6)), Number(personalId.slice(6)), salt);
}

const SALTS = { time: 0x81, code: 0x82 } as const;
/** Modelled: the days since which papers of birth and death have had codes of their own. */
const CODED_BIRTHS_SINCE = dayOf('2015-01-01');
const CODED_DEATHS_SINCE = dayOf('2023-01-01');

function codeOf(person: Person): string {
  return String(drawOf(person.id, SALTS.code) % 100_000_000).padStart(8, '0');
}

/** The hospital's paper on a birth (giấy chứng sinh), where it has a code. */
export function birthCertificate(person: Person, entry: Entry): Pick<BirthEntry, 'medicalCertificate'> {
  const { birth } = person;
  if (birth < CODED_BIRTHS_SINCE) return {};
  const issuedOn = Math.min(entry.registeredOn, birth + 2);
  return { medicalCertificate: { code: `GCS.${codeOf(person)}`, issuedOn: isoDate(issuedOn) } };
}

export function timeOfDeath(person: Person): string {
  const minutes = drawOf(person.id, SALTS.time) % (24 * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The paper on a death: the police's on an accident, else the commune's, since people die at home (modelled). */
export function deathNotice(person: Person, { day, cause, entry }: Death): NonNullable<DeathEntry['notice']> {
  const isAccident = cause === 'Tai nạn giao thông';
  const issuer = isAccident ? 'Công an' : 'UBND';
  return {
    kind: isAccident ? 4 : 6,
    number: `${(drawOf(person.id, SALTS.code) % 900) + 1}/GBT`,
    issuedOn: isoDate(Math.min(entry.registeredOn, day + 1)),
    issuedBy: `${issuer} ${entry.office.name}`,
    ...(day < CODED_DEATHS_SINCE ? {} : { code: `GBT.${codeOf(person)}` }),
  };
}
