import { isIP } from 'node:net';
import { isLoopback } from '../../config/settings/setting-formats.ts';

/**
 * Checks the host names by which a server on this address may be asked. A page in a browser can make a foreign name
 * lead to any address (DNS rebinding), but it cannot change the name that the browser sends. A server on loopback is
 * asked by loopback names alone, one on another address by IP addresses and by its own name.
 */
export function ownHostCheck(address: string): (name: string | null) => boolean {
  const own = address.toLowerCase();
  return (name) => {
    if (name === null) return false;
    if (name === own || isLoopback(name)) return true;
    return !isLoopback(own) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  };
}
