import type { Limits } from '../../config/limits.ts';
import { isJsonObject } from '../wire/json-values.ts';

export const GEOMETRY_LIMITS = {
  positions: {
    value: 5_000,
    unit: 'positions',
    why: 'Corners of one parcel; a surveyed one has some dozens.',
  },
} as const satisfies Limits;

type Position = readonly [longitude: number, latitude: number];
type Rings = readonly (readonly Position[])[];

/** A geometry by RFC 7946, in WGS84. */
export type ParcelGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: Rings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Rings[] };

/** Reads a Polygon or MultiPolygon, and drops what else stands in it, such as a height. */
export function readGeometry(raw: unknown): ParcelGeometry | undefined {
  if (!isJsonObject(raw)) return undefined;
  const budget = { left: GEOMETRY_LIMITS.positions.value };
  if (raw['type'] === 'Polygon') {
    const coordinates = readRings(raw['coordinates'], budget);
    return coordinates && Object.freeze({ type: 'Polygon', coordinates });
  }
  if (raw['type'] !== 'MultiPolygon') return undefined;
  const coordinates = readAll(raw['coordinates'], (rings) => readRings(rings, budget));
  return coordinates && Object.freeze({ type: 'MultiPolygon', coordinates });
}

function readRings(raw: unknown, budget: { left: number }): Rings | undefined {
  return readAll(raw, (ring) => {
    budget.left -= Array.isArray(ring) ? ring.length : 0;
    if (budget.left < 0) return undefined;
    const positions = readAll(ring, readPosition);
    const [first, last] = [positions?.[0], positions?.at(-1)];
    // A ring is closed and has at least three corners (RFC 7946 section 3.1.6).
    const isClosed = first !== undefined && first[0] === last?.[0] && first[1] === last[1];
    return isClosed && (positions?.length ?? 0) > 3 ? positions : undefined;
  });
}

/** A list whose every item can be read, and that is not empty. */
function readAll<T>(raw: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(raw) || raw.length === 0) return undefined;
  const items: T[] = [];
  for (const one of raw) {
    const item = read(one);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return Object.freeze(items);
}

function readPosition(raw: unknown): Position | undefined {
  if (!Array.isArray(raw)) return undefined;
  const [longitude, latitude] = raw as readonly unknown[];
  return isWithin(longitude, 180) && isWithin(latitude, 90)
    ? Object.freeze([longitude, latitude])
    : undefined;
}

function isWithin(degrees: unknown, most: number): degrees is number {
  return typeof degrees === 'number' && degrees >= -most && degrees <= most;
}
