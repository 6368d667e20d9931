/** Who asks whom in the log that log-search.ts fills: made from numbers, so that filling and reading agree. */

export const MONTHS = 24;
export const CLIENTS = 50;
export const OFFICERS = 2_000;
export const PERSONS = 1_000_000;
export const ENTRIES_AN_ANSWER = 3;
/** 1 January 2024 to 31 December 2025, UTC. */
export const FIRST_DAY = Date.UTC(2024, 0, 1);
export const LAST_MOMENT = Date.UTC(2026, 0, 1) - 1;

export const personalId = (person: number): string => String(1_190_000_000 + person).padStart(12, '0');
export const clientId = (client: number): string => `office-${String(client).padStart(2, '0')}`;
/** Each office has as many officers as any other. */
export const officerOf = (client: number, officer: number): string =>
  `officer.${client + CLIENTS * (officer % (OFFICERS / CLIENTS))}`;

/** Of half of everything. */
export const HALF = 0;
/** Of two in a hundred. */
export const TWO_PERCENT = 1;

/** `draw` is from 0 up to but not 1. */
export function drawClient(draw: number): number {
  if (draw < 0.5) return HALF;
  if (draw < 0.52) return TWO_PERCENT;
  return 2 + Math.floor(((draw - 0.52) / 0.48) * (CLIENTS - 2));
}
