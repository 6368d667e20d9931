import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  country,
  startTestGateway,
  type Caller,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { recordOf, registerCalls, upstreamCalls } from '../../support/edge.ts';

let gateway: TestGateway;
let agreements = '';
const known = { citizen: '', other: '', business: '', parcel: '', serial: '' };

/** One operation a root field; `$ID` and so on become identifiers of real records. */
const ROOTS: readonly string[] = [
  '{citizen(personalId:"CITIZEN"){birthDate}}',
  '{citizens(personalIds:["CITIZEN"]){status citizen{birthDate}}}',
  '{business(code:"BUSINESS"){status}}',
  '{businesses(codes:["BUSINESS"]){status business{status}}}',
  '{landParcel(id:"PARCEL"){area}}',
  '{landParcels(ids:["PARCEL"]){status landParcel{area}}}',
  '{landCertificate(serial:"SERIAL"){serial}}',
];

/** Data with nothing but a denied root; a batch may not be null itself. */
const nulled = (root = ''): object | null =>
  ['citizens', 'businesses', 'landParcels'].includes(root) ? null : { [root]: null };

function change(file: string, from: RegExp, to: string): void {
  const path = join(agreements, file);
  const text = readFileSync(path, 'utf8');
  if (!from.test(text)) throw new Error(`nothing to change in ${file}`);
  writeFileSync(path, text.replace(from, to));
}

beforeAll(async () => {
  agreements = mkdtempSync(join(tmpdir(), 'ndg-agreements-'));
  cpSync('mocks/agreements', agreements, { recursive: true });
  change(
    'land-registration.yaml',
    /validFrom.*\nvalidUntil.*/,
    "validFrom: '2020-01-01'\nvalidUntil: '2020-12-31'",
  );
  change(
    'civil-status-registration.yaml',
    /validFrom.*\nvalidUntil.*/,
    "validFrom: '2900-01-01'\nvalidUntil: '2900-12-31'",
  );
  gateway = await startTestGateway({
    environment: { AGREEMENTS_DIR: agreements, RECORD_CACHE: 'off' },
    overrides: { registerTimeoutMs: 300 },
  });
  const [person, other] = country.people({ with: ['land', 'business'] });
  known.citizen = person?.personalId ?? '';
  known.other = other?.personalId ?? '';
  const found = await gateway.ask(
    fill('{citizen(personalId:"CITIZEN"){businesses{code} landParcels{id certificates{serial}}}}'),
  );
  const text = found.text;
  known.business = /"code":"([^"]+)"/.exec(text)?.[1] ?? '';
  known.parcel = /"id":"([^"]+)"/.exec(text)?.[1] ?? '';
  known.serial = /"serial":"([^"]+)"/.exec(text)?.[1] ?? '';
});

afterAll(async () => {
  await gateway.close();
  rmSync(agreements, { recursive: true, force: true });
});

const fill = (query: string): string =>
  query
    .replaceAll('CITIZEN', known.citizen)
    .replaceAll('OTHER', known.other)
    .replaceAll('BUSINESS', known.business)
    .replaceAll('PARCEL', known.parcel)
    .replaceAll('SERIAL', known.serial);

const codeOf = ({ status, errors }: TestAnswer): string =>
  `${status} ${errors[0]?.extensions.code ?? 'none'}`;

it('the questions of these tests have answers', async () => {
  expect(Object.values(known).filter((value) => value === '')).toEqual([]);
  for (const root of ROOTS) expect(codeOf(await gateway.ask(fill(root)))).toBe('200 none');
});

interface Refusal {
  readonly why: string;
  readonly caller: Caller;
  readonly code: string;
  /** Whether the dossier service has to be asked to know. */
  readonly asks?: boolean;
}

const REFUSALS: readonly Refusal[] = [
  { why: 'no purpose', caller: { purpose: null }, code: '400 PURPOSE_REQUIRED' },
  { why: 'an empty purpose', caller: { purpose: '' }, code: '400 PURPOSE_REQUIRED' },
  { why: 'a purpose of spaces', caller: { purpose: '  ' }, code: '400 PURPOSE_REQUIRED' },
  { why: 'an unknown purpose', caller: { purpose: 'curiosity' }, code: '403 PURPOSE_UNKNOWN' },
  { why: 'a malformed purpose', caller: { purpose: 'Inspection' }, code: '403 PURPOSE_UNKNOWN' },
  { why: 'two purposes', caller: { purpose: 'inspection, inspection' }, code: '403 PURPOSE_UNKNOWN' },
  { why: 'a very long purpose', caller: { purpose: 'a'.repeat(5_000) }, code: '403 PURPOSE_UNKNOWN' },
  { why: 'another client’s purpose', caller: { purpose: 'form-prefill' }, code: '403 PURPOSE_NOT_GRANTED' },
  { why: 'the built-in purpose', caller: { purpose: 'own-data' }, code: '403 PURPOSE_UNKNOWN' },
  {
    why: 'an agreement that has ended',
    caller: { client: 'hn-land-office', purpose: 'land-registration' },
    code: '403 AGREEMENT_EXPIRED',
  },
  {
    why: 'an agreement that has not begun',
    caller: { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration' },
    code: '403 AGREEMENT_EXPIRED',
  },
  { why: 'no case', caller: { caseId: null }, code: '400 CASE_REQUIRED' },
  { why: 'an empty case', caller: { caseId: '' }, code: '400 CASE_REQUIRED' },
  { why: 'a malformed case', caller: { caseId: 'H26-261121-1' }, code: '403 CASE_NOT_VALID' },
  { why: 'a case in small letters', caller: { caseId: 'h26-261121-0001' }, code: '403 CASE_NOT_VALID' },
  { why: 'two cases', caller: { caseId: 'H26-261121-0001, H26-261121-0001' }, code: '403 CASE_NOT_VALID' },
  { why: 'an audit order', caller: { caseId: 'KT-261121-0001' }, code: '403 CASE_NOT_VALID' },
  { why: 'a closed case', caller: { caseId: 'H26-261121-9001' }, code: '403 CASE_NOT_VALID', asks: true },
  {
    why: 'another office’s case',
    caller: { caseId: 'H26-261121-8001' },
    code: '403 CASE_NOT_VALID',
    asks: true,
  },
  {
    why: 'a case about others',
    caller: { caseId: 'H26-261121-7001' },
    code: '403 CASE_NOT_VALID',
    asks: true,
  },
  {
    why: 'another officer’s case',
    caller: { caseId: 'H26-261121-0612' },
    code: '403 CASE_NOT_VALID',
    asks: true,
  },
  {
    why: 'a case of a procedure that does not fit',
    caller: { caseId: 'H26-261121-0613' },
    code: '403 CASE_NOT_VALID',
    asks: true,
  },
  {
    why: 'a case that there is not',
    caller: { caseId: 'H26-261121-0614' },
    code: '403 CASE_NOT_VALID',
    asks: true,
  },
];

/** Dossiers that are right in everything but one thing. */
function fillBook(): void {
  const parties = [
    { loai: 'CA_NHAN', ma: known.citizen },
    { loai: 'TO_CHUC', ma: known.business },
    { loai: 'THUA_DAT', ma: known.parcel },
    { loai: 'GIAY_CHUNG_NHAN', ma: known.serial },
  ] as const;
  const right = {
    procedure: '1.004222',
    office: 'inspectorate',
    officers: ROOTS.map((_, index) => `officer-${index}`),
    state: 'DANG_XU_LY',
    parties,
    receivedOn: '2026-11-21',
  } as const;
  const { book } = gateway.mocks.dossier;
  book.set('H26-261121-0611', right);
  book.set('H26-261121-0612', { ...right, officers: ['somebody.else'] });
  book.set('H26-261121-0613', { ...right, procedure: '2.000815' });
  book.set('H26-261121-0614', null);
}

describe('refused before any register is asked', () => {
  beforeAll(fillBook);

  it('a dossier that is right opens the data', async () => {
    for (const [index, root] of ROOTS.entries()) {
      const caller = { officer: `officer-${index}`, caseId: 'H26-261121-0611' };
      expect(codeOf(await gateway.ask(fill(root), {}, caller))).toBe('200 none');
    }
  });

  it.each(REFUSALS)('$why: $code', async ({ caller, code, asks = false }) => {
    for (const [index, root] of ROOTS.entries()) {
      const before = upstreamCalls(gateway);
      // Another officer a root, so that what was learnt for one root does not spare the question for the next.
      const answer = await gateway.ask(fill(root), {}, { officer: `officer-${index}`, ...caller });
      expect(codeOf(answer)).toBe(code);
      expect(answer.data ?? null).toBeNull();
      const after = upstreamCalls(gateway);
      expect(after).toEqual({ ...before, dossier: before.dossier + (asks ? 1 : 0) });
      const record = recordOf(gateway, answer);
      expect(record?.answer).toMatchObject({ outcome: 'refused', code: code.slice(4) });
      expect(record?.entries.every(({ disclosed }) => disclosed.length === 0)).toBe(true);
    }
  });
});

describe('the dossier service', () => {
  it.each([
    ['down', { fault: 'drop' }],
    ['slow', { fault: 'hang' }],
    ['failing', { fault: 'status', status: 500 }],
    ['cut off', { fault: 'cut' }],
    ['malformed', { fault: 'wrong-shape', where: 'record' }],
    ['of another envelope', { fault: 'wrong-shape', where: 'envelope' }],
    ['empty', { fault: 'empty-object' }],
  ] as const)(
    '%s: CASE_SERVICE_UNAVAILABLE, no register is asked, and then it is well again',
    async (name, fault) => {
      const caller = { officer: `clerk-${name.replaceAll(' ', '-')}` };
      const before = registerCalls(gateway);
      gateway.mocks.dossier.faults.set(fault);
      const answer = await gateway.ask(fill(ROOTS[0] ?? ''), {}, caller);
      gateway.mocks.dossier.faults.clear();
      expect(codeOf(answer)).toBe('503 CASE_SERVICE_UNAVAILABLE');
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(registerCalls(gateway)).toBe(before);
      expect(recordOf(gateway, answer)?.answer.code).toBe('CASE_SERVICE_UNAVAILABLE');
      expect(codeOf(await gateway.ask(fill(ROOTS[0] ?? ''), {}, caller))).toBe('200 none');
    },
  );
});

describe('kinds of caller', () => {
  it.each([
    ['inspectorate', 'inspection'],
    ['hcm-business-registry', 'business-registration'],
    ['dvc-portal', 'form-prefill'],
  ])('%s may ask for %s', async (client, purpose) => {
    const answer = await gateway.ask(
      fill('{citizen(personalId:"CITIZEN"){name{full}}}'),
      {},
      { client, purpose },
    );
    expect(codeOf(answer)).toBe('200 none');
    expect(answer.data?.['citizen']).toMatchObject({ name: { full: expect.stringMatching(/\S/) } });
  });

  it.each(['auditor', 'population-owner'])('%s has no register data', async (client) => {
    const caller = { client, purpose: null, caseId: null };
    for (const root of ROOTS) {
      const before = upstreamCalls(gateway);
      const answer = await gateway.ask(fill(root), {}, caller);
      const name = /\{(\w+)/.exec(root)?.[1];
      expect(codeOf(answer)).toBe('200 FIELD_NOT_GRANTED');
      expect(answer.errors.map(({ path }) => path)).toEqual([[name]]);
      expect(answer.data).toEqual(nulled(name));
      expect(upstreamCalls(gateway)).toEqual(before);
    }
    // Somebody else's purpose does not lend its agreement.
    expect(codeOf(await gateway.ask(fill(ROOTS[0] ?? ''), {}, { client }))).toBe('200 FIELD_NOT_GRANTED');
  });

  it.each([{}, { client: 'auditor' }, { client: 'population-owner' }, { citizen: '001094000001' }])(
    '%j needs only a token for __typename and introspection',
    async (who) => {
      const before = upstreamCalls(gateway);
      const answer = await gateway.ask(
        '{__typename __schema{queryType{name}} t:__type(name:"Citizen"){name}}',
        {},
        {
          ...who,
          purpose: null,
          caseId: null,
        },
      );
      expect(answer.data).toEqual({
        __typename: 'Query',
        __schema: { queryType: { name: 'Query' } },
        t: { name: 'Citizen' },
      });
      expect(upstreamCalls(gateway)).toEqual(before);
    },
  );

  it('a citizen sees the own row, and nobody else’s', async () => {
    const caller = { citizen: known.citizen, purpose: null, caseId: null };
    const own = await gateway.ask(fill('{citizen(personalId:"CITIZEN"){personalId}}'), {}, caller);
    expect(own.data).toEqual({ citizen: { personalId: known.citizen } });
    const before = upstreamCalls(gateway);
    const other = await gateway.ask(fill('{citizen(personalId:"OTHER"){personalId}}'), {}, caller);
    expect(other.data).toEqual({ citizen: null });
    expect(other.errors).toEqual([
      {
        message: expect.any(String),
        path: ['citizen'],
        extensions: { code: 'ROW_DENIED', rule: 'own-data', legalBasis: expect.any(String) },
      },
    ]);
    for (const root of ROOTS.slice(2)) {
      const answer = await gateway.ask(fill(root), {}, caller);
      expect(answer.errors[0]?.extensions.code).toMatch(/^(FIELD_NOT_GRANTED|ROW_DENIED)$/);
      expect(answer.data).toEqual(nulled(/\{(\w+)/.exec(root)?.[1]));
    }
    expect(upstreamCalls(gateway)).toEqual(before);
    // Neither headers of an agency nor another spelling of the id changes that.
    const claimed = await gateway.ask(
      fill('{citizen(personalId:"OTHER"){personalId}}'),
      {},
      { citizen: known.citizen },
    );
    expect(claimed.data).toEqual({ citizen: null });
    expect(recordOf(gateway, other)?.entries[0]).toMatchObject({ outcome: 'denied', disclosed: [] });
  });
});

describe('a strict agreement', () => {
  const caller = { client: 'hcm-business-registry', purpose: 'business-registration' };

  it.each([
    '{citizen(personalId:"CITIZEN"){birthDate religion}}',
    '{landParcel(id:"PARCEL"){area}}',
    '{citizen(personalId:"CITIZEN"){birthDate} landParcel(id:"PARCEL"){area}}',
    '{citizen(personalId:"CITIZEN"){birthDate ...{a:religion}}}',
    '{__typename landParcel(id:"PARCEL"){__typename}}',
  ])('refuses the whole of %s', async (query) => {
    const before = upstreamCalls(gateway);
    const answer = await gateway.ask(fill(query), {}, caller);
    expect(codeOf(answer)).toBe('403 STRICT_DENIED');
    expect(answer.data ?? null).toBeNull();
    expect(upstreamCalls(gateway)).toEqual(before);
    expect(recordOf(gateway, answer)?.answer.code).toBe('STRICT_DENIED');
  });

  it('answers what it grants, also beside a field that is skipped', async () => {
    const query = 'query($no:Boolean!){citizen(personalId:"CITIZEN"){birthDate religion @include(if:$no)}}';
    expect(codeOf(await gateway.ask(fill(query), { no: false }, caller))).toBe('200 none');
    expect(codeOf(await gateway.ask(fill(query), { no: true }, caller))).toBe('403 STRICT_DENIED');
    expect(codeOf(await gateway.ask(fill(query), { no: false }, caller))).toBe('200 none');
  });
});
