import type { Limits } from '../../config/limits.ts';

const HUNDRED_RECORDS = 'a hundred records need a tenth of it';

export const REPLY_LIMITS = {
  values: {
    value: 200_000,
    unit: 'values',
    why: `Of one JSON reply; ${HUNDRED_RECORDS}. Millions of empty objects would hold everybody up.`,
  },
  elements: {
    value: 100_000,
    unit: 'elements',
    why: `Of one XML reply, comments among them; ${HUNDRED_RECORDS}.`,
  },
  elementsOfRecord: {
    value: 5_000,
    unit: 'elements',
    why: 'Of the XML about one person inside a JSON reply.',
  },
  attributes: { value: 20_000, unit: 'attributes', why: `Of one XML text; ${HUNDRED_RECORDS}.` },
  references: {
    value: 20_000,
    unit: 'references',
    why: 'Such as &amp; in one XML text: each costs as much as an element.',
  },
  rows: {
    value: 1_000,
    unit: 'rows',
    why: 'Of one reply: at most 100 keys are asked, and few strays come along.',
  },
  parties: {
    value: 1_000,
    unit: 'entries',
    why: 'Of each list of a dossier; at most 100 subjects are asked, and an office has few officers.',
  },
} as const satisfies Limits;

/** True where the text has one of these characters more often than that, counted together, wherever they stand. Nothing is parsed. */
export function hasMoreThan(text: string, characters: readonly string[], most: number): boolean {
  // Usual replies are shorter, and are not searched.
  if (text.length <= most) return false;
  let count = 0;
  for (const character of characters) {
    for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
      count += 1;
      if (count > most) return true;
    }
  }
  return false;
}
