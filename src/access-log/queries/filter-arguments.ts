import { hasPersonalIdForm } from '../../registers.ts';
import type { Limits } from '../../config/limits.ts';
import { readInstant } from '../../log-format/rfc3339.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { GatewayError } from '../../errors.ts';
import type { Subject } from '../../disclosure/subject.ts';
import { isLogName } from '../entry/log-name.ts';
import type { SearchPlace } from '../read/search/candidates.ts';

/** The filter of `accessLog`, as given. */
export interface GivenFilter {
  readonly answerId: string | null;
  readonly client: string | null;
  readonly officer: string | null;
  readonly purpose: string | null;
  readonly caseId: string | null;
  readonly register: string | null;
  readonly coordinate: string | null;
  readonly outcome: string | null;
  /** Milliseconds since 1970. */
  readonly from: number | null;
  readonly to: number | null;
  readonly subject: Subject | null;
}

export const LOG_QUERY_LIMITS = {
  defaultPage: {
    value: 50,
    unit: 'entries',
    why: 'An auditor who gives no `first` gets a page of this size.',
  },
  page: { value: 100, unit: 'entries', why: 'The largest page of a log query.' },
  argument: {
    value: 256,
    unit: 'characters',
    why: 'No argument of a log query is longer than any name or number in the log.',
  },
} as const satisfies Limits;

/**
 * The names that a filter may use. Any other name would be found nowhere, and would read as if nothing had happened.
 */
export interface LogNames {
  isRegister(name: string): boolean;
  isCoordinate(name: string): boolean;
}

/** Throws UserInputError. */
export function readFilter(given: unknown, names: LogNames): GivenFilter {
  const filter = (given ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => textFilterOf(name, filter[name]);
  const { from, to } = readPeriod(filter);
  return {
    answerId: text('entry'),
    client: text('client'),
    officer: text('officer'),
    purpose: text('purpose'),
    caseId: text('case'),
    register: known('register', text('register'), names.isRegister),
    coordinate: known('coordinate', text('coordinate'), names.isCoordinate),
    outcome: fromEnum(text('outcome')),
    from,
    to,
    subject: readSubject(given),
  };
}

/** Reads the subject that a filter asks for. Throws UserInputError. */
export function readSubject(given: unknown): Subject | null {
  const { subject } = (given ?? {}) as {
    readonly subject?: { readonly kind: string; readonly key: string } | null;
  };
  return subject ? subjectOf(subject) : null;
}

function known(name: string, value: string | null, isKnown: (value: string) => boolean): string | null {
  if (value === null || isKnown(value)) return value;
  throw new UserInputError(`The argument "${name}" names none.`);
}

/** Throws UserInputError for a period that ends before it begins. */
export function readPeriod(given: Readonly<Record<string, unknown>>): Pick<GivenFilter, 'from' | 'to'> {
  const from = readTime('from', given['from']);
  const to = readTime('to', given['to']);
  if (from !== null && to !== null && from > to) {
    throw new UserInputError('The argument "from" must not be after "to".');
  }
  return { from, to };
}

/**
 * Makes the subject that a filter asks for. It stands in the asker's own entry, which must keep the form that the
 * format allows: `none` has no key, every other kind has one, and two spellings of one subject become one.
 */
function subjectOf({ kind, key }: { readonly kind: string; readonly key: string }): Subject {
  const name = fromEnum(kind) as Subject['kind'];
  if (name === 'none') return { kind: name, key: '' };
  if (key === '') throw new UserInputError('The argument "subject" must have a key.');
  if (name === 'person' && !hasPersonalIdForm(key)) {
    throw new UserInputError('The argument "subject" must have 12 digits as the key of a person.');
  }
  return { kind: name, key: textFilterOf('subject', key) ?? '' };
}

// Databases refuse some control characters (PostgreSQL U+0000), and no name, number or code has any.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Reads a text argument. Returns null where there is none. Throws UserInputError for a text that cannot stand in the
 * log.
 */
export function textFilterOf(name: string, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.length > LOG_QUERY_LIMITS.argument.value || CONTROL.test(value)) {
    throw new UserInputError(
      `The argument "${name}" must be at most ${LOG_QUERY_LIMITS.argument.value} characters, none of them a control character.`,
    );
  }
  return value.toWellFormed();
}

/** `NOT_FOUND` as the log has it: `not-found`. */
function fromEnum<T extends string | null>(name: T): T extends null ? string | null : string {
  return (name === null ? null : name.toLowerCase().replaceAll('_', '-')) as T extends null
    ? string | null
    : string;
}

export function toEnum(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/** Throws UserInputError for what is no time with its zone. */
export function readTime(name: string, value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const time = typeof value === 'string' ? readInstant(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new UserInputError(`The argument "${name}" must be a time such as 2026-11-22T09:30:00Z.`);
  }
  return time;
}

/** Throws UserInputError below 1, OPERATION_TOO_LARGE above 100. */
export function readFirst(value: unknown, otherwise: number = LOG_QUERY_LIMITS.defaultPage.value): number {
  if (value === undefined || value === null) return otherwise;
  const first = Number(value);
  if (first < 1) throw new UserInputError('The argument "first" must be at least 1.');
  if (first > LOG_QUERY_LIMITS.page.value) throw new GatewayError('OPERATION_TOO_LARGE');
  return first;
}

export function formatCursor({ time, log, leaf }: SearchPlace): string {
  return Buffer.from(JSON.stringify([time, log, leaf])).toString('base64url');
}

export function readCursor(value: unknown): SearchPlace | null {
  if (typeof value !== 'string') return null;
  try {
    const [time, log, leaf] = JSON.parse(Buffer.from(value, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(time) && isLogName(log) && Number.isSafeInteger(leaf)) {
      return { time: time as number, log, leaf: leaf as number };
    }
  } catch {
    // Not one of ours.
  }
  throw new UserInputError('The argument "after" must be the "next" of a page before.');
}
