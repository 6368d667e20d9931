import type { Procedure } from '../procedures/procedure.ts';
import type { ComponentCause, PrefilledForm } from '../fill/prefilled-form.ts';

/** The place at which a form was answered. It names no person. */
export interface FormPlace {
  /** Day of Viet Nam, `yyyy-mm-dd`. */
  readonly day: string;
  readonly procedure: string;
  /** The registered client that asked: an office, or a portal. */
  readonly office: string;
  /** Code of the office's province; empty for a portal of the whole country. */
  readonly province: string;
}

/** The number of times that something became of one paper component. */
export interface ComponentCount extends FormPlace {
  /** The paper's place in the procedure's list, from 0. */
  readonly component: number;
  readonly state: 'REPLACED' | 'PARTLY' | 'NEEDED';
  /** Empty where it is replaced. */
  readonly cause: ComponentCause | '';
  readonly count: number;
  /** The dossiers among them in which the office asked for the paper all the same. */
  readonly askedAnyway: number;
}

/** Forms of one place, and those of them that used data. */
export interface FormCount extends FormPlace {
  readonly forms: number;
  /** Forms with at least one value of the population register. */
  readonly usingPopulation: number;
  /** Forms of which every paper that data can replace was replaced. */
  readonly fullyReused: number;
}

/** Counts of one form. */
export interface CountedForm {
  readonly form: FormCount;
  readonly components: readonly ComponentCount[];
}

/** Counts one filled form. `papersAsked` names the papers that the office asked the dossier's parties for. */
export function countForm(
  place: FormPlace,
  procedure: Procedure,
  { fields, components }: PrefilledForm,
  papersAsked: ReadonlySet<string>,
): CountedForm {
  const replaceable = components.filter((_one, index) => procedure.components[index]?.replacedBy === 'data');
  const usesPopulation = fields.some(({ source }) => source?.register === 'population');
  const isReused = replaceable.length > 0 && replaceable.every(({ state }) => state === 'REPLACED');
  return {
    form: { ...place, forms: 1, usingPopulation: usesPopulation ? 1 : 0, fullyReused: isReused ? 1 : 0 },
    components: components.map(({ name, state, cause }, component) => ({
      ...place,
      component,
      state,
      cause: cause ?? '',
      count: 1,
      askedAnyway: state === 'REPLACED' && papersAsked.has(name) ? 1 : 0,
    })),
  };
}
