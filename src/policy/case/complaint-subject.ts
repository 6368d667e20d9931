import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1_024 * 1_024 };
const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt);

/**
 * Hides the subject of a complaint: scrypt (RFC 7914; N 2^15, r 8, p 1) of the personal id, salted with the complaint's number,
 * in hexadecimal. A plain hash of twelve digits is soon guessed.
 */
export async function complaintSubject(number: string, personalId: string): Promise<string> {
  const bytes = await derive(personalId, `national-data-gateway ${number}`, 32, COST);
  return bytes.toString('hex');
}
