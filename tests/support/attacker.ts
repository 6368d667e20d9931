import { Pool } from 'undici';
import { country, type TestGateway } from './gateway.ts';
import type { Outcome } from './evaluations/evaluation-rights.ts';
import type { MatchText, Spelled, Target } from './evaluations/evaluation-spellings.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** Officers of one client who ask fast and often. */
export interface Attacker {
  /** `officer`: any number; there are four. */
  ask(spelled: Omit<Spelled, 'places'>, officer?: number, caseId?: string): Promise<Reply>;
  close(): Promise<void>;
}

const OFFICERS = 4;

export function openAttacker(gateway: TestGateway, client: string, purpose: string): Attacker {
  const pool = new Pool(new URL(gateway.url).origin, { connections: 16 });
  const tokens = Array.from({ length: OFFICERS }, (_, index) =>
    gateway.token({ client, officer: `officer.${index}` }),
  );
  return {
    async ask({ query, variables, operationName }, officer = 0, caseId = 'H26-261121-0001') {
      const response = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${tokens[officer % OFFICERS]}`,
          'x-purpose': purpose,
          'x-case-id': caseId,
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
      const text = await response.body.text();
      const { statusCode: status, headers } = response;
      return { ...(JSON.parse(text) as Pick<Reply, 'data' | 'errors'>), status, text, headers };
    },
    close: () => pool.close(),
  };
}

/** The value at a place, else the code of the error there or above. */
export function outcomeAt(
  { data, errors = [] }: Reply,
  place: readonly (string | number)[],
): Outcome | undefined {
  let value: unknown = data;
  for (const [depth, step] of place.entries()) {
    value = (value as Readonly<Record<string | number, unknown>> | null)?.[step];
    if (value !== null) continue;
    const here = place.slice(0, depth + 1).join('.');
    return errors.find(({ path }) => path?.join('.') === here)?.extensions.code ?? null;
  }
  return value as boolean | undefined;
}

/** The factor that fits. */
export function matchOf(id: string): MatchText {
  const person = country.person(id);
  const fullName = [person?.surname, person?.middle, person?.given].filter(Boolean).join(' ');
  return { fullName, birthDate: person?.birthDate ?? '' };
}

/** In the social office's commune, of full age, with land, a business and a marriage, and a spouse in the household whose row may be seen. */
export async function findTargets(attacker: Attacker, count: number): Promise<readonly Target[]> {
  const query =
    'query($id:ID!,$match:CitizenMatch){citizen(personalId:$id,match:$match){household{members{person{personalId}}}}}';
  const found: Target[] = [];
  for (const { personalId: id, spouse } of country.people({
    unit: '00070',
    with: ['land', 'business', 'marriage'],
  })) {
    const match = matchOf(id);
    if (spouse === null || found.some((one) => one.mate.id === id) || match.birthDate.length < 10) continue;
    const mate = { id: spouse, match: matchOf(spouse) };
    const { text } = await attacker.ask({ query, variables: mate });
    const member = [...text.matchAll(/"personalId":"(\d+)"/g)].findIndex(([, one]) => one === id);
    if (member >= 0) found.push({ id, match, mate, member });
    if (found.length === count) return found;
  }
  throw new Error('too few fit');
}

export function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  let left = count;
  if (left <= 0) return;
  for (const value of values) {
    yield value;
    if (--left === 0) return;
  }
}
