import type { Limits } from '../../config/limits.ts';
import { daysInMonth } from '../../log-format/viet-nam-time.ts';
import { UserInputError } from '../../operation/user-input-error.ts';

export const ARGUMENT_LIMITS = {
  fullName: { value: 500, unit: 'characters', why: 'No register holds a longer name.' },
  address: { value: 500, unit: 'characters', why: 'No register holds a longer address.' },
  text: { value: 64, unit: 'characters', why: 'No identifier, code, date or case is longer.' },
} as const satisfies Limits;

const PARTIAL_DATE = /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/;

/**
 * Checks a value that a caller wrote into an argument, before anything is done with it: its length, and the form of a date. The form
 * tells nothing about anybody. Throws UserInputError, which names the argument.
 */
export function checkArgument(name: string, value: unknown): void {
  if (typeof value === 'string') checkText(name, value);
  else if (Array.isArray(value)) for (const one of value) checkArgument(name, one);
  else if (typeof value === 'object' && value !== null) {
    for (const [own, one] of Object.entries(value)) checkArgument(own, one);
  }
}

function checkText(name: string, text: string): void {
  const { value: most } =
    name === 'fullName' || name === 'address' ? ARGUMENT_LIMITS[name] : ARGUMENT_LIMITS.text;
  if (text.length > most) {
    throw new UserInputError(`The argument "${name}" is longer than ${most} characters.`);
  }
  if (name === 'on' && !isDay(text, true)) {
    throw new UserInputError('The argument "on" must be a day such as 2026-11-21.');
  }
  if (name === 'birthDate' && !isDay(text, false)) {
    throw new UserInputError('The argument "birthDate" must be a date such as 1996-03-08, 1996-03 or 1996.');
  }
}

function isDay(text: string, isWhole: boolean): boolean {
  const { year, month, day } = PARTIAL_DATE.exec(text)?.groups ?? {};
  if (year === undefined || (isWhole && day === undefined)) return false;
  if (month === undefined) return true;
  const days = Number(month) >= 1 && Number(month) <= 12 ? daysInMonth(Number(year), Number(month)) : 0;
  return days > 0 && (day === undefined || (Number(day) >= 1 && Number(day) <= days));
}
