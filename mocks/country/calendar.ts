/** Days are integers since 1 January 1970 (negative before), so that the generator computes with dates cheaply. */
export type Day = number;

export const YEAR = 365.25;

/** Proleptic Gregorian date of a day (Hinnant's civil_from_days). */
function civil(day: Day): [year: number, month: number, date: number] {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date];
}

export function yearOf(day: Day): number {
  return civil(day)[0];
}

/** `yyyy-mm-dd`. */
export function isoDate(day: Day): string {
  const [year, month, date] = civil(day);
  return `${year}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`;
}

export function dayOf(iso: string): Day {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

/** Full years lived at a day. */
export function ageAt(birth: Day, day: Day): number {
  const [birthYear, birthMonth, birthDate] = civil(birth);
  const [year, month, date] = civil(day);
  const hadBirthday = month > birthMonth || (month === birthMonth && date >= birthDate);
  return year - birthYear - (hadBirthday ? 0 : 1);
}
