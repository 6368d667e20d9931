import type { DisclosureRecorder } from '../../disclosure/disclosure-recorder.ts';
import { batchStatusOf, type ErrorCode } from '../../errors.ts';
import { inputsOf, NO_INPUTS } from '../../policy/row-rules/rule-inputs.ts';
import type { AnswerBuilder } from './answer-builder.ts';
import type { AnswerSize } from './answer-size.ts';
import { createContainer, subjectOf, type Container, type Place } from './pending.ts';
import type { ItemPlan, ObjectPlan, RootPlan } from '../compile/plan.ts';
import { subjectOfRoot } from '../roots/root-decisions.ts';
import type { KeyRequest, RootRequest } from '../roots/root-requests.ts';
import type { SubjectOf } from '../../sources/binding.ts';

/** Puts the roots of one operation into the queue. */
export class RootStarter {
  readonly #size: AnswerSize;
  readonly #builder: AnswerBuilder;
  readonly #recorder: DisclosureRecorder;

  constructor(size: AnswerSize, builder: AnswerBuilder, recorder: DisclosureRecorder) {
    this.#size = size;
    this.#builder = builder;
    this.#recorder = recorder;
  }

  start(data: Container, request: RootRequest): void {
    const { plan, keys } = request;
    const place: Place = { above: null, key: plan.responseName };
    data[plan.responseName] = null;
    switch (plan.shape) {
      case 'typename':
        data[plan.responseName] = 'Query';
        break;
      case 'public':
      case 'log':
        break;
      case 'denied':
        this.#builder.deny(place, plan.cuts);
        this.recordDenied(request);
        break;
      case 'single': {
        const [key] = keys;
        if (key) this.#startSingle(data, plan, key, place);
        break;
      }
      case 'batch':
        data[plan.responseName] = keys.map((key, index) =>
          this.#startItem(plan.item, plan, key, { above: place, key: index }),
        );
    }
  }

  #startSingle(
    data: Container,
    plan: Extract<RootPlan, { shape: 'single' }>,
    request: KeyRequest,
    place: Place,
  ): void {
    if (request.fault || request.key === null) {
      this.#failRequest(place, request);
      this.#recordDenied(plan.subjectOf, request);
      return;
    }
    const subject = subjectOf(plan.object, request.key);
    const { key, caseId, match } = request;
    this.#builder.queue.push({
      kind: 'entity',
      object: plan.object,
      key,
      caseId,
      container: data,
      place,
      match,
      isVerified: match === null && plan.object.verified !== null,
      inputs: NO_INPUTS,
      cameFrom: null,
      settled: (outcome, _code, rule, inputs) => this.#recorder.asked(subject, outcome, rule, caseId, inputs),
    });
  }

  #startItem(
    item: ItemPlan,
    plan: Extract<RootPlan, { shape: 'batch' }>,
    request: KeyRequest,
    place: Place,
  ): Container {
    const result = createContainer();
    this.#size.add(item.fields.length, item.nameCharacters);
    const statusNames: string[] = [];
    const entities: { readonly name: string | null; readonly object: ObjectPlan }[] = [];
    for (const field of item.fields) {
      result[field.responseName] = null;
      if (field.shape === 'typename') result[field.responseName] = field.typeName;
      else if (field.shape === 'identifier') {
        this.#size.add(0, request.identifier.length);
        result[field.responseName] = request.identifier;
      } else if (field.shape === 'status') statusNames.push(field.responseName);
      else if (field.shape === 'denied') {
        this.#builder.deny({ above: place, key: field.responseName }, field.cuts);
      } else if (field.shape === 'entity') entities.push({ name: field.responseName, object: field.object });
    }
    const setStatus = (code: ErrorCode | null, isAbsent: boolean): void => {
      const status = code === null ? (isAbsent ? 'NOT_FOUND' : 'OK') : batchStatusOf(code);
      for (const name of statusNames) result[name] = status;
    };
    if (request.fault || request.key === null) {
      setStatus(request.fault?.code ?? 'BAD_IDENTIFIER', false);
      for (const { name } of entities) this.#failRequest({ above: place, key: name ?? 'status' }, request);
      // On record also where only the status was asked.
      this.#recordDenied(plan.subjectOf, request);
      return result;
    }
    const subject = subjectOf(plan.item.object, request.key);
    const targets = entities.length > 0 ? entities : [{ name: null, object: item.object }];
    for (const { name, object } of targets) {
      const { key, caseId, match } = request;
      this.#builder.queue.push({
        kind: 'entity',
        object,
        key,
        caseId,
        container: name === null ? null : result,
        place: { above: place, key: name ?? 'status' },
        match,
        // Its status says whether the person is there, which only the record tells.
        isVerified: false,
        inputs: NO_INPUTS,
        cameFrom: null,
        settled: (outcome, code, rule, inputs) => {
          // Denied by a rule over facts is not found here: an absent person's item would say the same.
          setStatus(code, outcome === 'not-found' || outcome === 'denied');
          this.#recorder.asked(subject, outcome, rule, caseId, inputs);
        },
      });
    }
    return result;
  }

  #failRequest(place: Place, { fault }: KeyRequest): void {
    this.#builder.fail(place, fault?.code ?? 'BAD_IDENTIFIER', fault?.rule ?? null);
  }

  /** Puts on record whom a root asked for that is not answered. */
  recordDenied({ plan, keys }: RootRequest): void {
    const kindOf = subjectOfRoot(plan);
    for (const key of keys) if (kindOf) this.#recordDenied(kindOf, key);
  }

  #recordDenied(kindOf: SubjectOf, { fault, key, caseId }: KeyRequest): void {
    // A malformed identifier names nobody: the caller's text is kept out of the log.
    if (key === null) return;
    const rule = fault?.rule ?? null;
    const inputs = rule === null ? NO_INPUTS : inputsOf(rule, '1');
    // Nobody was denied where a register has no operation for the key.
    const outcome = fault?.code === 'LOOKUP_UNSUPPORTED' ? 'failed' : 'denied';
    this.#recorder.asked({ kind: kindOf(key), key }, outcome, rule, caseId, inputs);
  }
}
