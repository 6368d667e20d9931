import type { AccessLogFilter, AccessOutcome } from '../../generated/console-operations.ts';
import { boundsOfDay } from '../shell/formats.ts';
import { OUTCOMES } from './entry-words.ts';

/** The fields of the search form, as the page's address holds them. A person's number is never in an address. */
export const FILTER_FIELDS = [
  'officer',
  'client',
  'purpose',
  'case',
  'register',
  'coordinate',
  'outcome',
  'from',
  'to',
] as const;

export type FilterField = (typeof FILTER_FIELDS)[number];
export type FilterTexts = Readonly<Partial<Record<FilterField, string>>>;

/** Reads the fields that are set in an address. */
export function filterTextsOf(query: URLSearchParams): FilterTexts {
  return Object.fromEntries(
    FILTER_FIELDS.flatMap((name) => {
      const text = query.get(name)?.trim() ?? '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}

/** The filter of the schema. Days count whole in the time of Viet Nam; `personalId` needs a second approval or a complaint. */
export function accessLogFilterOf(texts: FilterTexts, personalId: string): AccessLogFilter {
  const { from, to, outcome, ...plain } = texts;
  return {
    ...plain,
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(isDay(from) ? { from: boundsOfDay(from).from } : {}),
    ...(isDay(to) ? { to: boundsOfDay(to).to } : {}),
    ...(personalId === '' ? {} : { subject: { kind: 'PERSON', key: personalId } }),
  };
}

function isOutcome(text: string | undefined): text is AccessOutcome {
  return text !== undefined && Object.hasOwn(OUTCOMES, text);
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
