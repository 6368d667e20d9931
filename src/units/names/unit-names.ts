import { comparableName, unifyLetters } from './letters.ts';

/** A unit's name taken apart, so that spellings of the same name are equal. */
export interface UnitName {
  /** Kind of unit as it is written in full, in lower case: `phường`; null where the name stands without one. */
  readonly kind: string | null;
  /** The name without its kind, in a spelling of its own that only serves to compare. */
  readonly proper: string;
}

/** Abbreviations as forms and envelopes have them. A dot or a space follows; a number may follow at once (`P1`, `Q10`). */
const KINDS: readonly (readonly [kind: string, written: string])[] = [
  ['thành phố', 'thành phố|thành phố trực thuộc trung ương|tp'],
  ['tỉnh', 'tỉnh|t'],
  ['quận', 'quận|q'],
  ['huyện', 'huyện|h'],
  ['thị xã', 'thị xã|tx'],
  ['thị trấn', 'thị trấn|tt'],
  ['phường', 'phường|p'],
  ['xã', 'xã|x'],
  ['đặc khu', 'đặc khu|đk'],
];
const PATTERNS = KINDS.map(
  ([kind, written]) => [kind, new RegExp(`^(?:${written})(?:[. ]\\s*|(?=\\d))(?=\\S)`)] as const,
);

const OTHER_NAMES: Readonly<Record<string, string>> = {
  hcm: 'hồ chí minh',
  'thừa thiên huế': 'huế',
  'thừa thiên-huế': 'huế',
  'bà rịa vũng tàu': 'bà rịa-vũng tàu',
};

/**
 * Reads a unit's name. Equal are: letter case, compositions (NFC, NFD), the place of the tone (`Hoà`, `Hòa`), `Ð` for `Đ`,
 * apostrophes, spaces round a hyphen, numbers with a zero before them (`Phường 01`), and abbreviated kinds (`TP.`, `P.`, `Q1`).
 * A name without its marks is another name: nothing is guessed.
 */
export function readUnitName(text: string): UnitName {
  const plain = unifyLetters(text.normalize('NFC'))
    .toLocaleLowerCase('vi')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*[-\u2013]\s*/g, '-')
    .trim();
  for (const [kind, pattern] of PATTERNS) {
    const rest = plain.replace(pattern, '');
    if (rest !== plain) return { kind, proper: comparable(rest) };
  }
  return { kind: null, proper: comparable(plain) };
}

/** Whether a name as it is written can be the name of a unit. Kinds differ only where both have one. */
export function isNameOf(written: UnitName, unit: UnitName): boolean {
  return written.proper === unit.proper && (written.kind === null || written.kind === unit.kind);
}

function comparable(name: string): string {
  const written = OTHER_NAMES[name] ?? name;
  return comparableName(written.replaceAll(/(?<=^| )0+(?=\d)/g, ''));
}
