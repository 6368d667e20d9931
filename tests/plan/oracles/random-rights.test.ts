import { array, assert, asyncProperty, nat, tuple } from 'fast-check';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { PreparedOperations } from '../../../src/plan/compile/prepared-operations.ts';
import type { DataCategory } from '../../../src/policy/grant/field-labels.ts';
import type { Agreement } from '../../../src/policy/agreement/agreement.ts';
import { readGrant } from '../../../src/policy/grant/grant.ts';
import { replayOperation, replayRow } from '../../../src/policy/grant/replay.ts';
import { agreementOf } from '../../support/agreement.ts';
import { expectedAnswer, type Expected } from '../../support/country-oracle.ts';
import { memoConnectors } from '../../support/registers/memo-connectors.ts';
import { denialsBy, type GrantText } from '../../support/oracles/grant-text.ts';
import { buildRowRulings, isOpen, type Asker, type Trouble } from '../../support/oracles/row-rulings.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  DOSSIER,
} from '../../support/plan-parts.ts';
import {
  collectPersons,
  randomAsker,
  randomNeighbourhood,
  randomTrouble,
} from '../../support/random/random-asker.ts';
import { randomGrant, type RandomGrant } from '../../support/random/random-grant.ts';
import { randomOperation, type RandomOperation } from '../../support/random/random-operation.ts';
import { collectWords } from '../../support/random/random-words.ts';
import { entriesOf } from '../../support/recorded.ts';
import { printedSchema } from '../../support/registers/register-of.ts';
import { runUnderRights, type RightsAnswer } from '../../support/run-under-rights.ts';
import { Tape } from '../../support/random/tape.ts';
import { TroubledRegisters } from '../../support/registers/troubled-registers.ts';

/** Operations; `RANDOM_RIGHTS=100000 RANDOM_SEED=7`. Each caller under an agreement asks a few. */
const RUNS = Number(process.env['RANDOM_RIGHTS'] ?? 800);
const OPERATIONS = 10;
const TAPE = 300;

const parts = buildSchemaParts();
const { country, connectors } = buildCountryParts();
const registers = new TroubledRegisters(memoConnectors(connectors));
const sources = buildSingleCallSources(registers.connectors);
const persons = collectPersons(country);
const words = collectWords(country);
const ALL: readonly DataCategory[] = ['BASIC', 'SENSITIVE', 'NON_PERSONAL'];
const TODAYS = ['2026-11-21', '2026-11-22', '2030-01-01', '2018-06-30'];
const DOSSIER_DATES = [null, '2026-11-20', '2005-02-28'];

/** How often each must come up, for each operation. */
const LEAST: Readonly<Record<string, number>> = {
  values: 0.5,
  disclosed: 0.2,
  contained: 0.05,
  FIELD_NOT_GRANTED: 0.2,
  ARGUMENT_NOT_GRANTED: 0.01,
  ROW_DENIED: 0.05,
  BAD_IDENTIFIER: 0.003,
  SOURCE_CONTRACT_BROKEN: 0.008,
  failed: 0.008,
  'not-found': 0.003,
  denied: 0.15,
  match: 0.04,
  territory: 0.05,
  'own-data': 0.03,
  relatives: 0.01,
  protected: 0.005,
  deceased: 0.005,
  minor: 0.005,
};

interface Asked {
  readonly asker: Asker;
  readonly trouble: Trouble;
  readonly grant: RandomGrant;
  readonly categories: ReadonlySet<DataCategory>;
  readonly today: string;
  readonly dossierDate: string | null;
  readonly operations: readonly RandomOperation[];
}

/** A day on which one of them turns 18, or may: of some no more than the year of birth is known. */
function comingOfAge(ids: readonly string[], tape: Tape): string | undefined {
  const { birthDate } = country.person(tape.pick(ids) ?? '') ?? {};
  if (birthDate === undefined) return undefined;
  const rest = birthDate.length === 10 ? birthDate.slice(4).replace('-02-29', '-03-01') : '-06-30';
  return `${Number(birthDate.slice(0, 4)) + 18}${rest}`;
}

const numbers = (length: number) => array(nat({ max: 9_999 }), { minLength: length, maxLength: length });

const asked = tuple(numbers(120), numbers(900), numbers(TAPE * OPERATIONS)).map(
  ([forCaller, forGrant, forOperations]): Asked => {
    const tape = new Tape(forCaller);
    const near = randomNeighbourhood(country, persons, words, tape);
    const asker = randomAsker(near, tape);
    return {
      asker,
      grant: randomGrant(parts.schema, parts.facts, new Tape(forGrant)),
      categories: new Set(ALL.filter((one) => one === 'BASIC' || !tape.oneIn(4))),
      today: (tape.oneIn(3) ? comingOfAge(near.ids, tape) : tape.pick(TODAYS)) ?? '2026-11-21',
      dossierDate: tape.pick(DOSSIER_DATES) ?? null,
      trouble: randomTrouble(asker, near, tape),
      operations: Array.from({ length: OPERATIONS }, (_, index) =>
        randomOperation(
          parts.schema,
          near.words,
          new Tape(forOperations.slice(TAPE * index, TAPE * (index + 1))),
          true,
        ),
      ),
    };
  },
);

/** What the grant's text and the agreement's list of values say, without a look at src/policy. */
function textOf({ asker, grant, categories, today, dossierDate }: Asked): GrantText {
  const { source, argumentValues } = grant;
  const symbols = new Map([
    ['today', today],
    ['dossier-date', dossierDate],
    ['own-unit', asker.unit],
  ]);
  return {
    schema: printedSchema,
    grant: source,
    isNamed: (coordinate) => {
      const category = parts.facts.categoryOf(coordinate);
      return category !== undefined && categories.has(category);
    },
    mayBe: (coordinate, value, only) => {
      const allowed = only === undefined ? argumentValues.get(coordinate) : [only];
      if (!allowed || allowed.includes('any')) return true;
      // Left out is today.
      if (value === undefined || value === null) return allowed.includes('today');
      return allowed.some((one) => (symbols.has(one) ? symbols.get(one) : one) === String(value));
    },
  };
}

function shown({ data, errors, entries }: RightsAnswer, wanted: Expected) {
  return {
    data: JSON.parse(JSON.stringify(data)) as unknown,
    faults: errors.map(({ path, code }) => `${path.join('.')} ${code}`).sort(),
    entries: entriesOf(entries, DOSSIER, wanted.entries),
  };
}

/** Records of persons who may not be seen, but for those that hold the facts which say so. */
function fetchedInVain({ asker, today, trouble }: Asked): readonly string[] {
  if (isOpen(asker)) return [];
  const rulingOn = buildRowRulings(country, asker, today, trouble);
  const mayKnowDead = asker.clearance.includes('deceased');
  return registers.fetched
    .filter(
      ({ kind, key }) =>
        /^\d{12}$/.test(key) && rulingOn(key).state !== 'visible' && kind !== 'population.person',
    )
    .filter(
      ({ kind, key }) =>
        kind !== 'civil-status.events' ||
        // The gate reads the family of the officer by the books, whoever may see the officer.
        (mayKnowDead && key !== asker.officer && !(asker.applicants ?? []).includes(key)),
    )
    .map(({ kind, key }) => `${kind} ${key}`);
}

/** Entries of whom an auditor who decides again, from what is on record, finds something else than is on record. */
function decidedOtherwise({ entries }: RightsAnswer, agreement: Agreement, { self }: Asker) {
  const callerKind = self === null ? 'agency' : 'citizen';
  return entries.flatMap((entry) => {
    const { subject, outcome, rule, inputs } = entry;
    // The grant does not hold the root that asked for it: no row was decided.
    if (outcome === 'denied' && rule === null) return [];
    const again = replayRow(agreement, { callerKind, isPerson: subject.kind === 'person' }, inputs);
    const possible: readonly (typeof again)[] =
      outcome === 'failed'
        ? ['unreadable', 'undetermined', null]
        : outcome === 'not-found'
          ? ['unknown-person', null]
          : [rule];
    return possible.includes(again) ? [] : [{ ...entry, again }];
  });
}

test(`${RUNS} random operations of random callers: the whole answer, without whom the oracle hides and what the grant denies`, async () => {
  const operations = new PreparedOperations(parts.schema, parts.bindings, parts.facts);
  const seen = new Map<string, number>();
  const count = (what: string, by = 1): void => void seen.set(what, (seen.get(what) ?? 0) + by);

  const check = async (one: Asked): Promise<void> => {
    const { asker, grant, categories, today, trouble } = one;
    const read = readGrant(parts.schema, parts.facts, grant.source, new Set(ALL));
    expect(read.faults).toEqual([]);
    const { territory, needsMatch, ownDataOnly } = asker;
    const agreement = agreementOf({
      grant: read.grant,
      categories,
      argumentValues: grant.argumentValues,
      territory,
      clearance: new Set(asker.clearance),
      needsMatch,
      ownDataOnly,
    });
    const text = textOf(one);
    registers.trouble = trouble;
    // One of them: they are valid by construction.
    expect(validate(parts.schema, parse(one.operations[0]?.source ?? ''))).toEqual([]);

    for (const { source, variables: inputs, operationName } of one.operations) {
      const document = parse(source);
      const denials = denialsBy(text, { document, inputs, operationName });
      const circumstances = { asker, trouble, denials, caseId: DOSSIER, operationName };
      const wanted = expectedAnswer(country, source, inputs, today, circumstances);

      registers.fetched = [];
      const run = { ...one, parts, operations, sources, agreement };
      const ours = await runUnderRights(run, document, inputs, operationName);
      const { data, faults, entries } = wanted;
      expect({ source, ...shown(ours, wanted) }).toEqual({ source, data, faults, entries });
      expect(ours.hasDenials).toBe(denials.places.size > 0);
      expect({ source, wrong: decidedOtherwise(ours, agreement, asker) }).toEqual({ source, wrong: [] });
      const { denied, operationText, operationInputs } = ours;
      const again = replayOperation(parts.schema, parts.facts, agreement, operationText, operationInputs);
      expect({ source, denied: again }).toEqual({ source, denied });
      expect(fetchedInVain(one)).toEqual([]);

      if (denials.places.size === 0) count('contained');
      for (const { outcome, rules, disclosed } of entries.values()) {
        for (const what of [outcome, ...rules]) count(what);
        count('values', disclosed.length);
      }
      for (const fault of faults) count(fault.split(' ').at(-1) ?? '');
    }
  };
  const numRuns = Math.ceil(RUNS / OPERATIONS);
  // Biased towards small numbers, operations would hold little more than the first field of each type. Shrinking so
  // many takes longer than to read the one operation that the failure prints.
  const settings = { numRuns, noBias: true, endOnFailure: true };
  await assert(asyncProperty(asked, check), settings);
  // Operations that all come to nothing, or to everything, would agree as well.
  const fewer = Object.entries(LEAST).filter(([what, share]) => (seen.get(what) ?? 0) < share * RUNS);
  expect({ fewer, seen }).toMatchObject({ fewer: [] });
}, 3_600_000);
