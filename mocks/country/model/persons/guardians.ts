import { YEAR } from '../../calendar.ts';
import { hash, Random } from '../../random.ts';
import type { Person } from '../block.ts';
import { TODAY, type Draft } from '../draft.ts';
import { isMinor } from '../standing.ts';

/** Modelled: the share of troubled blocks in which one child has a guardian. */
const SHARE = 0.35;
/** The guardians have a random sequence of their own, so that the rest of the country is the same with and without them. */
const SALT = 0x73;

/**
 * Gives one child of some troubled blocks a guardian (Civil Code 91/2015/QH13 art. 46 to 48): an orphan where there is one,
 * else a child whose parents' rights are restricted. The guardian is of age, no parent, and lives elsewhere.
 */
export function appointGuardians({ seed, key, plan, persons }: Draft): void {
  if (!plan.troubled) return;
  const random = new Random(hash(seed, key.prefixIndex, key.index, SALT));
  if (!random.chance(SHARE)) return;
  const children = persons.filter((person) => isMinor(person) && isPlain(person));
  const orphans = children.filter(({ father, mother }) => father?.death && mother?.death);
  const among = orphans.length > 0 ? orphans : children;
  if (among.length === 0) return;
  const child = random.pick(among);
  const fit = persons.filter(
    (person) =>
      isPlain(person) &&
      person.death === undefined &&
      TODAY - person.birth > 25 * YEAR &&
      person !== child.father &&
      person !== child.mother &&
      person.household !== child.household,
  );
  if (fit.length > 0) child.guardian = random.pick(fit);
}

function isPlain({ isProtected, contradictions }: Person): boolean {
  return !isProtected && contradictions.length === 0;
}
