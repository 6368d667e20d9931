/** An order that bounds what an auditor may look at, and for how long (Decree 278/2025/ND-CP art. 14, modelled). Dates are `yyyy-mm-dd`, inclusive. */
export interface AuditOrder {
  /** `KT-261121-0001`. */
  readonly number: string;
  /** Registered client that it is given to. */
  readonly auditor: string;
  /** Accounts that may work under it; null: any of the client's. */
  readonly officers: readonly string[] | null;
  /** Clients whose accesses are audited; null: all. */
  readonly agencies: readonly string[] | null;
  /** Period of the accesses. */
  readonly from: string;
  readonly until: string;
  readonly expires: string;
  /** A second person has approved searches by subject. */
  readonly isApprovedBySubject: boolean;
}

/** Somebody's complaint about accesses to their own data: it opens those, and nothing else. */
export interface Complaint {
  /** `KN-261122-0001`. */
  readonly number: string;
  readonly auditor: string;
  readonly expires: string;
  /** Slow hash of the personal id (complaint-subject.ts): the file names nobody. */
  readonly subject: string;
}

/** Releases a covert purpose's accesses to those whom they were about, before their time. */
export interface Release {
  readonly case: string;
  readonly on: string;
}

export interface AuditPapers {
  readonly orders: ReadonlyMap<string, AuditOrder>;
  readonly complaints: ReadonlyMap<string, Complaint>;
  readonly releases: readonly Release[];
}

export const NO_PAPERS: AuditPapers = { orders: new Map(), complaints: new Map(), releases: [] };

export interface Auditor {
  readonly clientId: string;
  readonly officer: string;
}

/** The order or complaint of that number, where it is the auditor's and has not expired; null otherwise. */
export function paperFor(
  { orders, complaints }: AuditPapers,
  number: string,
  auditor: Auditor,
  today: string,
): AuditOrder | Complaint | null {
  const paper = orders.get(number) ?? complaints.get(number);
  if (!paper || paper.auditor !== auditor.clientId || paper.expires < today) return null;
  const officers = 'officers' in paper ? paper.officers : null;
  return officers !== null && !officers.includes(auditor.officer) ? null : paper;
}
