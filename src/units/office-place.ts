import type { Principal } from '../identity/principal.ts';
import type { OfficePlace } from '../telemetry/activity-observer.ts';
import { findCommune } from './communes.ts';

/** The office for which a caller asks: the token's unit or the client's registered one. Only agencies have an office. */
export function officePlaceOf({ client, unit }: Pick<Principal, 'client' | 'unit'>): OfficePlace {
  if (client.kind !== 'agency') return { office: null, commune: null, province: null };
  const commune = unit === null ? undefined : findCommune(unit);
  return {
    office: client.id,
    commune: commune?.code ?? null,
    province: commune?.provinceCode ?? client.province,
  };
}
