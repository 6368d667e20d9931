import { describe, expect, test } from 'vitest';
import { EMPTY_AGREEMENT, type Agreement } from '../../../src/policy/agreement/agreement.ts';
import { NO_GRANT, type GrantField, type GrantNode } from '../../../src/policy/grant/grant.ts';
import { unanswerableIn } from '../../../src/policy/grant/unanswerable.ts';

function field(coordinate: string, more: Partial<GrantField> = {}): GrantField {
  return { coordinate, arguments: new Map(), selection: null, possible: null, ...more };
}

function node(...fields: readonly GrantField[]): GrantNode {
  return { fields: new Map(fields.map((one) => [one.coordinate.split('.')[1] ?? '', one])) };
}

const OF_CITIZEN = (...fields: readonly GrantField[]): GrantNode =>
  node(field('Query.citizen', { selection: node(...fields) }));

function notesOf(more: Partial<Agreement>): readonly string[] {
  return unanswerableIn({ ...EMPTY_AGREEMENT, ...more });
}

describe('a death', () => {
  const grant = OF_CITIZEN(
    field('Citizen.personalId'),
    field('Citizen.death', { selection: node(field('DeathEntry.date')) }),
    field('Citizen.marriages', {
      selection: node(field('MarriageEntry.spouse', { selection: node(field('Citizen.isAlive')) })),
    }),
  );

  test('is named where the dead are hidden, below a link too', () => {
    expect(notesOf({ grant }).map((note) => note.split(' ')[0])).toEqual([
      'Citizen.death',
      'Citizen.isAlive',
    ]);
  });

  test('is not where they are shown', () => {
    expect(notesOf({ grant, clearance: new Set(['deceased']) })).toEqual([]);
  });
});

describe('an argument', () => {
  const grant = OF_CITIZEN(field('Citizen.isAdult', { arguments: new Map([['on', null]]) }));
  const onlyDossier = new Map([['Citizen.isAdult.on', ['dossier-date']]]);
  const orToday = new Map([['Citizen.isAdult.on', ['dossier-date', 'today']]]);

  test('is named where it needs a dossier and the agreement asks for none', () => {
    expect(notesOf({ grant, argumentValues: onlyDossier, needsCase: false })).toHaveLength(1);
  });

  test('is not where there is a dossier, or another value', () => {
    expect(notesOf({ grant, argumentValues: onlyDossier, needsCase: true })).toEqual([]);
    expect(notesOf({ grant, argumentValues: orToday, needsCase: false })).toEqual([]);
  });
});

test('nothing is named in an empty grant', () => {
  expect(notesOf({ grant: NO_GRANT })).toEqual([]);
});
