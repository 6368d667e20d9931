import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchangedToken } from '../../../mocks/identity/mint-token.ts';
import { PROCEDURES } from '../../support/forms/fill-families.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { runNdg } from '../../support/run-ndg.ts';

/** The ledger of forms over HTTP: what data answered, for the ministry that promulgates the procedure. */

const LEDGER = `query ($day: String!, $to: String!, $procedure: ID) { formLedger(from: $day, to: $to, procedure: $procedure) {
  rows { procedure office province forms usingPopulation answered needed askedAnyway } papers { name state cause count }
  indicators { name percent } askingAnyway { office askedAnyway } } }`;
const DAY = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

let gateway: TestGateway;
let person = '';
beforeAll(async () => {
  gateway = await startTestGateway();
  const [one] = country.people({ unit: '00070' });
  person = one?.personalId ?? '';
});
afterAll(() => gateway.close());

const fill = (code: string, parties: object[], caller: object) =>
  gateway.ask(
    'query ($code: ID!, $parties: [PrefillParty!]) { prefill(procedure: $code, parties: $parties) { components { state } } }',
    { code, parties },
    caller,
  );
const portal = () => ({
  token: gateway.mocks.identityProvider.mintToken(exchangedToken('dvc-portal', person)),
  purpose: 'form-prefill',
  caseId: null,
});
const ask = (variables: object, client = 'population-owner') =>
  gateway.ask(LEDGER, { day: DAY, to: DAY, ...variables }, { client, purpose: null, caseId: null });

interface Ledger {
  readonly rows: readonly object[];
  readonly papers: readonly { readonly state: string; readonly count: number }[];
  readonly indicators: readonly { readonly name: string; readonly percent: number | null }[];
  readonly askingAnyway: readonly object[];
}

test('an owner sees what data answered on the own ministry’s forms, by office', async () => {
  await fill('1.004222', [], portal());
  await fill('1.004222', [], portal());
  // The procedure of another ministry.
  await fill('1.001193', [], portal());
  const { status, data, errors } = await ask({});
  expect([status, errors]).toEqual([200, []]);
  const ledger = data?.['formLedger'] as unknown as Ledger;
  expect(ledger.rows).toMatchObject([
    {
      procedure: '1.004222',
      office: 'dvc-portal',
      province: '',
      forms: 2,
      usingPopulation: 2,
      askedAnyway: 0,
    },
  ]);
  expect(ledger.papers.reduce((sum, { count }) => sum + count, 0)).toBe(18);
  expect(ledger.indicators).toHaveLength(4);
  expect(JSON.stringify(ledger)).not.toContain(person);
});

test('an office that asks for papers that data answered is named', async () => {
  const desk = {
    client: 'hn-hoankiem-civil',
    purpose: 'civil-status-registration',
    officer: 'tran.thi.binh',
  };
  const parties = [{ role: 'requester', personalId: person }];
  const caseId = 'H26-261121-0201';
  const procedure = PROCEDURES.find(({ code }) => code === '1.001193');
  gateway.mocks.dossier.book.set(caseId, {
    procedure: '1.001193',
    office: desk.client,
    officers: [desk.officer],
    state: 'DANG_XU_LY',
    parties: [{ loai: 'CA_NHAN', ma: person }],
    papers: (procedure?.components ?? []).map(({ name }) => name),
    receivedOn: '2026-11-21',
  });
  await fill('1.001193', parties, { ...desk, caseId });
  await fill('1.001193', parties, { ...desk, caseId: 'H26-261121-0001' });
  // The owner's query writes what waits.
  await ask({});
  const printed = await runNdg(['procedures', 'report', '--data', gateway.dataDirectory, '--from', DAY]);
  const { rows, askingAnyway } = JSON.parse(printed.stdout) as Ledger & {
    readonly rows: readonly {
      readonly office: string;
      readonly province: string;
      readonly answered: number;
    }[];
  };
  const office = rows.find((row) => (row as { office: string }).office === desk.client);
  expect(office).toMatchObject({ province: '01', forms: 2 });
  const [first] = askingAnyway as readonly { readonly office: string; readonly askedAnyway: number }[];
  expect(first?.office).toBe(desk.client);
  // Of two equal forms one office asked for every paper.
  expect(2 * (first?.askedAnyway ?? 0)).toBe((office as { answered: number }).answered);
});

test('nobody else sees it, and a span that is none is told', async () => {
  expect((await ask({}, 'auditor')).errors[0]?.extensions.code).toBeDefined();
  expect((await ask({}, 'auditor')).data?.['formLedger'] ?? null).toBeNull();
  const wrong = await ask({ day: '30/11/2026' });
  expect([wrong.status, wrong.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  const long = await ask({ day: '2020-01-01' });
  expect(long.errors[0]?.message).toContain('366');
});
