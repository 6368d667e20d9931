import { beyondOrder } from '../patterns/beyond-order.ts';
import { dormantAccount } from '../patterns/dormant-account.ts';
import { drainByBatches } from '../patterns/drain-by-batches.ts';
import { everNewStrangers } from '../patterns/ever-new-strangers.ts';
import { guessing } from '../patterns/guessing.ts';
import { hiddenPerson } from '../patterns/hidden-person.ts';
import { nightsAndHolidays } from '../patterns/nights-and-holidays.ts';
import { ownCircle } from '../patterns/own-circle.ts';
import { samePerson } from '../patterns/same-person.ts';
import { slowDrip } from '../patterns/slow-drip.ts';
import { twoPlaces } from '../patterns/two-places.ts';
import { underLimits } from '../patterns/under-limits.ts';
import { unlikePeers } from '../patterns/unlike-peers.ts';
import { walkingIdentifiers } from '../patterns/walking-identifiers.ts';
import type { Pattern } from './pattern.ts';

/** Every pattern, with its state kept to itself. */
export const PATTERN_TABLE: readonly Pattern<unknown>[] = [
  walkingIdentifiers,
  everNewStrangers,
  drainByBatches,
  slowDrip,
  ownCircle,
  samePerson,
  hiddenPerson,
  guessing,
  nightsAndHolidays,
  unlikePeers,
  dormantAccount,
  twoPlaces,
  underLimits,
  beyondOrder,
].map((pattern) => pattern as Pattern<unknown>);
