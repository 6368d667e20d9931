import { hash, Random } from '../../random.ts';

/** A random sequence that depends on the person and the part of the record alone. */
export function citizenRandom(personalId: string, salt: number): Random {
  return new Random(hash(Number(personalId.slice(0, 6)), Number(personalId.slice(6)), salt));
}
