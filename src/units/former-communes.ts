import type { FormerCommuneRows } from './former-commune-rows.ts';
import { findCommune, type Commune } from './communes.ts';
import { FORMER_IN_CENTRE } from './former-communes/centre.ts';
import { FORMER_IN_HA_NOI } from './former-communes/ha-noi.ts';
import { FORMER_IN_NORTH } from './former-communes/north.ts';
import { FORMER_IN_SOUTH } from './former-communes/south.ts';

function* successors(rows: FormerCommuneRows): Generator<readonly [string, Commune | 'ambiguous']> {
  for (const [today, former] of rows.whole) {
    const commune = findCommune(today);
    if (commune === undefined) throw new Error(`no commune ${today}`);
    for (const code of former.split(' ')) yield [code, commune];
  }
  for (const code of rows.split.flatMap((line) => line.split(' '))) yield [code, 'ambiguous'];
}

const byFormerCode: ReadonlyMap<string, Commune | 'ambiguous'> = new Map(
  [FORMER_IN_HA_NOI, FORMER_IN_NORTH, FORMER_IN_CENTRE, FORMER_IN_SOUTH].flatMap((rows) => [
    ...successors(rows),
  ]),
);

/**
 * Finds the commune of today in which the people live of a commune (or of an island district, which had no
 * communes) of 30 June 2025. The mapping is for people only: pieces of land without people went elsewhere.
 * Undefined where no part of the former commune went to a commune of the table.
 */
export function successorOf(formerCode: string): Commune | 'ambiguous' | undefined {
  return byFormerCode.get(formerCode);
}
