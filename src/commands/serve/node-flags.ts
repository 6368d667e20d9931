/**
 * Flags of Node under which a gateway is served. The young generation of the heap holds the records of the requests under way: in the
 * default 16 MiB they are copied several times before they are garbage, which took 12 to 18 % of a request's CPU (`npm run bench`).
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=32'];
