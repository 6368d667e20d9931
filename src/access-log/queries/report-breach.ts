import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { FieldLabels } from '../../policy/grant/field-labels.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { GatewayError } from '../../errors.ts';
import { canonicalJson } from '../../log-format/canonical-json.ts';
import type { NoteSigner } from '../../log-format/notes/note-key.ts';
import type { AccessLogReader, BreachSummary } from '../read/log-reader.ts';
import type { LogFilter } from '../read/search/candidates.ts';
import { EVERYTHING, paperOf, withinOrder } from './audit-scope.ts';
import { readFirst, readPeriod, textFilterOf } from './filter-arguments.ts';
import { showSubject, showUnreadable } from './log-entry.ts';
import { signStatement } from './sign-statement.ts';
import { reply, type LogCaller, type LogQuery, type LogReply } from './log-query.ts';

export interface BreachTools {
  readonly reader: AccessLogReader;
  readonly papers: () => AuditPapers;
  readonly labels: FieldLabels;
  /** Tells a registered client. */
  readonly isClient: (id: string) => boolean;
  /** Signs with the key of this instance's log. */
  readonly signer: NoteSigner;
}

interface Suspect {
  readonly client: string | null;
  readonly officer: string | null;
  readonly key: string | null;
  readonly from: number;
  readonly to: number;
}

/** A page of the subjects; empty where `count` is 0. */
interface Page {
  readonly from: number;
  readonly count: number;
}

/**
 * Answers `breachReport`: everything that a client, an officer or the holder of a key was told, and the persons to
 * notify.
 */
export async function reportBreach(
  tools: BreachTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  const suspect = readSuspect(given);
  const order = paperOf(tools.papers(), caller);
  // A complaint opens accesses to one person, not those of an office.
  if ('subject' in order) throw new GatewayError('CASE_NOT_VALID');
  await mustBeNamed(tools, suspect);
  const filter = withinOrder(order, {
    ...EVERYTHING,
    clients: suspect.client === null ? null : [suspect.client],
    officer: suspect.officer,
    tokenKey: suspect.key,
    from: suspect.from,
    until: suspect.to,
  });
  if (!filter) return reply(null);
  const page = readPage(given);
  const breach = await tools.reader.breach(filter, page);
  const asked = { suspect, order: order.number, filter, page };
  const statement = statementOf(tools.labels, asked, breach, caller.now);
  const end = page.from + breach.subjects.length;
  return reply(
    {
      statement,
      signature: signStatement('breach-report', statement, tools.signer),
      answers: breach.answers,
      entries: breach.entries,
      firstAccess: timeText(breach.first),
      lastAccess: timeText(breach.last),
      subjectCount: breach.subjectCount,
      categories: categoriesOf(tools.labels, breach),
      unreadable: breach.unreadable.map(showUnreadable),
      subjects: breach.subjects.map(showSubject),
      next: page.count > 0 && end < breach.subjectCount ? `s${end}` : null,
    },
    breach.subjects,
    [breach.release],
  );
}

function readSuspect(given: LogQuery['given']): Suspect {
  const text = (name: string): string | null => {
    const value = textFilterOf(name, given[name]);
    return value === '' ? null : value;
  };
  const suspect = { client: text('client'), officer: text('officer'), key: text('key') };
  if (Object.values(suspect).every((value) => value === null)) {
    throw new UserInputError('One of "client", "officer" and "key" must be given.');
  }
  const { from, to } = readPeriod(given);
  return { ...suspect, from: from ?? 0, to: to ?? 0 };
}

/**
 * A signed report of zero about a name that is misspelt would read as if nothing had happened; that a key signed nothing is
 * an answer. Rejects with UserInputError.
 */
async function mustBeNamed({ reader, isClient }: BreachTools, { client, officer }: Suspect): Promise<void> {
  const isKnown = {
    client: client === null || isClient(client) || (await reader.isNamed('client', client)),
    officer: officer === null || (await reader.isNamed('officer', officer)),
  };
  for (const [name, isGood] of Object.entries(isKnown)) {
    if (!isGood) throw new UserInputError(`The argument "${name}" names none that is in the log.`);
  }
}

function readPage(given: LogQuery['given']): Page {
  const count = readFirst(given['first'], 0);
  const after = given['after'];
  if (after === undefined || after === null) return { from: 0, count };
  const from = /^s(\d{1,12})$/.exec(String(after))?.[1];
  if (from === undefined)
    throw new UserInputError('The argument "after" must be the "next" of a page before.');
  return { from: Number(from), count };
}

function statementOf(
  labels: FieldLabels,
  asked: {
    readonly suspect: Suspect;
    readonly order: string;
    readonly filter: LogFilter;
    readonly page: Page;
  },
  breach: BreachSummary,
  now: number,
): string {
  const { client, officer, key, from, to } = asked.suspect;
  const { clients, from: since, until } = asked.filter;
  return canonicalJson({
    v: 1,
    kind: 'breach-report',
    client,
    officer,
    key,
    from: timeText(from),
    to: timeText(to),
    order: asked.order,
    // The part that the order opens and that the logs still hold. The report says nothing beyond it.
    covered: { clients: clients && [...clients], from: timeText(since), to: timeText(until) },
    logs: breach.logs.map(({ log, from: first, to: end }) => ({ log, from: first, to: end })),
    unreadable: breach.unreadable.map(({ log, firstLeaf, leaves }) => ({
      log,
      from: firstLeaf,
      entries: leaves,
    })),
    madeAt: new Date(now).toISOString(),
    answers: breach.answers,
    entries: breach.entries,
    firstAccess: timeText(breach.first),
    lastAccess: timeText(breach.last),
    subjects: Object.fromEntries(breach.subjectsByKind),
    categories: categoriesOf(labels, breach).map(({ category, coordinates, disclosures }) => ({
      category,
      coordinates: [...coordinates],
      disclosures,
    })),
    // The persons to notify are signed too: a person who hands on the report could otherwise leave some out or put others in.
    notify:
      asked.page.count === 0
        ? null
        : {
            from: asked.page.from,
            subjects: breach.subjects.map(({ kind, key: subjectKey }) => ({ kind, key: subjectKey })),
          },
  });
}

function categoriesOf(labels: FieldLabels, { coordinates }: BreachSummary) {
  const byCategory = new Map<string, { coordinates: string[]; disclosures: number }>();
  for (const [coordinate, count] of [...coordinates].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const category = labels.categoryOf(coordinate) ?? 'UNKNOWN';
    const known = byCategory.get(category) ?? { coordinates: [], disclosures: 0 };
    known.coordinates.push(coordinate);
    known.disclosures += count;
    byCategory.set(category, known);
  }
  return [...byCategory].map(([category, known]) => ({ category, ...known }));
}

function timeText(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}
