import { z } from 'zod';

/** Credentials of a register that asks for one shared secret, sent as a bearer token (RFC 6750). */
export const bearerCredentials = z.strictObject({ secret: z.string().min(1) });

/** Value of the Authorization header. */
export function bearerOf({ secret }: z.infer<typeof bearerCredentials>): string {
  return `Bearer ${secret}`;
}
