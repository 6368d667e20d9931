/** Characters without a width of their own, and the soft hyphen: pasted text is full of them. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Apostrophes as keyboards, word processors and registers write them. */
const APOSTROPHES = /[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u00b4\u0060\u2032\uff07]/g;

/** Icelandic eth and African D look like the Vietnamese letter, and old code tables put them in its place. */
const CAPITAL_D = /[\u00d0\u0189]/g;
const SMALL_D = /[\u00f0\u0256]/g;

/** One spelling for what a reader cannot tell apart: invisible characters, apostrophes, and the letter Đ. */
export function unifyLetters(text: string): string {
  return text
    .replaceAll(INVISIBLE, '')
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(CAPITAL_D, '\u0110')
    .replaceAll(SMALL_D, '\u0111');
}

/** Tone marks, separated from their vowels by NFD: grave, acute, tilde, hook above, dot below. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A name to compare: without letter case, spacing, the place of the tone (`hòa`, `hoà`) and look-alike letters. A name without its marks is another one. */
export function comparableName(name: string): string {
  return unifyLetters(name)
    .normalize('NFD')
    .toLowerCase()
    .split(/\s+/u)
    .filter((syllable) => syllable !== '')
    .map((syllable) => {
      const tones = syllable.match(TONES) ?? [];
      return syllable.replace(TONES, '') + tones.join('');
    })
    .join(' ');
}
