import { COMPARED_FACTS } from '../expand/compared-facts.ts';
import type { Expansion } from '../expand/expand-form.ts';
import { printedValue, rootOf, walkAnswer, type ExpandedAnswer, type FoundValue } from './answer-values.ts';
import { firstText } from './field-result.ts';
import { property } from './find-party.ts';
import type { Contradiction } from './prefilled-form.ts';

/** Facts about which two registers differ, for each person who is asked for. */
export function findContradictions({ roots }: Expansion, answer: ExpandedAnswer): readonly Contradiction[] {
  return [...roots].flatMap(([root, role]) => contradictionsOf(role, rootOf(answer, root), answer));
}

function contradictionsOf(party: string, root: FoundValue, answer: ExpandedAnswer): readonly Contradiction[] {
  const sex = property(root.value, 'sex');
  const found = COMPARED_FACTS.flatMap(
    ({
      fact,
      population,
      other,
      otherRegister,
      prevails,
      correctedBy,
      of,
      contradicting,
    }): Contradiction[] => {
      if (of !== undefined && of !== sex) return [];
      const [one] = walkAnswer(answer, root, population).found;
      if (!one) return [];
      const others = walkAnswer(answer, root, other).found;
      const value = contradicting(
        printedValue(one.value),
        others.map((two) => printedValue(two.value)),
      );
      const two = others.find((candidate) => printedValue(candidate.value) === value);
      if (value === null || !two) return [];
      const entry = two.parents.findLast((object) => 'registeredOn' in object);
      return [
        {
          party,
          fact,
          values: [
            { register: 'population', value: printedValue(one.value), recordDate: null },
            { register: otherRegister, value, recordDate: firstText(entry, ['registeredOn']) },
          ],
          prevails,
          correctedBy,
        },
      ];
    },
  );
  // The books of births and of marriages may both have the name: one fact is told once.
  return [...new Map(found.toReversed().map((one) => [one.fact, one])).values()].toReversed();
}
