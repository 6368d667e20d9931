import { request } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadAnswer } from '../../support/log-reader.ts';
import { buildFreshSubjects } from '../../support/registers/fresh-subjects.ts';
import {
  country,
  startTestGateway,
  type Caller,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { disclosedIn, recordsOf } from '../../support/recorded.ts';
import { REGISTER_NAMES, type Register } from '../../support/registers/register-of.ts';
import { delay } from '../../support/servers/redis.ts';
import { CITIZEN } from '../../support/selections.ts';

/** Many callers at once: each sees its own, each is on record, and the registers' logs say the same as ours. */
const CALLERS = 200;
const CLIENTS: readonly (readonly [client: string, purpose: string])[] = [
  ['inspectorate', 'inspection'],
  ['hn-hoankiem-civil', 'civil-status-registration'],
  ['hn-land-office', 'land-registration'],
  ['hcm-business-registry', 'business-registration'],
  ['hn-hoankiem-social', 'social-assistance'],
  ['dvc-portal', 'form-prefill'],
];
const REGISTER_TIMEOUT_MS = 700;

const fresh = buildFreshSubjects(country);
let gateway: TestGateway;
let uncached: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { registerTimeoutMs: REGISTER_TIMEOUT_MS } });
  uncached = await startTestGateway({
    mocks: gateway.mocks,
    environment: { RECORD_CACHE: 'off' },
    overrides: { registerTimeoutMs: REGISTER_TIMEOUT_MS },
  });
});

afterAll(async () => {
  await uncached.close();
  await gateway.close();
});

const ENTERPRISES =
  'businesses { code name { vi } status legalRepresentatives { title person { personalId } } }';
/** The last is within the strict agreement's grant. */
const QUERIES = [
  CITIZEN.replace('$personalId: ID!', '$personalId: ID!, $match: CitizenMatch').replace(
    'personalId: $personalId',
    'personalId: $personalId, match: $match',
  ),
  `query Founder($personalId: ID!, $match: CitizenMatch) { citizen(personalId: $personalId, match: $match) {
    personalId name { full } permanentResidence { full } ${ENTERPRISES} } }`,
];

interface Question {
  readonly caller: Caller & { readonly officer: string; readonly caseId: string; readonly purpose: string };
  readonly query: string;
  readonly variables: { readonly personalId: string };
}

function questions(personalIds: readonly string[]): readonly Question[] {
  return Array.from({ length: CALLERS }, (_, index) => {
    const [client, purpose] = CLIENTS[index % CLIENTS.length] ?? ['', ''];
    const personalId = personalIds[index % personalIds.length] ?? '';
    const { surname = '', middle = '', given = '', birthDate = '' } = country.person(personalId) ?? {};
    const number = String(index).padStart(4, '0');
    return {
      caller: { client, purpose, officer: `officer.${number}`, caseId: `H26-261121-${number}` },
      query: QUERIES[Math.floor(index / 7) % 2] ?? '',
      variables: {
        personalId,
        match: { fullName: [surname, middle, given].filter((part) => part !== '').join(' '), birthDate },
      },
    };
  });
}

const askOf = (on: TestGateway, { query, variables, caller }: Question): Promise<TestAnswer> =>
  on.ask(query, variables, caller);
const idOf = ({ headers }: TestAnswer): string => headers.get('x-access-entry') ?? '';
const shownOf = ({ status, text }: TestAnswer): string => `${status} ${text}`;

/** `register request-id officer dossier`, by the registers' own logs. */
function loggedByRegisters(): ReadonlySet<string> {
  return new Set(
    REGISTER_NAMES.flatMap((name) =>
      gateway.mocks.registers[name].log
        .entries()
        .map(({ requestId, officer, dossier }) => `${name} ${requestId} ${officer} ${dossier}`),
    ),
  );
}

/** The same by our log: every call that an answer lists, under its own officer and case. */
function loggedByUs(records: readonly (ReadAnswer | null)[]): ReadonlySet<string> {
  return new Set(
    records.flatMap((record) =>
      (record?.answer.upstream ?? []).map(
        ({ register, requestId }) =>
          `${register} ${requestId} ${record?.answer.officer} ${record?.answer.caseId}`,
      ),
    ),
  );
}

describe.each([
  ['with the cache', () => gateway],
  ['without a cache', () => uncached],
])('200 callers at once, %s', (_name, on) => {
  it('each sees what its own agreement gives, and the logs agree in both directions', async () => {
    const asked = questions([fresh(CITIZEN), fresh(CITIZEN), fresh(CITIZEN)].map(({ key }) => key));
    for (const { log } of Object.values(gateway.mocks.registers)) log.clear();
    const answers = await Promise.all(asked.map((one) => askOf(on(), one)));
    const registers = loggedByRegisters();
    const calls = Object.values(gateway.mocks.registers).reduce((sum, { log }) => sum + log.calls, 0);
    const records = recordsOf(on(), answers.map(idOf));
    expect(new Set(answers.map(idOf)).size).toBe(CALLERS);
    for (const [index, { caller }] of asked.entries()) {
      const { officer, caseId, purpose, client } = caller;
      expect(records[index]?.answer).toMatchObject({ officer, caseId, purpose, client });
    }
    const ours = loggedByUs(records);
    expect([...ours].filter((line) => !registers.has(line))).toEqual([]);
    expect([...registers].filter((line) => !ours.has(line))).toEqual([]);
    // Six calls each would be a thousand.
    expect(calls).toBeLessThan(CALLERS * 3);
    // Asked alone they see nothing else.
    const alone: TestAnswer[] = [];
    for (const one of asked.slice(0, 42)) alone.push(await askOf(uncached, one));
    expect(answers.slice(0, 42).map(shownOf)).toEqual(alone.map(shownOf));
    for (const [index, { query, variables, caller }] of asked.entries()) {
      const twin = asked.findIndex(
        (one) =>
          one.query === query &&
          one.variables.personalId === variables.personalId &&
          one.caller.client === caller.client,
      );
      expect(answers[index]?.text).toBe(answers[twin]?.text);
      expect(disclosedIn(records[index] ?? null)).toEqual(disclosedIn(records[twin] ?? null));
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]));
  });
});

describe('a call that several share', () => {
  const inspector = (index: number, personalId: string): Question => ({
    caller: {
      purpose: 'inspection',
      officer: `sharer.${index}`,
      caseId: `H26-261121-1${String(index).padStart(3, '0')}`,
    },
    query: CITIZEN,
    variables: { personalId },
  });

  /** Twenty ask, and one more whose key spoils the register's answer whenever it is in it. */
  async function askBesidePoison(register: Register, fault: 'drop' | 'empty-object' | 'hang') {
    const [healthy, poison] = [[fresh(CITIZEN), fresh(CITIZEN)], fresh(CITIZEN)];
    const mock = gateway.mocks.registers[register];
    mock.log.clear();
    mock.faults.set({ fault, onlyWithKey: poison.key });
    try {
      const asked = Array.from({ length: 21 }, (_, index) =>
        inspector(index, (index === 10 ? poison : healthy[index % 2])?.key ?? ''),
      );
      const startedAt = performance.now();
      const answers = await Promise.all(asked.map((one) => askOf(uncached, one)));
      const milliseconds = performance.now() - startedAt;
      const perCall = new Map<string, Set<string>>();
      for (const { requestId, officer } of mock.log.entries()) {
        perCall.set(requestId, (perCall.get(requestId) ?? new Set()).add(officer));
      }
      const isShared = [...perCall.values()].some((officers) => officers.size > 1);
      return { answers, healthy, milliseconds, isShared };
    } finally {
      mock.faults.clear();
    }
  }

  it.each(
    REGISTER_NAMES.flatMap((name) =>
      (['drop', 'empty-object', 'hang'] as const).map((fault) => ({ name, fault })),
    ),
  )('one’s key that breaks $name ($fault) costs nobody else anything', async ({ name, fault }) => {
    const { answers, healthy, milliseconds, isShared } = await askBesidePoison(name, fault);
    expect(isShared).toBe(true);
    // Three hops, each of which may wait for a shared call, and for its own after it.
    expect(milliseconds).toBeLessThan(3 * 2 * REGISTER_TIMEOUT_MS + 3_000);
    for (const [index, { data, errors }] of answers.entries()) {
      const wanted = index === 10 ? data : healthy[index % 2]?.expected.data;
      expect(data).toEqual(wanted);
      expect(errors.length > 0).toBe(index === 10);
    }
  });
});

describe('a caller who goes away', () => {
  const REQUEST_ID = 'gone-away';

  /** Sends the whole request, and closes before the answer. */
  async function askAndLeave({ query, variables, caller }: Question): Promise<void> {
    const sent = request(gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${gateway.token(caller)}`,
        'x-purpose': caller.purpose,
        'x-case-id': caller.caseId,
        'x-request-id': REQUEST_ID,
      },
    });
    const closed = new Promise((resolve) => sent.once('close', resolve));
    sent.on('error', () => undefined);
    sent.end(JSON.stringify({ query, variables }));
    await delay(80);
    sent.destroy();
    await closed;
  }

  function entryIdOf(requestId: string): string | null {
    const database = new DatabaseSync(join(gateway.dataDirectory, 'access-log.sqlite'), { readOnly: true });
    const row = database.prepare("SELECT id FROM answers WHERE head ->> 'requestId' = ?").get(requestId);
    database.close();
    return typeof row?.['id'] === 'string' ? row['id'] : null;
  }

  it('disturbs nobody, and what was read for it is on record', async () => {
    const subject = fresh(CITIZEN);
    const { faults } = gateway.mocks.registers.population;
    faults.set({ fault: 'delay', ms: 150 });
    const question = (officer: string): Question => ({
      caller: { purpose: 'inspection', officer, caseId: 'H26-261121-2000' },
      query: CITIZEN,
      variables: { personalId: subject.key },
    });
    const others = Array.from({ length: 5 }, (_, index) => askOf(gateway, question(`stays.${index}`)));
    await askAndLeave(question('leaves'));
    for (const { errors, data } of await Promise.all(others)) {
      expect([errors, data]).toEqual([[], subject.expected.data]);
    }
    faults.clear();
    let id: string | null = null;
    for (let attempt = 0; attempt < 100 && id === null; attempt++) {
      id = entryIdOf(REQUEST_ID);
      await delay(20);
    }
    const [record] = recordsOf(gateway, [id]);
    expect(record?.answer).toMatchObject({ officer: 'leaves', outcome: 'answered' });
    expect(disclosedIn(record ?? null)).toEqual(subject.expected.disclosed);
  });
});
