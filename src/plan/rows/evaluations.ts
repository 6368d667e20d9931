import type { Limits } from '../../config/limits.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { canonicalFactor, type MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type { AskedEvaluation, EvaluationLedger } from '../../policy/agreement/evaluation-ledger.ts';
import type { EvaluationArguments } from '../../sources/binding.ts';
import { BROKEN, type RecordKey, type RecordValue } from '../../sources/records/record.ts';
import type { FieldPlan, ObjectPlan } from '../compile/plan.ts';

type EvaluatedField = Extract<FieldPlan, { shape: 'evaluated' }>;

export interface EvaluationContext {
  readonly ledger: EvaluationLedger;
  readonly agreement: Pick<Agreement, 'id' | 'evaluations'>;
  /** `yyyy-mm-dd`, Viet Nam time. */
  readonly today: string;
}

export type Reply =
  | { readonly value: boolean | null }
  | {
      readonly code: Extract<ErrorCode, 'BAD_IDENTIFIER' | 'HISTORY_UNSUPPORTED' | 'SOURCE_CONTRACT_BROKEN'>;
    };

/** Places of fields that are not answered about a subject, with the code that says why. */
export type RefusedEvaluations = ReadonlyMap<number, 'EVALUATIONS_EXCEEDED' | 'BAD_IDENTIFIER'>;

const NOTHING_REFUSED: RefusedEvaluations = new Map();
export const FACTOR_LIMITS = {
  factorsPerCase: {
    value: 20,
    unit: 'distinct factors',
    why: 'Tried on one subject in one case: enough for slips, too few to find a birth date.',
  },
} as const satisfies Limits;
const BAD_IDENTIFIER: Reply = { code: 'BAD_IDENTIFIER' };

/** The minimised fields of one request: each evaluation is admitted by the ledger before anything is read for it. */
export class Evaluations {
  readonly #context: EvaluationContext;
  readonly #variables: Variables;
  readonly #admitted = new Map<string, boolean>();
  readonly #given = new Map<EvaluatedField, EvaluationArguments | null>();
  readonly #deaths = new Map<string, string | null>();
  #asked = new Map<string, AskedEvaluation>();

  constructor(context: EvaluationContext, variables: Variables) {
    this.#context = context;
    this.#variables = variables;
  }

  /** Asked too often about this subject, or malformed; undefined while the ledger has to be asked. */
  refusedOf(object: ObjectPlan, subject: string, caseId: string): RefusedEvaluations | undefined {
    if (object.evaluated.length === 0) return NOTHING_REFUSED;
    const refused = new Map<number, 'EVALUATIONS_EXCEEDED' | 'BAD_IDENTIFIER'>();
    let isWaiting = false;
    for (const index of object.evaluated) {
      const field = object.fields[index];
      if (field?.shape !== 'evaluated') continue;
      const canonical = this.#readGiven(field);
      if (!canonical) {
        refused.set(index, 'BAD_IDENTIFIER');
        continue;
      }
      const given = JSON.stringify(canonical);
      const limit = this.#context.agreement.evaluations;
      const isAdmitted = this.#admits({ caseId, subject, field: field.coordinate, given, limit });
      if (isAdmitted === undefined) isWaiting = true;
      else if (!isAdmitted) refused.set(index, 'EVALUATIONS_EXCEEDED');
    }
    return isWaiting ? undefined : refused;
  }

  /** Whether this factor may still be tried on the subject; undefined while the ledger has to be asked. */
  admitsFactor(subject: string, caseId: string, match: MatchFactor): boolean | undefined {
    return this.#admits({
      caseId,
      subject,
      field: 'match',
      given: canonicalFactor(match),
      limit: FACTOR_LIMITS.factorsPerCase.value,
    });
  }

  /** Notes the evaluation for the ledger where it has not answered it yet. */
  #admits(evaluation: Omit<AskedEvaluation, 'agreement'>): boolean | undefined {
    const id = `${evaluation.caseId}\n${evaluation.subject}\n${evaluation.field}\n${evaluation.given}`;
    const isAdmitted = this.#admitted.get(id);
    if (isAdmitted === undefined) {
      this.#asked.set(id, { agreement: this.#context.agreement.id, ...evaluation });
    }
    return isAdmitted;
  }

  /** Asks the ledger about what is new since the last time. */
  async settle(): Promise<void> {
    if (this.#asked.size === 0) return;
    const asked = this.#asked;
    this.#asked = new Map();
    const admitted = await this.#context.ledger.admit([...asked.values()]);
    for (const [index, id] of [...asked.keys()].entries()) this.#admitted.set(id, admitted[index] ?? false);
  }

  /** Takes the death of somebody on whom an evaluation depends. */
  noteDeath(personalId: string, date: string | null): void {
    this.#deaths.set(personalId, date);
  }

  /** Gives what the register is asked where it answers a field by itself; null where it cannot, or the arguments are malformed. */
  verificationOf(
    { evaluation: { verification }, ...field }: EvaluatedField,
    key: string,
  ): (RecordKey & { readonly factor: MatchFactor }) | null {
    const given = field.given(this.#variables);
    if (!verification) return null;
    const factor = verification.factor(given);
    return { kind: verification.kind, key: verification.key(key, factor), factor };
  }

  reply(field: EvaluatedField, record: RecordValue | null, anchor: RecordValue): Reply {
    const given = this.#readGiven(field);
    if (!given) return BAD_IDENTIFIER;
    const value = field.evaluation.evaluate(record, anchor, given, this.#context.today, this.#deaths);
    if (value === BROKEN) return { code: 'SOURCE_CONTRACT_BROKEN' };
    return value === 'HISTORY_UNSUPPORTED' ? { code: value } : { value };
  }

  /** Canonical arguments: a day left out is today; null where an identifier is malformed. */
  #readGiven(field: EvaluatedField): EvaluationArguments | null {
    const known = this.#given.get(field);
    if (known !== undefined) return known;
    const { days, identifiers } = field.evaluation;
    const given: Record<string, unknown> = { ...field.given(this.#variables) };
    for (const day of days) given[day] ??= this.#context.today;
    let isReadable = true;
    for (const [name, parse] of Object.entries(identifiers)) {
      const key = parse(String(given[name]));
      if (key === undefined) isReadable = false;
      else given[name] = key;
    }
    const canonical = isReadable ? given : null;
    this.#given.set(field, canonical);
    return canonical;
  }
}
