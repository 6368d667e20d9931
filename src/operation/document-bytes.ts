import type { DocumentNode } from 'graphql';

/** Bytes that a parsed token keeps, nodes and locations included. Measured and rounded up. */
const BYTES_PER_TOKEN = 400;

/** About the memory that a parsed document keeps alive, its text included. */
export function bytesOfDocument({ loc }: DocumentNode): number {
  let tokens = 1;
  for (let token = loc?.startToken; token?.next; token = token.next) tokens += 1;
  // Two bytes a character: names and comments may be Vietnamese.
  return 2 * (loc?.source.body.length ?? 0) + BYTES_PER_TOKEN * tokens;
}
