import type { Commune } from '../../src/units/communes.ts';
import type { Point } from './identifiers/parcel-id.ts';
import { hash } from './random.ts';

/** A point well inside each province, remembered to a tenth of a degree (modelled). */
// prettier-ignore
const CENTRES: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  '01': [21.0, 105.7], '04': [22.7, 106.2], '08': [22.3, 105.1], '11': [21.6, 103.1], '12': [22.3, 103.3],
  '14': [21.2, 104.1], '15': [21.9, 104.5], '19': [21.9, 105.8], '20': [21.8, 106.6], '22': [21.2, 107.2],
  '24': [21.3, 106.3], '25': [21.2, 105.2], '31': [20.9, 106.4], '33': [20.6, 106.2], '37': [20.3, 106.0],
  '38': [20.0, 105.5], '40': [19.1, 105.0], '42': [18.3, 105.8], '44': [17.2, 106.6], '46': [16.4, 107.5],
  '48': [15.8, 108.0], '51': [14.8, 108.4], '52': [13.9, 108.6], '56': [12.2, 109.0], '66': [12.8, 108.5],
  '68': [11.6, 108.0], '75': [11.3, 107.0], '79': [10.8, 106.7], '80': [11.0, 106.3], '82': [10.4, 106.0],
  '86': [10.1, 106.2], '91': [10.2, 105.1], '92': [9.9, 105.7], '96': [9.2, 105.2],
};

/** A parcel's characteristic point: near the modelled place of its commune, about two kilometres around. */
export function pointIn({ provinceCode, code }: Commune, spread: number): Point {
  const [latitude, longitude] = CENTRES[provinceCode] ?? [16, 107.5];
  const part = (value: number, width: number): number => ((value % 10_001) / 10_000 - 0.5) * width;
  const place = Number(code);
  return {
    latitude: latitude + part(hash(place, 1), 0.4) + part(hash(spread, 1), 0.04),
    longitude: longitude + part(hash(place, 2), 0.4) + part(hash(spread, 2), 0.04),
  };
}
