import type { Limits } from '../../config/limits.ts';
import { getNamedType, isObjectType } from 'graphql';
import type { Party } from '../../policy/case/case.ts';
import type { GrantNode } from '../../policy/grant/grant.ts';
import type { RecordValue } from '../../sources/records/record.ts';
import type { RecordReader } from '../../sources/records/record-reader.ts';
import type { RowGate, RowVerdict } from '../rows/row-gate.ts';
import type { SchemaBindings } from '../schema/schema-bindings.ts';

/** The root field whose granted selection says where a party of this kind may lead. */
const ROOT_OF: Readonly<Record<Party['kind'], readonly [root: string, type: string]>> = {
  person: ['citizen', 'Citizen'],
  organisation: ['business', 'Business'],
  parcel: ['landParcel', 'LandParcel'],
  certificate: ['landCertificate', 'LandCertificate'],
};

export const REACH_LIMITS = {
  entitiesPerCase: {
    value: 500,
    unit: 'entities',
    why: "Read on the way from a dossier's parties; its own people and things are far fewer.",
  },
} as const satisfies Limits;

export interface ReachWalk {
  readonly parties: readonly Party[];
  readonly grant: GrantNode;
  /** Type and keys of the root subjects that are no parties themselves. */
  readonly targetType: string;
  readonly targets: ReadonlySet<string>;
  readonly caseId: string;
}

interface Step {
  readonly type: string;
  readonly key: string;
  readonly grant: GrantNode;
}

/**
 * Finds the targets to which a party of the dossier leads along a path of the grant: a certificate of the applicant's
 * parcel, a business that the applicant represents. No path goes through or to a person who may not be seen: otherwise the
 * case would tell whose relative, housemate or partner a hidden person is.
 */
export async function reachFromParty(
  walk: ReachWalk,
  bindings: SchemaBindings,
  reader: RecordReader,
  gate: RowGate,
): Promise<ReadonlySet<string>> {
  const { parties, grant, targetType, targets, caseId } = walk;
  const reached = new Set<string>();
  let waiting: Step[] = parties.flatMap(({ kind, key }) => {
    const [root, type] = ROOT_OF[kind];
    const selection = grant.fields.get(root)?.selection;
    return selection && leadsTo(bindings, type, selection, targetType)
      ? [{ type, key, grant: selection }]
      : [];
  });
  let steps = waiting.length;
  const stateOf = (key: string): RowVerdict['state'] =>
    bindings.entities.get(targetType)?.subject?.(key) === 'person'
      ? gate.decide(key, caseId).state
      : 'visible';
  // All are looked up at once, reached or not: a call that only the reached cost would tell them.
  if (waiting.length > 0) for (const key of targets) stateOf(key);
  const found = new Set<string>();
  while (waiting.length + found.size > 0 && reached.size < targets.size) {
    const next: Step[] = [];
    const again: Step[] = [];
    for (const step of waiting) {
      const links = follow(step, { bindings, reader, gate, targetType, caseId });
      if (links === 'waiting') again.push(step);
      else next.push(...links);
    }
    for (const { type, key } of next) if (type === targetType && targets.has(key)) found.add(key);
    for (const key of found) {
      const state = stateOf(key);
      if (state === 'visible') reached.add(key);
      if (state !== 'waiting') found.delete(key);
    }
    const further = next.filter(({ type, grant: below }) => leadsTo(bindings, type, below, targetType));
    steps += further.length;
    waiting = [
      ...again,
      ...further.slice(0, Math.max(0, REACH_LIMITS.entitiesPerCase.value - steps + further.length)),
    ];
    if (again.length + found.size > 0) await reader.readHop();
  }
  return reached;
}

interface Walk {
  readonly bindings: SchemaBindings;
  readonly reader: RecordReader;
  readonly gate: RowGate;
  readonly targetType: string;
  readonly caseId: string;
}

/** The entities one link further; a record that cannot be read leads nowhere. */
function follow({ type, key, grant }: Step, walk: Walk): readonly Step[] | 'waiting' {
  const { bindings, reader, gate, targetType, caseId } = walk;
  if (bindings.entities.get(type)?.subject?.(key) === 'person') {
    const verdict = gate.decide(key, caseId);
    if (verdict.state === 'waiting') return 'waiting';
    if (verdict.state !== 'visible') return [];
  }
  const steps: Step[] = [];
  let isWaiting = false;
  for (const [name, field] of grant.fields) {
    const below = field.selection;
    const target = below && targetOf(bindings, type, name);
    if (!target || !(target === targetType || leadsTo(bindings, target, below, targetType))) continue;
    const kind = bindings.recordOf(`${type}.${name}`);
    const slot = reader.get(kind, key);
    if (!slot) {
      reader.want(kind, key, caseId);
      isWaiting = true;
    } else if (slot.state === 'found') {
      steps.push(...linksIn(bindings, slot.value, type, name, below));
    }
  }
  return isWaiting ? 'waiting' : steps;
}

function linksIn(
  bindings: SchemaBindings,
  value: RecordValue,
  type: string,
  name: string,
  below: GrantNode,
): readonly Step[] {
  const target = targetOf(bindings, type, name);
  if (!target) return [];
  const property = bindings.links.get(`${type}.${name}`);
  const held = value[property ?? name];
  const items: readonly unknown[] = Array.isArray(held) ? held : [held];
  return items.flatMap((item): readonly Step[] => {
    if (property !== undefined) {
      return typeof item === 'string' ? [{ type: target, key: item, grant: below }] : [];
    }
    if (typeof item !== 'object' || item === null) return [];
    return [...below.fields].flatMap(([field, { selection }]) =>
      selection ? linksIn(bindings, item as RecordValue, target, field, selection) : [],
    );
  });
}

function targetOf(bindings: SchemaBindings, type: string, name: string): string | null {
  const field = bindings.objectType(type).getFields()[name];
  const named = field && getNamedType(field.type);
  return isObjectType(named) ? named.name : null;
}

/** Whether a type stands anywhere below a granted selection. */
function leadsTo(bindings: SchemaBindings, type: string, grant: GrantNode, wanted: string): boolean {
  for (const [name, { selection }] of grant.fields) {
    const target = selection && targetOf(bindings, type, name);
    if (target && (target === wanted || leadsTo(bindings, target, selection, wanted))) return true;
  }
  return false;
}
