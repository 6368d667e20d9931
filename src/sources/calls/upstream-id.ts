import { randomUUID } from 'node:crypto';

/** Of this process: 18 hex digits that hardly any other instance has. */
const PREFIX = randomUUID().replaceAll('-', '').slice(0, 12) + randomUUID().replaceAll('-', '').slice(0, 6);
let count = 0;

/**
 * Id of one call to a register, in the form of a UUID (RFC 9562 version 8): it only has to be unique, not hard to
 * guess, and a random one for each of six calls a request is worth saving.
 */
export function nextUpstreamId(): string {
  count += 1;
  const counter = count.toString(16).padStart(12, '0');
  return `${PREFIX.slice(0, 8)}-${PREFIX.slice(8, 12)}-8${PREFIX.slice(12, 15)}-a${PREFIX.slice(15, 18)}-${counter}`;
}
