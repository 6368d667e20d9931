import type { Random } from '../random.ts';
import type { Name } from './persons/naming.ts';

/** The two ways of placing a tone on oa, oe and uy, where these end a word. */
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
  ['An', 'Án'],
  ['ùng', 'ưng'],
  ['ọ', 'ộ'],
  ['ù', 'ú'],
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
  ['Ý', 'Y'],
  ['i', 'y'],
  ['â', 'ă'],
  ['ê', 'e'],
  ['a', 'ă'],
  ['o', 'ô'],
  ['u', 'ư'],
];

function moveTone(given: string): string | undefined {
  if (given.startsWith('Qu')) return undefined;
  for (const [onSecond, onFirst] of TONE_PLACES) {
    if (given.endsWith(onSecond)) return given.slice(0, -2) + onFirst;
    if (given.endsWith(onFirst)) return given.slice(0, -2) + onSecond;
  }
  return undefined;
}

function mixUp(given: string): string | undefined {
  const pair = LETTERS.find(([from]) => given.includes(from));
  return pair === undefined ? undefined : given.replace(pair[0], pair[1]);
}

/** The given name as somebody else wrote it: the tone placed by the other rule, one letter different, or in capitals. */
export function misspell(random: Random, name: Name): Name {
  const capitals = name.given.toUpperCase();
  const mixed = mixUp(name.given);
  const ways = random.chance(0.2) ? [capitals, mixed] : [mixed, capitals];
  const other = [moveTone(name.given), ...ways].find((given) => given !== undefined && given !== name.given);
  return { ...name, given: other ?? `${name.given}a` };
}
