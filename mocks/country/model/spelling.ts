import type { Random } from '../random.ts';
import type { Name } from './naming.ts';

/** The two ways of placing a tone on oa, oe and uy. */
const TONE_PLACES: readonly (readonly [string, string])[] = [
  ['oà', 'òa'],
  ['oá', 'óa'],
  ['oả', 'ỏa'],
  ['oè', 'òe'],
  ['uỳ', 'ùy'],
  ['uý', 'úy'],
  ['uỷ', 'ủy'],
];

/** Letters that clerks mix up. */
const LETTERS: readonly (readonly [string, string])[] = [
  ['ỳ', 'ì'],
  ['ý', 'í'],
  ['y', 'i'],
  ['ú', 'ủ'],
  ['ủ', 'ú'],
  ['ũ', 'ủ'],
  ['ắ', 'ấ'],
  ['ầ', 'ấ'],
  ['ấ', 'ầ'],
  ['ễ', 'ể'],
  ['ạ', 'á'],
  ['à', 'á'],
  ['ả', 'ã'],
  ['ộ', 'ọ'],
  ['ồ', 'ô'],
  ['ơ', 'ô'],
  ['ư', 'u'],
  ['ô', 'ơ'],
  ['Đ', 'D'],
  ['i', 'y'],
  ['â', 'ă'],
  ['ê', 'e'],
  ['a', 'ă'],
  ['o', 'ô'],
  ['u', 'ư'],
];

function replaceOne(text: string, pairs: readonly (readonly [string, string])[]): string | undefined {
  const pair = pairs.find(([from]) => text.includes(from));
  return pair === undefined ? undefined : text.replace(pair[0], pair[1]);
}

/** The given name as somebody else wrote it: the tone placed by the other rule, in capitals, or one letter different. */
export function misspell(random: Random, name: Name): Name {
  const both = [...TONE_PLACES, ...TONE_PLACES.map(([a, b]) => [b, a] as const)];
  const moved = replaceOne(name.given, both);
  if (moved !== undefined) return { ...name, given: moved };
  if (random.chance(0.2)) return { ...name, given: name.given.toUpperCase() };
  return { ...name, given: replaceOne(name.given, LETTERS) ?? `${name.given}h` };
}
