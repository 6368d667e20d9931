import type { Entry } from './entry-format.ts';
import { isoTime } from './iso-time.ts';

/** The statements of an access as a citizen was told it. A field that the query left out is undefined. */
export interface ToldAccess {
  /** ISO 8601. */
  readonly time?: string | undefined;
  readonly agency?: string | null | undefined;
  readonly purpose?: string | null | undefined;
  readonly legalBasis?: string | null | undefined;
  readonly case?: string | null | undefined;
  readonly outcome?: string | undefined;
  readonly disclosed?:
    | readonly {
        readonly register?: string | undefined;
        readonly coordinates?: readonly string[] | undefined;
        readonly isNone?: boolean | undefined;
      }[]
    | undefined;
}

/** The first field that says something else than the entry; null where none does. */
export function otherwiseTold(told: ToldAccess, { answer, cases, disclosed, outcome }: Entry): string | null {
  const stands: readonly (readonly [name: keyof ToldAccess, value: string | null])[] = [
    ['time', isoTime(answer.time)],
    ['agency', answer.caller.agency],
    ['purpose', answer.purpose],
    ['legalBasis', answer.legalBasis],
    ['case', cases.length > 0 ? cases.join(', ') : answer.case],
  ];
  for (const [name, value] of stands) if (told[name] !== undefined && told[name] !== value) return name;
  if (told.outcome !== undefined && !isOutcome(told.outcome, outcome)) return 'outcome';
  return told.disclosed !== undefined && !isDisclosed(told.disclosed, disclosed) ? 'disclosed' : null;
}

/** A denial that the caller was not told of reads `not-found` in the entry, and the citizen is told the truth. */
function isOutcome(told: string, outcome: Entry['outcome']): boolean {
  return (
    told === outcome.toUpperCase().replaceAll('-', '_') || (told === 'DENIED' && outcome === 'not-found')
  );
}

function isDisclosed(told: NonNullable<ToldAccess['disclosed']>, parts: Entry['disclosed']): boolean {
  return (
    told.length === parts.length &&
    told.every(({ register, coordinates, isNone }, at) => {
      const part = parts[at];
      return (
        (register === undefined || register === part?.register) &&
        (isNone === undefined || isNone === (part?.status === 'none')) &&
        (coordinates === undefined || JSON.stringify(coordinates) === JSON.stringify(part?.coordinates))
      );
    })
  );
}
