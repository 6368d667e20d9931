import { getNamedType, getNullableType, isListType, isObjectType, type GraphQLField } from 'graphql';
import { printedSchema } from '../registers/register-of.ts';
import type { Tape } from './tape.ts';

/** A field of a walk. */
export interface Step {
  readonly responseName: string;
  readonly field: string;
  /** Schema coordinate; null for `__typename`. */
  readonly coordinate: string | null;
  /** Dotted field names from the root. */
  readonly path: string;
  readonly args: string;
  /** Object type that it leads to, and what is asked there; null for a leaf. */
  readonly to: { readonly type: string; readonly steps: readonly Step[] } | null;
}

export interface WalkWishes {
  readonly roots: readonly { readonly field: string; readonly args: string }[];
  /** Paths that are taken more often than others, so that walks do not end at the first step. */
  readonly prefer: ReadonlySet<string>;
  /** What minimised fields ask, by coordinate: one question a field, since they are counted. */
  readonly questions: Readonly<Record<string, string>>;
  readonly joins: number;
}

/** Types behind a join; others are parts of a record. */
const ENTITIES = new Set([
  'Citizen',
  'Business',
  'LandParcel',
  'LandCertificate',
  'CitizenItem',
  'BusinessItem',
  'LandParcelItem',
  'Household',
]);

/** A random way from a root down so many joins, with whatever lies beside it selected here and there. */
export function randomWalk(wishes: WalkWishes, tape: Tape): readonly Step[] {
  let aliases = 0;

  const stepTo = (
    owner: string,
    field: GraphQLField<unknown, unknown>,
    path: string,
    joins: number,
  ): Step => {
    const named = getNamedType(field.type);
    const isLongList =
      isListType(getNullableType(field.type)) && field.args.some(({ name }) => name === 'first');
    return {
      responseName: tape.oneIn(9) ? `a${aliases++}` : field.name,
      field: field.name,
      coordinate: `${owner}.${field.name}`,
      path,
      args: isLongList ? `(first: ${1 + tape.below(2)})` : (wishes.questions[`${owner}.${field.name}`] ?? ''),
      to: isObjectType(named) ? { type: named.name, steps: stepsOf(named.name, path, joins) } : null,
    };
  };

  const stepsOf = (type: string, path: string, joins: number): readonly Step[] => {
    const object = printedSchema.getType(type);
    if (!isObjectType(object)) return [];
    const all = Object.values(object.getFields());
    const isJoin = (field: GraphQLField<unknown, unknown>): boolean =>
      ENTITIES.has(getNamedType(field.type).name);
    const chosen = new Map<string, GraphQLField<unknown, unknown>>();
    const choose = (fields: readonly GraphQLField<unknown, unknown>[]): void => {
      const preferred = fields.filter(({ name }) => wishes.prefer.has(`${path}.${name}`));
      const field = tape.pick(preferred.length > 0 && !tape.oneIn(4) ? preferred : fields);
      if (field) chosen.set(field.name, field);
    };
    const leaves = all.filter((field) => !isObjectType(getNamedType(field.type)));
    const rows = all.filter((field) => isObjectType(getNamedType(field.type)) && !isJoin(field));
    for (let count = 1 + tape.below(3); count > 0; count--) choose(leaves);
    // Rows may hold the next join (marriages, holders), so they are ways too.
    if (joins > 0) choose([...all.filter(isJoin), ...rows]);
    else if (tape.oneIn(3)) choose(rows.filter(({ type: of }) => !hasJoin(getNamedType(of).name)));
    const steps = [...chosen.values()].map((field) =>
      stepTo(type, field, `${path}.${field.name}`, joins - (isJoin(field) ? 1 : 0)),
    );
    const typename: Step = {
      responseName: '__typename',
      field: '__typename',
      coordinate: null,
      path,
      args: '',
      to: null,
    };
    return tape.oneIn(5) || steps.length === 0 ? [...steps, typename] : steps;
  };

  const hasJoin = (type: string): boolean => {
    const object = printedSchema.getType(type);
    return (
      isObjectType(object) &&
      Object.values(object.getFields()).some((field) => ENTITIES.has(getNamedType(field.type).name))
    );
  };

  const rootStep = (name: string): Step => {
    const root = tape.pick(wishes.roots);
    const field = printedSchema.getQueryType()?.getFields()[root?.field ?? ''];
    if (!root || !field) throw new Error('no such root');
    const step = stepTo('Query', field, root.field, wishes.joins);
    return { ...step, args: root.args, responseName: name === '' ? step.responseName : name };
  };
  return tape.oneIn(4) ? [rootStep('one'), rootStep('other')] : [rootStep('')];
}

export function printSteps(steps: readonly Step[]): string {
  const texts = steps.map(({ responseName, field, args, to }) => {
    const alias = responseName === field ? '' : `${responseName}: `;
    return `${alias}${field}${args}${to ? ` ${printSteps(to.steps)}` : ''}`;
  });
  return `{ ${texts.join(' ')} }`;
}
