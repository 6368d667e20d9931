import { GraphQLError } from 'graphql';
import type { Country } from '../../../mocks/country/country.ts';
import type { Thing, viewCountry } from '../country-view.ts';
import { rootsOf, ruleOnRoot, type AskedRoot, type RootOf, type RootRuling } from './asked-roots.ts';
import { EntryBook } from './entry-book.ts';
import {
  buildRowRulings,
  isOpen,
  type Asker,
  type Hidden,
  type Ruling,
  type Trouble,
} from './row-rulings.ts';

/** Batch status of what a register's failure gives. */
const FAILED_STATUS: Readonly<Record<string, string>> = {
  SOURCE_CONTRACT_BROKEN: 'SOURCE_UNAVAILABLE',
  ROW_DENIED: 'DENIED',
};

const VISIBLE: Ruling = { state: 'visible' };

/** The country without whomever an asker may not see; who was looked for is kept in the book. */
export class RuledCountry {
  readonly book = new EntryBook();
  readonly roots: ReturnType<typeof rootsOf>;
  readonly #country: Country;
  readonly #asker: Asker;
  readonly #trouble: Trouble;
  readonly #rulingOn: (personalId: string) => Ruling;

  constructor(
    country: Country,
    view: ReturnType<typeof viewCountry>,
    today: string,
    { asker, trouble }: { readonly asker: Asker; readonly trouble: Trouble },
  ) {
    this.roots = rootsOf(country, view);
    this.#country = country;
    this.#asker = asker;
    this.#trouble = trouble;
    this.#rulingOn = buildRowRulings(country, asker, today, trouble);
  }

  root(root: RootOf, asked: AskedRoot, caseId: string): RootRuling {
    const ruled = {
      country: this.#country,
      asker: this.#asker,
      trouble: this.#trouble,
      rulingOn: this.#rulingOn,
    };
    const ruling = ruleOnRoot(ruled, root, asked);
    if (ruling.state === 'told') this.book.asked(ruling.subject, 'denied', ruling.rule, caseId);
    else if (ruling.state === 'visible') this.book.asked(ruling.subject, 'disclosed', null, caseId);
    else if (ruling.state === 'hidden' && ruling.why.state === 'failed') {
      this.book.asked(ruling.subject, 'failed', null, caseId);
    } else if (ruling.state === 'hidden') this.#hide(ruling.subject, ruling.why, caseId);
    return ruling;
  }

  /** A root that is not answered: on record with the rule that needs no register, if there is one. */
  refuse(root: RootOf, asked: AskedRoot, caseId: string, isDenied: boolean): void {
    const key = root.parse(asked.identifier);
    if (key === undefined) return;
    const { officer, self, needsMatch, ownDataOnly } = this.#asker;
    const isOwn = (ownDataOnly && key !== self) || key === officer;
    const rule = isOwn ? 'own-data' : needsMatch && !asked.factor ? 'match' : null;
    this.book.asked(root.find(key).subject, 'denied', isDenied ? null : rule, caseId);
  }

  /** Whoever a link leads to: null where that is nobody who may be seen. */
  followed(thing: Thing, caseId: string): Thing | GraphQLError | null {
    const ruling = this.#rulingOf(thing);
    if (ruling.state === 'failed') return new GraphQLError(ruling.code);
    if (ruling.state === 'visible' && !thing.isAbsent) return thing;
    this.#hide(thing.subject, ruling.state === 'visible' ? { state: 'absent' } : ruling, caseId);
    return null;
  }

  /** The rows of those who may be seen; all of them or none where a register cannot say who that is. */
  seen(rows: readonly Thing[], caseId: string): readonly Thing[] {
    if (isOpen(this.#asker)) return rows;
    const rulings = rows.map((row) => this.#rulingOf(row));
    for (const ruling of rulings) if (ruling.state === 'failed') throw new GraphQLError(ruling.code);
    return rows.filter(({ subject }, index) => {
      const ruling = rulings[index] ?? VISIBLE;
      if (ruling.state === 'visible') return true;
      this.#hide(
        subject,
        ruling.state === 'absent' ? { state: 'denied', rule: 'unknown-person' } : ruling,
        caseId,
      );
      return false;
    });
  }

  #rulingOf({ subject }: Thing): Ruling {
    const [kind, key = ''] = subject.split(' ');
    return kind === 'person' ? this.#rulingOn(key) : VISIBLE;
  }

  #hide(subject: string, why: Hidden, caseId: string): void {
    if (why.state === 'denied') this.book.asked(subject, 'denied', why.rule, caseId);
    else if (why.state === 'absent') this.book.asked(subject, 'not-found', null, caseId);
  }
}

/** What stands at the root's own place. */
export function thingOf(ruling: RootRuling): Thing | null {
  if (ruling.state === 'visible') return ruling.thing;
  if (ruling.state === 'malformed') throw new GraphQLError('BAD_IDENTIFIER');
  if (ruling.state === 'told') throw new GraphQLError('ROW_DENIED');
  if (ruling.why.state === 'failed') throw new GraphQLError(ruling.why.code);
  return null;
}

/** What an item of a batch says. */
export function statusOf(ruling: RootRuling): string {
  if (ruling.state === 'visible') return 'OK';
  if (ruling.state === 'malformed') return 'BAD_IDENTIFIER';
  if (ruling.state === 'told') return 'DENIED';
  return ruling.why.state === 'failed' ? (FAILED_STATUS[ruling.why.code] ?? '') : 'NOT_FOUND';
}
