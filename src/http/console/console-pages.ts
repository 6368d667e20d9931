import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate, type GraphQLSchema } from 'graphql';
import type { CallerKind } from '../../identity/registered-clients.ts';

/** One page, as the server sees it: its path, who may see it, and the operations that bring its data. */
export interface ConsolePageRow {
  readonly path: string;
  readonly kinds: readonly CallerKind[];
  /** Names of files of the operations' folder, without their ending. */
  readonly operations: readonly string[];
}

/** An operation that pages may ask: its document, and the kinds of caller that see a page with it. */
export interface ConsoleOperation {
  readonly document: string;
  readonly kinds: readonly CallerKind[];
}

/** Reads the operations of all pages. Throws at start-up where one is missing or does not fit the schema. */
export function readConsoleOperations(
  pages: readonly ConsolePageRow[],
  folder: string,
  schema: GraphQLSchema,
): ReadonlyMap<string, ConsoleOperation> {
  const names = new Set(pages.flatMap(({ operations }) => operations));
  return new Map(
    [...names].map((name) => {
      const document = readFileSync(join(folder, `${name}.graphql`), 'utf8');
      const [fault] = validate(schema, parse(document));
      if (fault) throw new Error(`the console’s operation ${name} does not fit the schema: ${fault.message}`);
      const kinds = pages.flatMap((page) => (page.operations.includes(name) ? page.kinds : []));
      return [name, { document, kinds }];
    }),
  );
}
