import { z } from 'zod';
import { REASONS } from '../explain/reasons.ts';
import { EVIDENCE, PATTERNS, SEVERITIES } from '../suspicion/pattern.ts';
import { CLOSING_REASONS, type ClosingReason } from './closing-reasons.ts';

/** The acts about alerts, as they stand in the access log (schema/access-log/FORMAT.md). None of them names a person. */
export const ALERT_ACTS = [
  'alert-opened',
  'alert-explained',
  'alert-escalated',
  'alert-closed',
  'alert-reopened',
  'alert-suspension-lifted',
] as const;
export type AlertAct = (typeof ALERT_ACTS)[number];

export function isAlertAct(purpose: string | null): purpose is AlertAct {
  return (ALERT_ACTS as readonly (string | null)[]).includes(purpose);
}

export const ALERT_NOTE_LIMITS = {
  note: { value: 1_000, unit: 'characters', why: 'What a person writes about an alert.' },
} as const;

const alert = z.string().regex(/^[0-9a-f]{32}$/);
const severity = z.enum(SEVERITIES);
const count = z.number().nonnegative();
const tried = z.strictObject({
  reason: z.enum(REASONS),
  /** Accesses of the evidence that it explains. */
  explained: z.int().nonnegative(),
});

/** `detail` of `alert-opened`. */
export const AlertOpenedFormat = z.strictObject({
  alert,
  rule: z.enum(PATTERNS),
  severity,
  client: z.string(),
  observed: count,
  usual: count,
  /** X-Access-Entry of answers. */
  evidence: z.array(z.string()).min(1).max(EVIDENCE),
  /** Accesses in the evidence, and how many of them each reason explains. */
  accesses: z.int().nonnegative(),
  tried: z.array(tried),
  /** The officer is suspended until a person lifts it: the agreement says so. */
  suspends: z.boolean(),
});
export type AlertOpened = z.infer<typeof AlertOpenedFormat>;

const about = { alert, by: z.string().min(1) };
const note = z.string().max(ALERT_NOTE_LIMITS.note.value);
const closing = z.enum(Object.keys(CLOSING_REASONS) as [ClosingReason, ...ClosingReason[]]);

/** `detail` of `alert-escalated`: by a person with a note, or by the gateway itself because it grew or nobody looked at it. */
export const AlertEscalatedFormat = z.strictObject({
  ...about,
  level: z.int().positive(),
  why: z.enum(['person', 'undecided', 'unattended', 'grown']),
  note: note.optional(),
  severity: severity.optional(),
  observed: count.optional(),
  evidence: z.array(z.string()).max(EVIDENCE).optional(),
  suspends: z.boolean().optional(),
});
export type AlertEscalated = z.infer<typeof AlertEscalatedFormat>;

export const AlertExplainedFormat = z.strictObject({ ...about, note });
export const AlertClosedFormat = z.strictObject({ ...about, reason: closing, note });
export const AlertReopenedFormat = z.strictObject({ ...about, note });
export const AlertLiftedFormat = z.strictObject({ ...about, note });

/** One act about an alert, as it was read. */
export type AlertDetail =
  | { readonly purpose: 'alert-opened'; readonly detail: AlertOpened }
  | { readonly purpose: 'alert-escalated'; readonly detail: AlertEscalated }
  | { readonly purpose: 'alert-explained'; readonly detail: z.infer<typeof AlertExplainedFormat> }
  | { readonly purpose: 'alert-closed'; readonly detail: z.infer<typeof AlertClosedFormat> }
  | { readonly purpose: 'alert-reopened'; readonly detail: z.infer<typeof AlertReopenedFormat> }
  | { readonly purpose: 'alert-suspension-lifted'; readonly detail: z.infer<typeof AlertLiftedFormat> };

const FORMATS: Readonly<Record<AlertAct, z.ZodType>> = {
  'alert-opened': AlertOpenedFormat,
  'alert-escalated': AlertEscalatedFormat,
  'alert-explained': AlertExplainedFormat,
  'alert-closed': AlertClosedFormat,
  'alert-reopened': AlertReopenedFormat,
  'alert-suspension-lifted': AlertLiftedFormat,
};

/** Reads the detail of an act about an alert; null where it has another shape. */
export function readAlertAct(purpose: AlertAct, detail: unknown): AlertDetail | null {
  const read = FORMATS[purpose].safeParse(detail);
  return read.success ? ({ purpose, detail: read.data } as AlertDetail) : null;
}
