import { matchesPerson, type MatchFactor } from '../policy/row-rules/match-factor.ts';
import type { RecordValue } from '../sources/record.ts';
import type { RecordReader } from '../sources/record-reader.ts';
import type { Pending, SlotFault } from './pending.ts';

export type MatchOutcome = 'fits' | 'waiting' | 'not-found' | SlotFault;

/** A mismatch looks like absence; a register that cannot be asked for the factor fails closed. */
export function fitMatch(reader: RecordReader, pending: Pending, match: MatchFactor): MatchOutcome {
  const anchorKind = pending.object.records[0];
  const entity = pending.object.entity;
  if (!anchorKind || !entity?.matchPersons) return 'not-found';
  const anchor = reader.get(anchorKind, pending.key);
  if (!anchor) {
    reader.want(anchorKind, pending.key);
    return 'waiting';
  }
  if (anchor.state === 'fault') return anchor;
  if (anchor.state === 'absent') return 'not-found';
  let isWaiting = false;
  let fault: SlotFault | null = null;
  for (const personalId of entity.matchPersons(anchor.value)) {
    const person = reader.get('population.person', personalId);
    if (!person) {
      reader.want('population.person', personalId);
      isWaiting = true;
    } else if (person.state === 'fault') fault = person;
    else if (person.state === 'found' && fitsRecord(match, person.value)) return 'fits';
  }
  return isWaiting ? 'waiting' : (fault ?? 'not-found');
}

function fitsRecord(match: MatchFactor, person: RecordValue): boolean {
  const { name, birthDate } = person;
  const full = typeof name === 'object' && name !== null && 'full' in name ? name.full : undefined;
  return typeof full === 'string' && typeof birthDate === 'string' && matchesPerson(match, full, birthDate);
}
