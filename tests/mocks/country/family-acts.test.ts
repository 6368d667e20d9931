import { describe, expect, it } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import type { CivilPerson, CivilStatusEntry } from '../../../mocks/country/civil-status-records.ts';
import { REFERENCE_DATE } from '../../../mocks/country/reference.ts';
import { sampleBlocks } from './sample.ts';

/** Divorces, changes, guardianships, recognitions and adoptions: for a small share of people, coherent over registers and time. */
const country = buildCountry();
const ids = sampleBlocks(131).flatMap((block) => block.persons.map((person) => person.id));

interface Bond {
  readonly kind: 'guardianships' | 'recognitions' | 'adoptions';
  readonly entry: CivilStatusEntry & { readonly endedOn?: string };
  readonly charge: CivilPerson;
  readonly elders: readonly CivilPerson[];
}

function bondsOf(id: string): readonly Bond[] {
  const events = country.civilStatus(id);
  if (!events) return [];
  return [
    ...events.guardianships.map((entry) => ({
      kind: 'guardianships' as const,
      entry,
      charge: entry.ward,
      elders: [entry.guardian],
    })),
    ...events.recognitions.map((entry) => ({
      kind: 'recognitions' as const,
      entry,
      charge: entry.child,
      elders: [entry.parent],
    })),
    ...events.adoptions.map((entry) => ({
      kind: 'adoptions' as const,
      entry,
      charge: entry.child,
      elders: [entry.adoptiveMother, entry.adoptiveFather].filter((one) => one !== undefined),
    })),
  ];
}

/** Years between two days, rounded down. */
function years(from: string, until: string): number {
  const full = Number(until.slice(0, 4)) - Number(from.slice(0, 4));
  return until.slice(5) < from.slice(5) ? full - 1 : full;
}

describe('family acts', () => {
  const all = ids.flatMap((id) => bondsOf(id).map((bond) => ({ id, ...bond })));
  const share = (kind: Bond['kind']): number =>
    new Set(all.filter((one) => one.kind === kind).map(({ id }) => id)).size / ids.length;

  it.each([
    ['guardianships', 0.001, 0.03],
    ['recognitions', 0.001, 0.06],
    ['adoptions', 0.005, 0.05],
  ] as const)('%s concern a small share of people', (kind, least, most) => {
    expect(share(kind)).toBeGreaterThan(least);
    expect(share(kind)).toBeLessThan(most);
  });

  it('stand in the records of both sides, between people of a fitting age who were alive', () => {
    const faults = all.flatMap(({ id, kind, entry, charge, elders }): string[] => {
      const found: string[] = [];
      const parties = [charge, ...elders].map(({ personalId = '' }) => personalId);
      if (!parties.includes(id)) found.push('an entry of others');
      for (const party of parties) {
        const same = bondsOf(party).some(
          (one) => one.entry.entryNo === entry.entryNo && one.charge.personalId === charge.personalId,
        );
        if (!same) found.push('an entry that a party does not have');
        const { deathDate } = country.truth(party)?.truth ?? {};
        if (typeof deathDate === 'string' && deathDate <= entry.registeredOn) found.push('a dead party');
      }
      if (entry.registeredOn > REFERENCE_DATE) found.push('registered tomorrow');
      if (entry.endedOn !== undefined && entry.endedOn <= entry.registeredOn)
        found.push('ended before it began');
      const gap = kind === 'adoptions' ? 20 : kind === 'recognitions' ? 16 : 7;
      for (const elder of elders) {
        if (years(elder.birthDate, charge.birthDate) < gap) found.push('too young');
        if (years(elder.birthDate, entry.registeredOn) < 18) found.push('a minor as guardian or parent');
      }
      return found.map((what) => `${kind} of ${id}: ${what}`);
    });
    expect(faults).toEqual([]);
  });

  it('a guardianship in force is the population register’s, one that ended ended at 18', () => {
    const guardianships = all.filter(({ kind }) => kind === 'guardianships');
    const inForce = guardianships.filter(({ entry }) => entry.endedOn === undefined);
    expect(inForce.map(({ elders }) => elders[0]?.personalId)).toEqual(
      inForce.map(({ charge }) => country.person(charge.personalId ?? '')?.guardian?.personalId),
    );
    const ends = guardianships.flatMap(({ entry: { endedOn }, charge }) =>
      endedOn === undefined ? [] : [years(charge.birthDate, endedOn)],
    );
    expect(new Set(ends)).toEqual(new Set([18]));
  });

  it.each([
    ['recognitions', true],
    ['adoptions', false],
  ] as const)('%s: whether the entry of birth has the same parents', (wanted, isSame) => {
    const bonds = all.filter(({ kind }) => kind === wanted);
    const shared = bonds.flatMap(({ charge, elders }) => {
      const birth = country.civilStatus(charge.personalId ?? '')?.birth;
      const parents = [birth?.mother?.personalId, birth?.father?.personalId];
      return elders.map(({ personalId }) => parents.includes(personalId));
    });
    expect(new Set(shared)).toEqual(new Set([isSame]));
  });
});

describe('the own entries', () => {
  it('a divorce ends the marriage on the day it takes effect', () => {
    let divorces = 0;
    for (const id of ids) {
      const events = country.civilStatus(id);
      const ended = (events?.marriages ?? []).filter(({ state }) => state === 2);
      expect(events?.divorces.map(({ effectiveOn }) => effectiveOn)).toEqual(
        ended.map(({ endedOn }) => endedOn),
      );
      for (const one of events?.divorces ?? []) {
        divorces += 1;
        expect(one.decidedOn < one.effectiveOn && one.effectiveOn <= one.registeredOn).toBe(true);
      }
    }
    expect(divorces).toBeGreaterThan(50);
  });

  it('a marriage has an end exactly where it is not in force', () => {
    for (const id of ids) {
      for (const { state, endedOn, registeredOn } of country.civilStatus(id)?.marriages ?? []) {
        expect(endedOn === undefined).toBe(state === 1);
        expect(endedOn === undefined || endedOn >= registeredOn).toBe(true);
      }
    }
  });

  it('a change leads to the value that the birth shows now', () => {
    const changes = ids.flatMap((id) => {
      const { birth, changes: own = [] } = country.civilStatus(id) ?? {};
      return own.map((one) => ({ ...one, birth }));
    });
    expect([...new Set(changes.map(({ kind }) => kind))].sort()).toEqual([1, 2, 3]);
    const faults = changes.filter(
      ({ kind, oldValue, newValue, registeredOn, birth }) =>
        oldValue === newValue ||
        registeredOn <= (birth?.registeredOn ?? '9') ||
        (kind !== 3 && newValue !== birth?.child.fullName),
    );
    expect(faults).toEqual([]);
  });

  it('papers are not older than what they are about, nor younger than the entry', () => {
    const papers = ids.flatMap((id) => {
      const { birth, death } = country.civilStatus(id) ?? {};
      const { medicalCertificate: born } = birth ?? {};
      return [
        ...(birth && born ? [[birth.child.birthDate, born.issuedOn, birth.registeredOn]] : []),
        ...(death?.notice ? [[death.date, death.notice.issuedOn, death.registeredOn]] : []),
      ];
    });
    expect(papers.length).toBeGreaterThan(500);
    expect(papers.filter((days) => days.join() !== days.toSorted().join())).toEqual([]);
  });
});
