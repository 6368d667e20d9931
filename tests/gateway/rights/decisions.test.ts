import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import {
  country,
  startTestGateway,
  type Caller,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';

/** Read as it stands, by people too: see the head of the table. */
const TABLE = readFileSync(new URL('decisions.txt', import.meta.url), 'utf8');

interface Row {
  readonly line: number;
  readonly who: string;
  readonly caller: Readonly<Record<string, string>>;
  readonly root: string;
  readonly about: string;
  readonly match: string;
  readonly selection: string;
  readonly decision: string;
  readonly code: string;
  readonly rule: string;
  readonly path: string;
  readonly outcome: string;
  readonly outcomeRule: string;
  readonly reason: string;
  readonly joined: string;
}

const ROWS: readonly Row[] = TABLE.split('\n').flatMap((text, index) => {
  if (text.startsWith('#') || text.trim() === '') return [];
  const [who = '', caller = '', ask = '', match = '', selection = '', decision = '', told = '', log = ''] =
    text.split(' | ').map((cell) => cell.trim());
  const [root = '', about = ''] = ask.split(' ');
  const [, code = '', rule = '', path = ''] = /^(\S*)(?: (?!at )(\S+))?(?: at (\S+))?$/.exec(told) ?? [];
  const [, outcome = '', outcomeRule = '', reason = '', joined = ''] =
    /^(\S+)(?: (?!for |joined )(\S+))?(?: for (\S+))?(?: joined (.+))?$/.exec(log) ?? [];
  const given = Object.fromEntries(
    caller
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=')),
  );
  return [
    {
      line: index + 1,
      who,
      caller: given,
      root,
      about,
      match,
      selection,
      decision,
      code,
      rule,
      path,
      outcome,
      outcomeRule,
      reason,
      joined,
    },
  ];
});

const PURPOSES: Readonly<Record<string, string | null>> = {
  inspectorate: 'inspection',
  'hn-land-office': 'land-registration',
  'hcm-business-registry': 'business-registration',
  'dvc-portal': 'form-prefill',
  'hn-hoankiem-civil': 'civil-status-registration',
  'hn-hoankiem-social': 'social-assistance',
};
const UNIT = '00070';
const WRONG = { fullName: 'Nguyễn Văn Không', birthDate: '1971-01-31' };

function first<T>(values: Iterable<T>, fits: (value: T) => boolean = () => true): T {
  for (const value of values) if (fits(value)) return value;
  throw new Error('the country has nobody like that');
}

/** Somebody of each kind. */
function findPeople(): ReadonlyMap<string, string> {
  const inUnit = (trait: 'protected' | 'deceased' | 'minor' | 'contradiction:death-not-in-population') =>
    first(country.people({ unit: UNIT, traits: [trait] }), ({ personalId, traits }) => {
      const lives = country.person(personalId)?.deathDate === undefined;
      return traits.includes('protected') === (trait === 'protected') && lives === (trait !== 'deceased');
    }).personalId;
  const away = (trait: 'deceased' | 'minor') =>
    first(
      country.people({ traits: [trait] }),
      ({ personalId, traits, permanentResidence: { communeCode } }) => {
        const isKnown = trait === 'minor' || country.person(personalId)?.deathDate !== undefined;
        return communeCode !== UNIT && isKnown && !traits.includes('protected');
      },
    ).personalId;
  const resident = first(
    country.people({ unit: UNIT, with: ['land', 'business', 'marriage'] }),
    ({ personalId, businesses }) =>
      country.person(personalId)?.mother?.personalId !== undefined &&
      businesses.some(({ code }) => code.length === 10),
  );
  const marriedToProtected = first(
    country.people({ traits: ['protected'], with: ['marriage'] }),
    ({ spouse }) => country.truth(spouse ?? '')?.traits.length === 0,
  );
  return new Map([
    ['resident', resident.personalId],
    ['spouse-of-resident', resident.spouse ?? ''],
    ['mother-of-resident', country.person(resident.personalId)?.mother?.personalId ?? ''],
    ['elsewhere', first(country.people({}), (one) => one.permanentResidence.communeCode !== UNIT).personalId],
    ['protected', inUnit('protected')],
    ['deceased', inUnit('deceased')],
    ['deceased-lately', inUnit('contradiction:death-not-in-population')],
    ['deceased-elsewhere', away('deceased')],
    ['minor', inUnit('minor')],
    ['minor-elsewhere', away('minor')],
    ['spouse-of-protected', marriedToProtected.spouse ?? ''],
    ['nobody', '001099999990'],
  ]);
}

let gateway: TestGateway;
let people: ReadonlyMap<string, string>;

beforeAll(async () => {
  gateway = await startTestGateway();
  people = findPeople();
  const { book } = gateway.mocks.dossier;
  const open = {
    procedure: '1.004222',
    office: 'inspectorate',
    officers: ['inspectorate'],
    state: 'DANG_XU_LY',
    receivedOn: '2026-11-21',
  } as const;
  const parties = [{ loai: 'CA_NHAN', ma: personOf('resident') }] as const;
  book.set('H26-261121-0611', { ...open, parties, officers: ['somebody.else'] });
  book.set('H26-261121-0612', { ...open, parties, procedure: '2.000815' });
  book.set('H26-261121-0613', null);
  book.set('H26-261121-0620', { ...open, parties });
}, 120_000);

afterAll(() => gateway.close());

function personOf(about: string): string {
  return people.get(about) ?? '';
}

function factorOf(about: string): typeof WRONG {
  const person = country.person(personOf(about));
  if (!person) return WRONG;
  const fullName = [person.surname, person.middle, person.given].join(' ').trim();
  return { fullName, birthDate: person.birthDate };
}

const NOBODYS: Readonly<Record<string, string>> = {
  citizen: '001099999990',
  business: '0100100015',
  landParcel: 'w7epxsheyytd',
  landCertificate: 'AA00000000',
};

/** The identifier of the person's own row, business, parcel or certificate. */
function keyOf(root: string, about: string): string {
  const kind = { citizens: 'citizen', businesses: 'business', landParcels: 'landParcel' }[root] ?? root;
  if (about === 'malformed') return 'malformed!';
  if (about === 'nobody') return NOBODYS[kind] ?? '';
  const id = personOf(about);
  const truth = country.truth(id);
  const parcel = truth?.landParcels[0]?.id ?? '';
  if (kind === 'business')
    return truth?.businesses.find(({ code }) => code.length === 10)?.code ?? truth?.businesses[0]?.code ?? '';
  if (kind === 'landParcel') return parcel;
  return kind === 'landCertificate' ? (country.parcel(parcel)?.certificateSerials[0] ?? '') : id;
}

const KEY_ARGUMENTS: Readonly<Record<string, string>> = {
  citizen: 'personalId',
  business: 'code',
  landParcel: 'id',
  landCertificate: 'serial',
  citizens: 'personalIds',
  businesses: 'codes',
  landParcels: 'ids',
};
const ITEM_FIELDS: Readonly<Record<string, string>> = {
  citizens: 'citizen',
  businesses: 'business',
  landParcels: 'landParcel',
};

function queryOf({ root, about, match, selection }: Row): {
  readonly query: string;
  readonly variables: object;
} {
  const key = keyOf(root, about);
  expect(key, 'somebody to ask about').not.toBe('');
  const factor = match === 'none' ? null : match === 'own' ? factorOf(about) : WRONG;
  const item = ITEM_FIELDS[root];
  if (item === undefined) {
    const given = factor ? ',match:$match' : '';
    const head = factor ? 'query($key:ID!,$match:CitizenMatch)' : 'query($key:ID!)';
    return {
      query: `${head}{it:${root}(${KEY_ARGUMENTS[root]}:$key${given}){${selection}}}`,
      variables: { key, match: factor },
    };
  }
  const given = factor ? ',matches:$matches' : '';
  const head = factor ? 'query($keys:[ID!]!,$matches:[CitizenMatch])' : 'query($keys:[ID!]!)';
  return {
    query: `${head}{it:${root}(${KEY_ARGUMENTS[root]}:$keys${given}){status item:${item}{${selection}}}}`,
    variables: { keys: [key], matches: [factor] },
  };
}

function callerOf({ who, caller }: Row): Caller {
  const { as, officer, case: caseId, purpose } = caller;
  if (as !== undefined) return { citizen: personOf(as), purpose: null, caseId: null };
  const headers = {
    ...(purpose === undefined ? {} : { purpose: purpose === '' ? null : purpose }),
    ...(caseId === undefined ? {} : { caseId: caseId === '' ? null : caseId }),
  };
  const usual = { client: who, purpose: PURPOSES[who] ?? null, ...headers };
  if (officer === undefined) return usual;
  const officerPersonalId = officer === 'nobody' ? (NOBODYS['citizen'] ?? '') : personOf(officer);
  return { ...usual, token: gateway.mocks.identityProvider.mintToken({ clientId: who, officerPersonalId }) };
}

/** What the caller sees, in the table's words; a batch's item beside the status that it must have. */
function decisionOf({ status, data, errors }: TestAnswer): string {
  const found = data?.['it'];
  if (status !== 200) return 'refused';
  if (data === null) return 'nulled';
  const hasErrors = errors.length > 0;
  if (Array.isArray(found)) {
    const [item] = found;
    const isShown = Object(item)['item'] !== null;
    const [decision, wanted] = isShown
      ? ['shown', 'OK']
      : hasErrors
        ? ['item-denied', 'DENIED']
        : ['absent', 'NOT_FOUND'];
    const own = String(Object(item)['status']);
    return own === wanted ? decision : `${decision}, but ${own}`;
  }
  if (found !== null) return hasErrors ? 'partly' : 'shown';
  return hasErrors ? 'denied' : 'absent';
}

it('is a table of some length, of which every decision has some rows', () => {
  expect(ROWS.length).toBeGreaterThan(200);
  const decisions = Map.groupBy(ROWS, ({ decision }) => decision);
  expect([...decisions.keys()].sort()).toEqual([
    'absent',
    'denied',
    'item-denied',
    'nulled',
    'partly',
    'refused',
    'shown',
  ]);
});

it.each(ROWS)('line $line: $who asks for $root of $about, factor $match: $decision $code', async (row) => {
  const { query, variables } = queryOf(row);
  const answer = await gateway.ask(query, variables, callerOf(row));
  const [error] = answer.errors;
  expect({
    decision: decisionOf(answer),
    code: error?.extensions.code ?? '',
    rule: error?.extensions.rule ?? '',
    path: row.decision === 'partly' ? error?.path?.slice(1).join('.') : row.path,
  }).toEqual({ decision: row.decision, code: row.code, rule: row.rule, path: row.path });

  const record = recordOf(gateway, answer);
  const key = keyOf(row.root, row.about).replaceAll(' ', '');
  const entry = record?.entries.find(({ subject }) => subject.key === key) ?? record?.entries[0];
  expect({ outcome: entry?.outcome, rule: entry?.rule ?? '', reason: record?.answer.reason ?? '' }).toEqual({
    outcome: row.outcome,
    rule: row.outcomeRule,
    reason: row.reason,
  });
  expect(entry?.subject.key).toBe(row.outcome === 'nothing' ? '' : key);
  expect(entry?.disclosed.length === 0).toBe(row.outcome !== 'disclosed');
  expect(record?.answer.code ?? '').toBe(row.decision === 'refused' ? row.code : '');
  const others = record?.entries.map(({ outcome, rule: own }) => `${outcome} ${own}`) ?? [];
  expect(row.joined === '' ? [''] : others).toContain(row.joined);
});
