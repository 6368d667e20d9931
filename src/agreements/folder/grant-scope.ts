import type { FieldLabels } from '../../policy/grant/field-labels.ts';
import type { GrantNode } from '../../policy/grant/grant.ts';

/** Labels of all fields, and the register (or `gateway`) that each comes from. */
export interface FieldOrigins extends FieldLabels {
  of(coordinate: string): { readonly register: string } | undefined;
}

/** Registers and arguments that a grant names, over all its paths. */
export interface GrantScope {
  /** Registers whose labelled data the grant names. The gateway's own roots belong to no register. */
  readonly registers: ReadonlySet<string>;
  /** `Type.field.argument` of arguments that take a variable on some path. */
  readonly openArguments: ReadonlySet<string>;
}

/** Finds the registers and the open arguments of a grant. */
export function scopeOfGrant(grant: GrantNode, origins: FieldOrigins): GrantScope {
  const registers = new Set<string>();
  const openArguments = new Set<string>();
  const walk = ({ fields }: GrantNode): void => {
    for (const { coordinate, arguments: given, selection, possible } of fields.values()) {
      const register = origins.of(coordinate)?.register;
      if (register !== undefined && register !== 'gateway') registers.add(register);
      for (const [name, only] of given) {
        if (only === null) openArguments.add(`${coordinate}.${name}`);
      }
      if (selection) walk(selection);
      for (const node of possible?.values() ?? []) walk(node);
    }
  };
  walk(grant);
  return { registers, openArguments };
}
