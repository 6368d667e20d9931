import type { CallerKind } from '../../identity/registered-clients.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { ErrorCode } from '../../errors.ts';

/** A root of the schema that the access log answers. */
export interface LogQuery {
  readonly fieldName: string;
  /** Arguments by name, coerced; undefined where left out. */
  readonly given: Readonly<Record<string, unknown>>;
}

export interface LogCaller {
  readonly kind: CallerKind;
  readonly clientId: string;
  readonly officer: string;
  /** Claim `sub`: for a citizen the personal id. */
  readonly subject: string;
  /** Register of an owner. */
  readonly register: string | null;
  /** X-Case-Id as sent. */
  readonly caseId: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface LogReply {
  /** Every field of the root's type by its name; null with `fault`, and where there is nothing. */
  readonly value: unknown;
  readonly fault: ErrorCode | null;
  /** The subjects that the answer tells of. Each of them stands in the asker's own entry. */
  readonly named: readonly Subject[];
  /** Latest release of what it shows, milliseconds since 1970, or null: that it was looked at tells that it is there. */
  readonly release: number | null;
}

/** The part of the path that answers queries to the log. */
export interface LogQueries {
  /** Rejects with GatewayError (CASE_REQUIRED, CASE_NOT_VALID) and with UserInputError. */
  answer(query: LogQuery, caller: LogCaller): Promise<LogReply>;
}

export function reply(
  value: unknown,
  named: readonly Subject[] = [],
  releases: readonly (number | null)[] = [],
): LogReply {
  return { value, fault: null, named, release: latestOf(releases) };
}

/** The latest release; null where there is none. */
export function latestOf(releases: readonly (number | null)[]): number | null {
  return releases.reduce((latest, one) => (one !== null && one > (latest ?? 0) ? one : latest), null);
}

export function refusal(fault: ErrorCode, named: readonly Subject[] = []): LogReply {
  return { value: null, fault, named, release: null };
}
