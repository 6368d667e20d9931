/** `yyyy-mm-dd` to `dd/MM/yyyy`, `yyyy-mm` to `MM/yyyy`; a year stays. */
export function toDayMonthYear(date: string): string {
  return date.split('-').toReversed().join('/');
}
