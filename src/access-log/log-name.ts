/** Name of an instance's log: of its tree, its keys and, in the first epoch, the origin of its checkpoints. */
export function logNameOf(instanceId: string): string {
  return `national-data-gateway/${instanceId}`;
}
