/** Name of an instance's log: of its tree, its keys and, in the first epoch, the origin of its checkpoints. */
export function logNameOf(instanceId: string): string {
  return `national-data-gateway/${instanceId}`;
}

/** The instance whose log has this name. */
export function instanceIdOf(log: string): string {
  return log.slice(log.indexOf('/') + 1);
}

export function isLogName(value: unknown): value is string {
  return typeof value === 'string' && /^national-data-gateway\/[A-Za-z0-9-]{1,63}$/.test(value);
}
