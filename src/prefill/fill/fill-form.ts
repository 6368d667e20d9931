import type { Expansion } from '../expand/expand-form.ts';
import type { ExpandedAnswer } from './answer-values.ts';
import type { FillContext } from './field-result.ts';
import { fillComponent } from './fill-component.ts';
import { fillField } from './fill-field.ts';
import { findContradictions } from './find-contradictions.ts';
import type { PrefilledForm } from './prefilled-form.ts';

/** Fills a form from the answer to its expanded operation. Every field without a value has exactly one absence. */
export function fillForm(expansion: Expansion, answer: ExpandedAnswer, context: FillContext): PrefilledForm {
  const { procedure, places } = expansion;
  return {
    procedure: procedure.code,
    name: procedure.name,
    fields: places.flatMap((place) => fillField(place, expansion, answer, context)),
    components: procedure.components.map((component) => fillComponent(component, expansion, answer)),
    contradictions: findContradictions(expansion, answer),
  };
}
