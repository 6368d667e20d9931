import { hasPersonalIdForm } from '../../registers.ts';

/**
 * The subjects of a record, by whose notices it is evicted: its own key, and every person whom it names by personal id (members of
 * a household, spouses, holders), because it tells of them too.
 */
export function recordSubjects(key: string, value: unknown): readonly string[] {
  const subjects = new Set([key]);
  gather(value, subjects);
  return Object.freeze([...subjects]);
}

function gather(value: unknown, subjects: Set<string>): void {
  if (typeof value === 'string') {
    if (hasPersonalIdForm(value)) subjects.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const name in value) gather(value[name as keyof typeof value], subjects);
}
