import type { RegisterBinding } from '../../../src/sources/binding.ts';
import { buildBatchConnector } from '../../../src/sources/calls/batch-connector.ts';
import { describeRegister } from '../../../src/sources/register-descriptor.ts';
import { bearerCredentials, bearerOf } from '../../../src/sources/wire/bearer-credentials.ts';
import { readVehiclesAnswer } from './answer.ts';
import { readPlate } from './record.ts';
import { vehiclesRequest } from './request.ts';

const binding: RegisterBinding = {
  entities: {
    Vehicle: {
      keyField: 'plate',
      anchor: 'vehicles.vehicle',
      // The log's format has a closed list of kinds of subject: a vehicle stands there by its registration certificate.
      subject: () => 'certificate',
      matchPersons: ({ ownerId }) => (typeof ownerId === 'string' ? [ownerId] : []),
    },
  },
  records: { Citizen: 'vehicles.owned', Vehicle: 'vehicles.vehicle' },
  links: { 'Citizen.vehicles': 'plates', 'Vehicle.owner': 'ownerId' },
  rowSubjects: {},
  evaluations: {},
  roots: { vehicle: { entity: 'Vehicle', argument: 'plate', parse: readPlate } },
};

export const vehiclesRegister = describeRegister({
  name: 'vehicles',
  legalName: { vi: 'Cơ sở dữ liệu về đăng ký xe', en: 'Vehicle Registration Database' },
  recordKinds: {
    'vehicles.vehicle': { value: 60_000, unit: 'ms', why: 'A vehicle changes its owner rarely.' },
    'vehicles.owned': { value: 60_000, unit: 'ms', why: 'A vehicle changes its owner rarely.' },
  },
  callLimits: {
    itemsPerCall: { value: 100, unit: 'keys', why: 'As many as the others.' },
    callsPerSecond: { value: 5_000, unit: 'calls', why: 'As many as the others.' },
  },
  credentials: bearerCredentials,
  sdl: new URL('../vehicles.graphql', import.meta.url),
  binding,
  buildConnector: (transport, credentials) =>
    buildBatchConnector(transport, {
      register: 'vehicles',
      kinds: ['vehicles.vehicle', 'vehicles.owned'],
      request: (items, call) => vehiclesRequest(items, call, bearerOf(credentials)),
      read: readVehiclesAnswer,
    }),
});
