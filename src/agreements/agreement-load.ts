import type { RegisteredClients } from '../identity/registered-clients.ts';
import type { AuditPapers } from '../policy/case/audit-order.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import { sourceText } from '../policy/agreement/agreement-source.ts';

/** An agreement in one version. */
export interface AgreementVersion {
  readonly id: string;
  readonly version: number;
}

/** A change of agreements at one moment, as it is put on record. Instances over the same folder record the same. */
export interface AgreementLoad {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly added: readonly (AgreementVersion & { readonly digest: string })[];
  readonly changed: readonly {
    readonly id: string;
    readonly from: number;
    readonly to: number;
    readonly digest: string;
  }[];
  /** Agreements that are no longer in force, because they are named as withdrawn or their file has vanished. */
  readonly withdrawn: readonly AgreementVersion[];
  /** Agreements that are in force again, in the version that was withdrawn. */
  readonly reinstated: readonly AgreementVersion[];
  /** `client ID`, `officer CLIENT OFFICER`, `token JTI`, `key KID`; those that only Redis knows are not named. */
  readonly suspended: readonly string[];
  /** Registered clients that were added, removed or changed. */
  readonly clients: readonly string[];
  /** Numbers of audit orders and complaints, and cases of releases, that were added, removed or changed. */
  readonly papers: readonly string[];
  readonly lifted: readonly string[];
  /** Faults for which a new state of the folder was refused. The state before stays in force. */
  readonly faults: readonly string[];
  /**
   * Documents of all agreements that are in force from now on. They are kept beside the record under their digests, so
   * that old decisions can be replayed.
   */
  readonly documents: readonly AgreementDocument[];
}

/** The document of one version of an agreement, and its digest. */
export interface AgreementDocument {
  readonly digest: string;
  readonly text: string;
}

/** Builds the document of an agreement as it is kept beside the record. */
export function documentOf({ digest, source }: Agreement): AgreementDocument {
  return { digest, text: sourceText(source) };
}

/** A load in which nothing changed; a change is spread over it. */
export const NO_CHANGE: Omit<AgreementLoad, 'at'> = {
  added: [],
  changed: [],
  withdrawn: [],
  reinstated: [],
  suspended: [],
  clients: [],
  papers: [],
  lifted: [],
  faults: [],
  documents: [],
};

/** Finds the ids of clients whose registration differs. */
export function changedClients(before: RegisteredClients, after: RegisteredClients): readonly string[] {
  const same = (id: string): boolean => JSON.stringify(before.get(id)) === JSON.stringify(after.get(id));
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => !same(id));
}

/** Finds the audit papers that were added, removed or changed, by name. */
export function changedPapers(before: AuditPapers, after: AuditPapers): readonly string[] {
  const textsOf = ({ orders, complaints, releases }: AuditPapers): ReadonlyMap<string, string> =>
    new Map([
      ...[...orders, ...complaints].map(([number, one]) => [number, JSON.stringify(one)] as const),
      ...releases.map((one) => [`release ${one.case}`, one.on] as const),
    ]);
  const [old, now] = [textsOf(before), textsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
}

/** Compares a new state with the versions known before, by id. */
export function differenceTo(
  before: ReadonlyMap<string, { readonly version: number }>,
  agreements: readonly Agreement[],
): Pick<AgreementLoad, 'added' | 'changed' | 'documents'> {
  return {
    documents: agreements.map(documentOf),
    added: agreements
      .filter(({ id }) => !before.has(id))
      .map(({ id, version, digest }) => ({ id, version, digest })),
    changed: agreements.flatMap(({ id, version, digest }) => {
      const from = before.get(id)?.version;
      return from === undefined || from === version ? [] : [{ id, from, to: version, digest }];
    }),
  };
}
