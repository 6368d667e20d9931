import { randomUUID } from 'node:crypto';

/** Each process has 18 hex digits of its own, which hardly any other instance has. */
const PREFIX = randomUUID().replaceAll('-', '').slice(0, 12) + randomUUID().replaceAll('-', '').slice(0, 6);
let count = 0;

/**
 * Gives the id of one call to a register, in the form of a UUID (RFC 9562 version 8). It only has to be unique,
 * not hard to guess, so that a counter saves a random id for each of the six calls a request.
 */
export function nextUpstreamId(): string {
  count += 1;
  const counter = count.toString(16).padStart(12, '0');
  return `${PREFIX.slice(0, 8)}-${PREFIX.slice(8, 12)}-8${PREFIX.slice(12, 15)}-a${PREFIX.slice(15, 18)}-${counter}`;
}
