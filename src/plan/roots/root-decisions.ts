import { subjectText } from '../../log-format/subject-text.ts';
import type { FindingsOf, SubjectDisclosure } from '../../disclosure/disclosure-recorder.ts';
import { NO_FINDINGS } from '../../policy/row-rules/caller-findings.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { denyRoot, type RootCaller } from '../../policy/grant/deny-root.ts';
import { NO_INPUTS } from '../../policy/row-rules/rule-inputs.ts';
import type { SubjectOf } from '../../sources/binding.ts';
import type { Plan, RootPlan } from '../compile/plan.ts';
import { denyKey, type RootRequest } from './root-requests.ts';

/** Puts the rules that need no facts on every identifier asked. */
export function denyRoots(
  roots: readonly RootRequest[],
  agreement: Agreement,
  caller: RootCaller,
): readonly RootRequest[] {
  return roots.map((root) => ({
    ...root,
    keys: root.keys.map((request) => {
      const { fault, key, match } = request;
      if (fault || key === null) return request;
      // A household business is its owner: its code alone says so, and is personal data.
      const isPerson = subjectOfRoot(root.plan)?.(key) === 'person';
      if (isPerson && !agreement.categories.has('BASIC')) return denyKey(request);
      return { ...request, fault: denyRoot(agreement, { key, hasMatch: match !== null }, caller) };
    }),
  }));
}

/** The same requests under a plan that has been cut further. */
export function rootsUnder(plan: Plan, roots: readonly RootRequest[]): readonly RootRequest[] {
  return plan.roots.map((root, index) => ({
    plan: root,
    keys: (roots[index]?.keys ?? []).map((key) => (root.shape === 'denied' ? denyKey(key) : key)),
    about: roots[index]?.about ?? null,
  }));
}

/** Identifiers for which records will be read. */
export function countOpenKeys(roots: readonly RootRequest[]): number {
  return roots.reduce(
    (sum, { keys }) => sum + keys.filter(({ key, fault }) => key !== null && !fault).length,
    0,
  );
}

/** Lists the subjects that a refused request asked for, as far as they were read from it. */
export function refusedSubjects(
  roots: readonly RootRequest[],
  findingsOf: FindingsOf = () => NO_FINDINGS,
): readonly SubjectDisclosure[] {
  const subjects = new Map<string, SubjectDisclosure>();
  for (const subject of roots.flatMap(subjectsOf)) {
    subjects.set(subjectText(subject), {
      subject,
      outcome: 'refused',
      rule: null,
      inputs: NO_INPUTS,
      ...(subject.kind === 'person' ? { findings: findingsOf(subject.key) } : {}),
      caseIds: [],
      disclosed: [],
    });
  }
  return [...subjects.values()];
}

function subjectsOf({ plan, keys, about }: RootRequest): readonly Subject[] {
  if (about) return [about];
  const subjectOf = subjectOfRoot(plan);
  return keys.flatMap(({ key }) => (key === null || !subjectOf ? [] : [{ kind: subjectOf(key), key }]));
}

/** The kind of subject that a root's identifiers name; null for a root without any. */
export function subjectOfRoot(plan: RootPlan): SubjectOf | null {
  if (plan.shape === 'single' || plan.shape === 'batch') return plan.subjectOf;
  return plan.shape === 'denied' ? (plan.asked?.subjectOf ?? null) : null;
}
