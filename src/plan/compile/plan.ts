import type { CoordinateLists } from '../../disclosure/coordinate-lists.ts';
import type { NotedField } from '../../disclosure/object-note.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import type { Cut, DecidedField } from '../../policy/grant/decide-selection.ts';
import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type {
  EntityBinding,
  Evaluation,
  EvaluationArguments,
  RootBinding,
  SubjectOf,
} from '../../sources/binding.ts';
import type { RecordKind } from '../../sources/records/record.ts';
import type { RegisterName } from '../../registers.ts';

/** Reads an argument from coerced variables; absent arguments give undefined. */
export type ArgumentReader<T> = (variables: Variables) => T | undefined;

interface FieldPlanBase {
  readonly responseName: string;
  /** Index into the object's records for an entity; ignored for a row, which reads itself. */
  readonly record: number;
  /** Property of the record or row: the value, or the key or keys of a link. */
  readonly property: string;
}

/** How one field of an object is answered. */
export type FieldPlan =
  | { readonly shape: 'typename'; readonly responseName: string; readonly typeName: string }
  | { readonly shape: 'denied'; readonly responseName: string; readonly cuts: readonly Cut[] }
  /** No operation of the register finds the record or entity: null, with LOOKUP_UNSUPPORTED, and nothing is asked. */
  | { readonly shape: 'unsupported'; readonly responseName: string }
  | (FieldPlanBase & { readonly shape: 'leaf'; readonly isList: boolean })
  | (FieldPlanBase & {
      /** An evaluation: a field that answers true or false about the record. */
      readonly shape: 'evaluated';
      readonly coordinate: string;
      readonly evaluation: Evaluation;
      readonly given: (variables: Variables) => EvaluationArguments;
    })
  | (CompositeFieldPlan & {
      readonly shape: 'row';
      /** The rows may name persons, and no operation finds a person by what a row holds: nobody can decide who may be seen. */
      readonly namesUnfindable: boolean;
    })
  | (CompositeFieldPlan & { readonly shape: 'link' });

/** `row`: an object inside the record; `link`: an entity found by the key that stands there. */
interface CompositeFieldPlan extends FieldPlanBase {
  readonly isList: boolean;
  readonly first: ArgumentReader<number> | null;
  readonly object: ObjectPlan;
}

export interface ObjectPlan {
  readonly typeName: string;
  /** The coordinate that tells of a root's object that it exists; null for other objects. */
  readonly existence: string | null;
  /** The type's binding; null for rows inside a record. */
  readonly entity: EntityBinding | null;
  /** Records that the selected fields read, the anchor first; empty for rows. */
  readonly records: readonly RecordKind[];
  /** Aligned with `records`: keys of which the register holds nothing, and is not asked; null: it is always asked. */
  readonly nothingFor: readonly (((key: string) => boolean) | null)[];
  /** For rows that name a subject of their own. */
  readonly rowSubjects: readonly (readonly [property: string, SubjectOf])[] | null;
  readonly fields: readonly FieldPlan[];
  /** Characters of all response names. */
  readonly nameCharacters: number;
  /** Places of the `evaluated` fields. */
  readonly evaluated: readonly number[];
  /** Place of the one field that is read, where its register can answer it by itself (a verification); else null. */
  readonly verified: number | null;
  /** Aligned with `fields`. */
  readonly noted: readonly (NotedField | null)[];
}

/** Identifiers in the arguments of a root field. */
export interface AskedIdentifiers {
  readonly root: RootBinding;
  readonly subjectOf: SubjectOf;
  readonly identifiers: (variables: Variables) => readonly string[];
  /** The items' own cases. */
  readonly caseIds: ArgumentReader<readonly (string | null)[]>;
}

/** How one root field is answered. */
export type RootPlan =
  | { readonly shape: 'typename'; readonly responseName: string }
  | { readonly shape: 'public'; readonly responseName: string }
  | {
      readonly shape: 'denied';
      readonly responseName: string;
      readonly cuts: readonly Cut[];
      readonly isNullable: boolean;
      /** The identifiers that the caller asked for all the same, which go on record; null for a root without any. */
      readonly asked: AskedIdentifiers | null;
    }
  | {
      readonly shape: 'single';
      readonly responseName: string;
      readonly root: RootBinding;
      readonly subjectOf: SubjectOf;
      readonly identifier: ArgumentReader<string>;
      readonly match: ArgumentReader<MatchFactor>;
      readonly object: ObjectPlan;
    }
  | {
      readonly shape: 'batch';
      readonly responseName: string;
      readonly root: RootBinding;
      readonly subjectOf: SubjectOf;
      readonly identifiers: ArgumentReader<readonly string[]>;
      readonly matches: ArgumentReader<readonly (MatchFactor | null)[]>;
      readonly caseIds: ArgumentReader<readonly (string | null)[]>;
      readonly item: ItemPlan;
    }
  | {
      /** A log query. */
      readonly shape: 'log';
      readonly responseName: string;
      readonly fieldName: string;
      readonly given: (variables: Variables) => Readonly<Record<string, unknown>>;
      readonly selection: readonly DecidedField[];
      /** Granted fields of the selection, each once: an answer discloses these about each person it names. */
      readonly coordinates: readonly string[];
    };

export interface ItemPlan {
  readonly fields: readonly ItemFieldPlan[];
  /** Characters of all response names. */
  readonly nameCharacters: number;
  /** Selection of the item's entity, merged over aliases; only existence where none is selected. */
  readonly object: ObjectPlan;
}

export type ItemFieldPlan =
  | { readonly shape: 'typename'; readonly responseName: string; readonly typeName: string }
  | { readonly shape: 'denied'; readonly responseName: string; readonly cuts: readonly Cut[] }
  | { readonly shape: 'identifier' | 'status'; readonly responseName: string }
  | { readonly shape: 'entity'; readonly responseName: string; readonly object: ObjectPlan };

/** The registers that a plan may call, whatever is found. */
export interface PlanRegisters {
  /** Registers of the selected fields' records. */
  readonly selected: readonly RegisterName[];
  /** Persons may stand in the answer, so that the gate reads its facts about them. */
  readonly leadsToPersons: boolean;
  /** A yes-or-no field depends on deaths, which the gate reads of relatives. */
  readonly asksDeaths: boolean;
}

/** A checked and trimmed operation, ready to run any number of times. */
export interface Plan {
  readonly roots: readonly RootPlan[];
  /** The `first` of every list below: checked before any register is asked. */
  readonly firsts: readonly ArgumentReader<number>[];
  /** Checks of the arguments of fields below the roots. Each throws UserInputError. */
  readonly checks: readonly ((variables: Variables) => void)[];
  /** True where anything but public roots was asked. */
  readonly asksData: boolean;
  readonly hasDenials: boolean;
  /** Rows or links lead to further subjects, whom a rule may hide. */
  readonly leadsToOthers: boolean;
  /** A denied root may not be null, so that the whole answer is null: then nothing is read. */
  readonly leavesNothing: boolean;
  /** The cut fields with their codes, such as `Citizen.religion FIELD_NOT_GRANTED`, each once. All requests of this plan share the list. */
  readonly denied: readonly string[];
  /** Aligned with `roots`: the estimated work of each identifier, or of a log query, in microseconds of CPU time. */
  readonly work: readonly number[];
  readonly registers: PlanRegisters;
  /** Values of arguments are still to be decided, for each request anew. */
  readonly isRestricted: boolean;
  /** Shared by the recorders of all its answers. */
  readonly coordinateLists: CoordinateLists;
}

/** An error of the answer, at a path of response names and indexes. */
export interface AnswerError {
  readonly code: ErrorCode;
  readonly path: readonly (string | number)[];
  /** Schema coordinate of a field or argument that the grant cuts; null for other errors. */
  readonly coordinate: string | null;
  /** Rule behind a ROW_DENIED. */
  readonly rule: RowRuleName | 'register-refusal' | null;
}
