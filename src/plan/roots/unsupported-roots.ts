import { isOpenTo } from '../rows/row-gate.ts';
import type { RowRights } from '../rows/row-rights.ts';
import type { LookUpOf } from '../../sources/look-ups.ts';
import type { RecordReader } from '../../sources/records/record-reader.ts';
import type { RecordKind } from '../../sources/records/record.ts';
import type { ObjectPlan } from '../compile/plan.ts';
import type { KeyRequest, RootRequest } from './root-requests.ts';

const PERSON: RecordKind = 'population.person';
const EVENTS: RecordKind = 'civil-status.events';
const UNSUPPORTED = { code: 'LOOKUP_UNSUPPORTED', rule: null } as const;

/**
 * Marks the identifiers that no operation of the registers finds, and tells the reader the factors of the others. It follows from
 * plan, agreement and caller alone, so that it is the same for somebody who may be seen, somebody hidden and nobody.
 */
export function markUnsupported(
  roots: readonly RootRequest[],
  rights: RowRights,
  lookUpOf: LookUpOf,
  reader: Pick<RecordReader, 'learnFactor'>,
): readonly RootRequest[] {
  if (lookUpOf(PERSON) === 'key' && lookUpOf(EVENTS) === 'key') return roots;
  const finding: Finding = {
    lookUpOf,
    self: rights.self,
    isOpen: isOpenTo(rights),
    canDecide: factsAreFindable(rights, lookUpOf),
  };
  return roots.map((root) => {
    const { plan } = root;
    if (plan.shape !== 'single' && plan.shape !== 'batch') return root;
    // A list says of each item whether it exists, so that no item is verified: its own object has no fields.
    const object = plan.shape === 'single' ? plan.object : plan.item.object;
    const keys = root.keys.map((request) => {
      const { key, match, fault } = request;
      if (key === null || fault) return request;
      const isPerson = plan.subjectOf(key) === 'person';
      if (!isFindable(request, object, isPerson, finding)) return { ...request, fault: UNSUPPORTED };
      if (isPerson && match) reader.learnFactor(key, match);
      return request;
    });
    return { ...root, keys };
  });
}

interface Finding {
  readonly lookUpOf: LookUpOf;
  readonly self: string | null;
  /** No rule can deny anybody. */
  readonly isOpen: boolean;
  /** The rules' facts about a person can be read, once the person is found. */
  readonly canDecide: boolean;
}

function isFindable(
  { key, match }: KeyRequest,
  { records: [anchor], verified }: ObjectPlan,
  isPerson: boolean,
  { lookUpOf, self, isOpen, canDecide }: Finding,
): boolean {
  // The register answers such a question by itself.
  if (verified !== null && match === null && isOpen) return true;
  const hasFactor = (kind: RecordKind): boolean => lookUpOf(kind) === 'key' || match !== null;
  if (anchor === undefined || lookUpOf(anchor) === null || (anchor === PERSON && !hasFactor(anchor))) {
    return false;
  }
  // A factor of a parcel or business is compared with persons. Where each of them is a call, their number would tell how many there are.
  if (!isPerson && match !== null && lookUpOf(PERSON) !== 'key') return false;
  const mustDecide = !isOpen && (isPerson ? key !== self : match !== null);
  return !mustDecide || (canDecide && hasFactor(PERSON));
}

/** Deaths and the officer's own family stand in records that may have no look-up: then nobody can be decided on. */
function factsAreFindable(rights: RowRights, lookUpOf: LookUpOf): boolean {
  const isByKey = (kind: RecordKind): boolean => lookUpOf(kind) === 'key';
  const needsOfficer = rights.officerPersonalId !== null;
  const needsDeaths = !rights.agreement.clearance.has('deceased');
  return (!needsOfficer || (isByKey(PERSON) && isByKey(EVENTS))) && (!needsDeaths || isByKey(EVENTS));
}
