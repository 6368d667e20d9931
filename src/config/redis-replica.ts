/**
 * Whether an error of Redis says that the server is a replica. After a failover behind one address a connection stays
 * on the demoted primary, where every write is READONLY, until it is opened anew. A script puts its own text before it.
 */
export function isFromReplica({ message }: Error): boolean {
  return /\bREADONLY\b/.test(message);
}
