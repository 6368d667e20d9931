import { subjectText } from '../../log-format/subject-text.ts';
import { hash } from 'node:crypto';
import { matchesPerson, type MatchFactor } from '../../policy/row-rules/match-factor.ts';
import { inputsOf, mergeInputs, NO_INPUTS } from '../../policy/row-rules/rule-inputs.ts';
import type { RecordKind, RecordValue } from '../../sources/records/record.ts';
import type { RecordReader } from '../../sources/records/record-reader.ts';
import type { EntityPending, SlotFault } from './pending.ts';
import type { Evaluations } from '../rows/evaluations.ts';
import { UNKNOWN_PERSON, type RowGate, type RowVerdict } from '../rows/row-gate.ts';

/** `fits`: with what was found of the person whom the factor fits. */
export type MatchOutcome =
  { readonly state: 'fits'; readonly inputs: string } | Exclude<RowVerdict, { state: 'visible' }>;

type Denial = Extract<RowVerdict, { state: 'denied' }>;

const WAITING: MatchOutcome = { state: 'waiting' };
const FITS = inputsOf('match', '0');
export const MISMATCH: Denial = { state: 'denied', rule: 'match', inputs: inputsOf('match', '1') };
const NO_SUCH_THING: MatchOutcome = { state: 'absent', inputs: NO_INPUTS };

const PERSON: RecordKind = 'population.person';

/**
 * No personal id begins with 000. Asked where a record leads to nobody, so that a miss costs the calls of a mismatch:
 * for each key another one, because the cache would know a common one already.
 */
function nobodyFor(key: string): string {
  const digits = Number.parseInt(hash('sha256', key).slice(0, 12), 16) % 1_000_000_000;
  return `000${String(digits).padStart(9, '0')}`;
}

/**
 * Full name and birth date against the person, or against those whom the record leads to; only somebody who may be
 * seen can fit. A mismatch looks like absence, and a register that cannot be asked for the factor fails closed.
 */
export function fitMatch(
  reader: RecordReader,
  gate: RowGate,
  evaluations: Evaluations,
  pending: EntityPending,
  match: MatchFactor,
): MatchOutcome {
  const { object, key, caseId } = pending;
  const { entity } = object;
  // A household business is its owner: of a person nothing but the facts is asked before the verdict.
  const isPerson = entity?.subject?.(key) === 'person';
  const anchorKind = isPerson ? PERSON : object.records[0];
  if (!anchorKind || !entity?.matchPersons) return MISMATCH;
  const anchor = reader.get(anchorKind, key);
  const facts = isPerson ? gate.read(key, caseId) : null;
  if (!anchor) reader.want(anchorKind, key, caseId);
  if (!anchor || facts?.state === 'waiting') return WAITING;
  if (anchor.state === 'fault') return anchor;
  if (facts) return facts;
  const candidates = anchor.state === 'found' ? (isPerson ? [key] : entity.matchPersons(anchor.value)) : [];
  let isWaiting = false;
  let fault: SlotFault | null = null;
  let denied: Denial = MISMATCH;
  for (const personalId of candidates.length > 0 || isPerson ? candidates : [nobodyFor(key)]) {
    reader.learnFactor(personalId, match);
    const missing = gate.read(personalId, caseId);
    const person = reader.get(PERSON, personalId);
    if (!person) reader.want(PERSON, personalId, caseId);
    // Counted for the person too: each parcel and business would else give as many tries at one birth date.
    const isAdmitted = evaluations.admitsFactor(
      subjectText({ kind: 'person', key: personalId }),
      caseId,
      match,
    );
    if (!person || missing?.state === 'waiting' || isAdmitted === undefined) isWaiting = true;
    else if (!isAdmitted) continue;
    else if (missing) fault = missing;
    else if (person.state === 'fault') fault = person;
    else if (person.state === 'found' && fitsRecord(match, person.value)) {
      const verdict = gate.decide(personalId, caseId);
      if (verdict.state === 'visible') return { state: 'fits', inputs: mergeInputs(FITS, verdict.inputs) };
      if (verdict.state === 'waiting') isWaiting = true;
      else if (verdict.state === 'fault') fault = verdict;
      else if (verdict.state === 'denied') {
        denied = { ...verdict, inputs: mergeInputs(FITS, verdict.inputs) };
      }
    }
  }
  if (isWaiting) return WAITING;
  if (fault) return fault;
  if (anchor.state === 'found') return denied;
  return isPerson ? UNKNOWN_PERSON : NO_SUCH_THING;
}

function fitsRecord(match: MatchFactor, person: RecordValue): boolean {
  const { name, birthDate } = person;
  const full = typeof name === 'object' && name !== null && 'full' in name ? name.full : undefined;
  return typeof full === 'string' && typeof birthDate === 'string' && matchesPerson(match, full, birthDate);
}
