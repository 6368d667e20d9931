import { randomBytes } from 'node:crypto';
import type { AnswerRecord } from '../../src/access-log/entry/answer-record.ts';
import { openStore, type StoreSettings } from '../../src/access-log/stores/open-store.ts';
import { buildGroups } from '../../src/access-log/write/group/build-groups.ts';
import type { RecordDraft } from '../../src/access-log/write/group/draft-lines.ts';
import { draftOf } from '../../src/access-log/write/group/record-draft.ts';
import type { SubjectDisclosure } from '../../src/disclosure/disclosure-recorder.ts';
import { exampleRecord, KEYS } from '../access-log/support/example-record.ts';
import {
  clientId,
  drawClient,
  ENTRIES_AN_ANSWER,
  FIRST_DAY,
  LAST_MOMENT,
  officerOf,
  personalId,
  PERSONS,
} from './log-search-country.ts';

/**
 * Child of log-search.ts: `STORE ENTRIES ANSWERS_A_GROUP`. Writes as the writer's thread does, group by group, but without the thread and
 * with times spread over two years. Prints the seconds that it took.
 */
const [storeText = '', entriesText = '', perGroupText = ''] = process.argv.slice(2);
const settings = JSON.parse(storeText) as StoreSettings;
const answers = Math.ceil(Number(entriesText) / ENTRIES_AN_ANSWER);
const perGroup = Number(perGroupText);

const PURPOSES = ['civil-status-registration', 'inspection', 'social-assistance', 'form-prefill'] as const;
const ASKED = ['Citizen.birthDate', 'Citizen.name', 'Citizen.residence', 'PersonName.full'];
const KIN = ['Citizen.name', 'PersonName.full'];
const PARCELS = ['Citizen.landParcels', 'LandParcel.area', 'LandParcel.use'];

const store = openStore(settings, KEYS.log);
await store.open(true);
const groups = buildGroups({ ...KEYS, tree: await store.readTree() });
const begun = performance.now();
for (let at = 0; at < answers; at += perGroup) {
  const records: RecordDraft[] = [];
  const end = Math.min(answers, at + perGroup);
  for (let answer = at; answer < end; answer++) records.push(draftOf(recordAt(answer)));
  const group = groups.build(records, timeOf(end - 1));
  await store.commit(group.rows);
  group.accept();
}
await store.close();
process.stdout.write(String((performance.now() - begun) / 1000));

function timeOf(answer: number): number {
  return FIRST_DAY + Math.floor((answer / answers) * (LAST_MOMENT - FIRST_DAY));
}

function recordAt(answer: number): AnswerRecord {
  const client = drawClient(Math.random());
  const id = randomBytes(16).toString('hex');
  return exampleRecord({
    id,
    time: timeOf(answer),
    client: clientId(client),
    officer: officerOf(client, Math.floor(Math.random() * 1_000)),
    tokenKey: `idp-${client % 4}`,
    purpose: PURPOSES[client % PURPOSES.length] ?? PURPOSES[0],
    caseId: `H26-${String(answer % 1_000_000).padStart(6, '0')}-0001`,
    requestId: id.slice(0, 12),
    denied: [],
    upstream: [{ register: 'population', requestId: id.slice(0, 8) }],
    subjects: [
      disclosureOf(id, 'population', ASKED, client % 5 === 2 ? PARCELS : null),
      disclosureOf(id, 'civil-status', KIN, null),
      disclosureOf(id, 'population', KIN, null),
    ],
  });
}

function disclosureOf(
  id: string,
  register: string,
  coordinates: readonly string[],
  parcels: readonly string[] | null,
): SubjectDisclosure {
  const part = { status: 'value', age: 'live', isCached: false, upstreamIds: [id.slice(0, 8)] } as const;
  const disclosed = [{ register, coordinates, ...part }];
  if (parcels) disclosed.push({ register: 'land', coordinates: parcels, ...part });
  return {
    subject: { kind: 'person', key: personalId(Math.floor(Math.random() * PERSONS)) },
    outcome: 'disclosed',
    rule: null,
    inputs: '00000---',
    caseIds: [],
    disclosed,
  };
}
