import type { ConsoleEntriesQuery, ConsoleEntryQuery } from '../../generated/console-operations.ts';

type EntryOf<Page extends { readonly entries: unknown } | null> = NonNullable<
  NonNullable<NonNullable<Page>['entries']> extends readonly (infer One)[] ? One : never
>;

/** An entry of a list, as the operation `entries` asks it. */
export type ListedEntry = EntryOf<ConsoleEntriesQuery['accessLog']>;

/** An entry with all that its own page shows, as the operation `entry` asks it. */
export type ShownEntry = EntryOf<ConsoleEntryQuery['accessLog']>;
