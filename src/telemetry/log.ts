import { pino } from 'pino';
import type { LogLevel } from '../config/settings/setting-table.ts';
import { limitLines } from './limited-lines.ts';

/** The only keys that a log line may carry. None of them can hold a person's data, a token, a body or an address. */
export interface LogFields {
  readonly code?: string;
  readonly register?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly count?: number;
  /** The name of an access log. */
  readonly accessLog?: string;
  readonly index?: number;
  readonly client?: string;
  readonly agreement?: string;
  readonly version?: number;
  readonly requestId?: string;
  readonly entry?: string;
  readonly traceId?: string;
  readonly alarm?: string;
  /** One of a closed list, such as TOKEN_FAULTS. */
  readonly reason?: string;
  readonly port?: number;
  readonly mode?: string;
  readonly signal?: string;
  readonly setting?: string;
  /** Class name of an unexpected error; its message and stack may hold anything. */
  readonly errorName?: string;
  /** Source positions of an unexpected error, without messages. */
  readonly errorFrames?: readonly string[];
}

const ALLOWED: ReadonlySet<string> = new Set<keyof LogFields>([
  'code',
  'register',
  'status',
  'milliseconds',
  'count',
  'accessLog',
  'index',
  'client',
  'agreement',
  'version',
  'requestId',
  'entry',
  'traceId',
  'alarm',
  'reason',
  'port',
  'mode',
  'signal',
  'setting',
  'errorName',
  'errorFrames',
]);

/** The operator's log: a fixed event, and fields from the list. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A warning that strangers can cause: at most LIMITED_LINE_LIMITS of them are written. */
  warnLimited(event: string, fields: LogFields): void;
}

/**
 * Builds a log of JSON lines on standard output or another stream. Events are fixed texts, and keys outside the list
 * are dropped.
 */
export function buildLog(level: LogLevel, stream?: { write(line: string): void }): Log {
  const logger = stream ? pino({ level, base: null }, stream) : pino({ level, base: null });
  const warn = (event: string, fields?: LogFields): void => logger.warn(allowed(fields), event);
  return {
    debug: (event, fields) => logger.debug(allowed(fields), event),
    info: (event, fields) => logger.info(allowed(fields), event),
    warn,
    error: (event, fields) => logger.error(allowed(fields), event),
    warnLimited: limitLines<LogFields>(warn),
  };
}

/** Describes an unexpected error by its class and its place in the source alone. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const frames = framesOf(error)
    .split('\n')
    .flatMap((line) => /([A-Za-z0-9_.-]+\.[cm]?[jt]s:\d+:\d+)\)?$/.exec(line)?.[1] ?? [])
    .slice(0, 5);
  return { errorName: error.name, errorFrames: frames };
}

/** The stack without the message, whose lines may look like frames and hold anything. */
function framesOf({ stack = '', message }: Error): string {
  const rest = stack.replace(/^[\w$]+(?: \[\w+\])?(?:: )?/, '');
  const frames = rest.startsWith(message) ? rest.slice(message.length) : '';
  return frames.startsWith('\n    at ') ? frames : '';
}

function allowed(fields: LogFields | undefined): object {
  if (!fields) return {};
  return Object.fromEntries(Object.entries(fields).filter(([key]) => ALLOWED.has(key)));
}
