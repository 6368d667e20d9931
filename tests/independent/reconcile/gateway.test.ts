import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcile } from '../../../src/independent/reconcile/reconcile.ts';
import { take } from '../../support/attacker.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { REGISTER_NAMES } from '../../support/registers/register-of.ts';
import { CITIZEN } from '../../support/selections.ts';

/** The registers' own logs of a gateway that answers many at once, with shared calls, against what it exports. */
const folder = mkdtempSync(join(tmpdir(), 'reconcile-gateway-'));
const people = [...take(country.people({ with: ['land', 'business', 'marriage'] }), 30)];
const officers = [...take(country.people({ with: ['land'] }), 60)].slice(30);
const BATCH = `query($ids:[ID!]!){citizens(personalIds:$ids){status citizen{personalId name{full} businesses{code}}}}`;
const FAMILY = `query($personalId:ID!){citizen(personalId:$personalId){personalId name{full} birthDate
  birth{registeredOn mother{personalId name{full}} father{personalId birthDate}} household{members{relationToHead person{personalId name{full}}}}
  marriages{registeredOn spouse{personalId name{full} landParcels{id}}} landParcels{id sheetNo}
  businesses{code legalRepresentatives{person{personalId name{full}}}} death{date}}}`;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

async function reconciled(name: string): Promise<ReturnType<typeof reconcile>> {
  const out = join(folder, name);
  const { status, stderr } = spawnSync(
    process.execPath,
    ['src/commands/ndg.ts', 'log', 'export', '--out', out, '--openings'],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        DATA_DIR: gateway.dataDirectory,
        SECRETS_DIR: gateway.secretsDirectory,
        INSTANCE_ID: 'demo',
      },
    },
  );
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const registers = REGISTER_NAMES.map((register) => {
    const file = join(folder, `${name}-${register}.ndjson`);
    const lines = gateway.mocks.registers[register].log.entries();
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return { register, file };
  });
  const window = { from: -Infinity, to: Infinity, tolerance: 300_000 };
  return reconcile({ exports: [out], registers, window });
}

test('an honest gateway agrees, and everybody asked about is on record', async () => {
  const answers = await Promise.all([
    ...people.map(({ personalId }, at) =>
      gateway.ask(CITIZEN, { personalId }, { officer: `officer.${at % 5}` }),
    ),
    gateway.ask(BATCH, { ids: people.map(({ personalId }) => personalId) }, { officer: 'officer.0' }),
    gateway.ask(CITIZEN, { personalId: '001999999999' }),
    ...people.map(({ personalId }, at) =>
      gateway.ask(FAMILY, { personalId }, { officer: `officer.${at % 7}` }),
    ),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const result = await reconciled('first');
  expect(result).toMatchObject({ verdict: 'agree', findings: [], unnamed: 0 });
  expect(result.calls).toBeGreaterThan(10);
});

test('an officer’s own record, which a rule reads, is all that no entry is about', async () => {
  await Promise.all(
    officers.map(({ personalId: officerPersonalId }, at) => {
      const caller = { officer: `own.${at}`, officerPersonalId };
      return gateway.ask(CITIZEN, { personalId: people[at]?.personalId }, caller);
    }),
  );
  const result = await reconciled('second');
  expect(result).toMatchObject({ verdict: 'agree', findings: [] });
  expect(result.unnamed).toBeGreaterThan(0);
  // The population register says who the officer is, the civil-status books who the officer's children are.
  expect(result.unnamed).toBeLessThanOrEqual(2 * officers.length);
});
