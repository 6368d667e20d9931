import { hash } from '../random.ts';
import type { BlockKey } from './block-key.ts';
import { decodeItem, encodeItem } from './numbered-item.ts';

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';

/** A point in degrees (WGS84). */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The first characters of a point's GeoHash. */
export function geoHash({ latitude, longitude }: Point, length: number): string {
  let [south, north, west, east] = [-90, 90, -180, 180];
  let text = '';
  for (let place = 0; place < length; place += 1) {
    let letter = 0;
    for (let bit = 0; bit < 5; bit += 1) {
      letter <<= 1;
      if ((place * 5 + bit) % 2 === 0) {
        const middle = (west + east) / 2;
        if (longitude >= middle) [letter, west] = [letter | 1, middle];
        else east = middle;
      } else {
        const middle = (south + north) / 2;
        if (latitude >= middle) [letter, south] = [letter | 1, middle];
        else north = middle;
      }
    }
    text += ALPHABET[letter];
  }
  return text;
}

/** The middle of a GeoHash's cell: of twelve characters it is some centimetres wide. */
export function pointOfGeoHash(text: string): Point {
  let [south, north, west, east] = [-90, 90, -180, 180];
  for (let bit = 0; bit < text.length * 5; bit += 1) {
    const letter = ALPHABET.indexOf(text[Math.floor(bit / 5)] ?? '0');
    const isUpper = ((letter >> (4 - (bit % 5))) & 1) === 1;
    if (bit % 2 === 0) {
      if (isUpper) west = (west + east) / 2;
      else east = (west + east) / 2;
    } else if (isUpper) south = (south + north) / 2;
    else north = (south + north) / 2;
  }
  return { latitude: (south + north) / 2, longitude: (west + east) / 2 };
}

/**
 * A 12-character GeoHash (Circular 09/2024/TT-BTNMT): six characters place the parcel within about a kilometre of a
 * modelled point, the other six hide block and item, so that the place inside that cell is arbitrary.
 */
export function encodeParcelId(seed: number, block: BlockKey, item: number, point: Point): string {
  let code = encodeItem(hash(seed, 0x1a), block, item);
  let tail = '';
  for (let place = 0; place < 6; place += 1) {
    tail = `${ALPHABET[code & 31] ?? ''}${tail}`;
    code >>>= 5;
  }
  return geoHash(point, 6) + tail;
}

/** The block of a parcel id; undefined where malformed. */
export function decodeParcelId(seed: number, parcelId: string): BlockKey | undefined {
  if (!/^w[0-9b-hjkmnp-z]{11}$/.test(parcelId)) return undefined;
  let code = 0;
  for (const letter of parcelId.slice(6)) code = code * 32 + ALPHABET.indexOf(letter);
  return decodeItem(hash(seed, 0x1a), code);
}
