import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RegisterName } from '../../src/registers.ts';
import type { BatchItem, Connector } from '../../src/sources/calls/connector.ts';
import type { BusinessRecord, InterestsRecord } from '../../src/sources/business/record.ts';
import type { EventsRecord } from '../../src/sources/civil-status/record.ts';
import type { HoldingsRecord, ParcelRecord } from '../../src/sources/land/record.ts';
import type { HouseholdRecord, PersonRecord } from '../../src/sources/population/record.ts';
import type { RecordKind } from '../../src/sources/records/record.ts';
import { buildPooledConnectors } from './pooled-connectors.ts';
import { reportTo } from './system-under-test.ts';

/**
 * What the gateway replaces: an application that asks the four registers itself, written by hand for the contract's
 * citizen. It makes the same wire calls with the same parsers, and has neither rights nor log.
 */
const connectors = buildPooledConnectors(process.env);
const askers = [{ officer: 'bench', dossier: 'H26-261121-0001' }];

function connectorOf(register: RegisterName): Connector {
  const connector = connectors[register];
  if (!connector) throw new Error(`no register ${register}`);
  return connector;
}

async function fetchAll(
  register: RegisterName,
  keys: readonly (readonly [RecordKind, string])[],
): Promise<ReadonlyMap<string, unknown>> {
  const items: BatchItem[] = keys.map(([kind, key]) => ({ kind, key, askers }));
  const batch = await connectorOf(register).fetch(items, {
    requestId: randomUUID(),
    client: 'bench',
    purpose: 'inspection',
    timeoutMs: 5_000,
  });
  const found = new Map<string, unknown>();
  for (const { kind, key, outcome } of [...batch.rows, ...batch.primed]) {
    if (outcome.state === 'found') found.set(`${kind} ${key}`, outcome.value);
  }
  return found;
}

function briefly(person: PersonRecord | undefined) {
  return person
    ? { personalId: person.personalId, name: person.name, birthDate: person.birthDate, sex: person.sex }
    : null;
}

async function citizen(personalId: string) {
  const [people, civil, land, business] = await Promise.all([
    fetchAll('population', [['population.person', personalId]]),
    fetchAll('civil-status', [['civil-status.events', personalId]]),
    fetchAll('land', [['land.holdings', personalId]]),
    fetchAll('business', [['business.interests', personalId]]),
  ]);
  const person = people.get(`population.person ${personalId}`) as PersonRecord;
  const events = civil.get(`civil-status.events ${personalId}`) as EventsRecord;
  const holdings = land.get(`land.holdings ${personalId}`) as HoldingsRecord;
  const interests = business.get(`business.interests ${personalId}`) as InterestsRecord;
  const birth = typeof events.birth === 'object' ? events.birth : null;
  const marriages = typeof events.marriages === 'symbol' ? [] : events.marriages;
  const parcels = holdings.parcelIds.map((id) => land.get(`land.parcel ${String(id)}`) as ParcelRecord);
  const businesses = interests.businessCodes.map(
    (code) => business.get(`business.business ${String(code)}`) as BusinessRecord,
  );
  const relatives = new Set<string>();
  const add = (id: unknown): void => {
    if (typeof id === 'string' && id !== personalId) relatives.add(id);
  };
  add(birth?.motherId);
  add(birth?.fatherId);
  for (const marriage of marriages) if (typeof marriage === 'object') add(marriage.spouseId);
  for (const { legalRepresentatives } of businesses) {
    if (typeof legalRepresentatives === 'symbol') continue;
    for (const one of legalRepresentatives) if (typeof one === 'object') add(one.personalId);
  }
  const second: (readonly [RecordKind, string])[] = [...relatives].map((id) => ['population.person', id]);
  if (typeof person.residenceFileNo === 'string') {
    second.push(['population.household', person.residenceFileNo]);
  }
  const known = new Map(people);
  for (const [key, value] of second.length > 0 ? await fetchAll('population', second) : []) {
    known.set(key, value);
  }
  const household = known.get(`population.household ${String(person.residenceFileNo)}`) as
    HouseholdRecord | undefined;
  const members = household && typeof household.members !== 'symbol' ? household.members : [];
  const third: (readonly [RecordKind, string])[] = [];
  for (const member of members) {
    if (typeof member === 'symbol' || known.has(`population.person ${String(member.personalId)}`)) continue;
    third.push(['population.person', String(member.personalId)]);
  }
  for (const [key, value] of third.length > 0 ? await fetchAll('population', third) : []) {
    known.set(key, value);
  }
  const personOf = (id: unknown) =>
    typeof id === 'string' ? briefly(known.get(`population.person ${id}`) as PersonRecord | undefined) : null;
  return {
    ...briefly(person),
    permanentResidence: person.permanentResidence,
    household: household && {
      members: members.map((member) =>
        typeof member === 'symbol'
          ? null
          : { relationToHead: member.relationToHead, person: personOf(member.personalId) },
      ),
    },
    birth: birth && {
      entryNo: birth.entryNo,
      registeredOn: birth.registeredOn,
      place: birth.place,
      mother: personOf(birth.motherId),
      father: personOf(birth.fatherId),
    },
    marriages: marriages.map((one) =>
      typeof one === 'symbol'
        ? null
        : { entryNo: one.entryNo, registeredOn: one.registeredOn, spouse: personOf(one.spouseId) },
    ),
    death: events.death,
    landParcels: parcels.map(({ id, sheetNo, parcelNo, area, uses }) => ({
      id,
      sheetNo,
      parcelNo,
      area,
      uses,
    })),
    businesses: businesses.map(({ code, name, status, legalRepresentatives }) => ({
      code,
      name,
      status,
      legalRepresentatives:
        typeof legalRepresentatives === 'symbol'
          ? null
          : legalRepresentatives.map((one) =>
              typeof one === 'symbol' ? null : { person: personOf(one.personalId) },
            ),
    })),
  };
}

async function answer(body: string, response: ServerResponse): Promise<void> {
  const { variables } = JSON.parse(body) as { variables: { personalId: string } };
  try {
    const text = JSON.stringify({ data: { citizen: await citizen(variables.personalId) } });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  } catch {
    response.writeHead(502);
    response.end();
  }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => void answer(Buffer.concat(chunks).toString('utf8'), response));
});
server.listen(0, '127.0.0.1', () => reportTo(process, (server.address() as AddressInfo).port));
