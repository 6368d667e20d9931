import { sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readYaml } from '../../config/yaml/read-yaml.ts';
import type { OwnerKeys } from '../../config/secrets/owner-keys.ts';
import { NO_PAPERS, type AuditPapers } from '../../policy/case/audit-order.ts';
import { isCaseId } from '../../policy/case/case.ts';

/** The file of audit orders, complaints and releases in AGREEMENTS_DIR. */
export const AUDIT_FILE = 'audit-orders.yaml';

/** Names in `owner-keys.<id>.json`: the office that issues orders, and the office that approves searches by subject. */
export const ISSUING = 'audit-orders';
export const APPROVING = 'audit-approvals';

const clientId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const date = z.iso.date();
const signature = z.strictObject({
  key: z.string().min(1),
  /** Ed25519, 64 bytes in base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
const order = z.strictObject({
  number: z.string().regex(/^KT-\d{6}-\d{4}$/),
  auditor: clientId,
  officers: z.array(z.string().min(1)).min(1).optional(),
  agencies: z.union([z.literal('all'), z.array(clientId).min(1)]),
  from: date,
  until: date,
  expires: date,
  /**
   * The approval of searches by subject, signed by a second person with another key. `demo` counts in the demo alone.
   */
  bySubject: z.union([z.literal('demo'), signature]).optional(),
  signature: signature.optional(),
});
const complaint = z.strictObject({
  number: z.string().regex(/^KN-\d{6}-\d{4}$/),
  auditor: clientId,
  expires: date,
  subject: z.string().regex(/^[0-9a-f]{64}$/),
  signature: signature.optional(),
});
const release = z.strictObject({
  case: z.string().refine(isCaseId, 'no dossier number'),
  on: date,
  signature: signature.optional(),
});
/**
 * An empty list is no fault: an editor who takes out the last paper leaves one, and refusing it would keep that paper
 * in force.
 */
function listOf<T extends z.ZodType>(paper: T) {
  return z
    .array(paper)
    .nullish()
    .transform((list) => list ?? []);
}
const auditFile = z.strictObject({
  orders: listOf(order),
  complaints: listOf(complaint),
  releases: listOf(release),
});
/** The content of `audit-orders.yaml`. */
export type AuditFile = z.infer<typeof auditFile>;
/** One audit order as the file holds it. */
export type OrderPaper = z.infer<typeof order>;
/** An order, a complaint or a release: each is signed alike. */
export type SignedPaper = OrderPaper | z.infer<typeof complaint> | z.infer<typeof release>;
type Signature = z.infer<typeof signature>;

/**
 * Parses and verifies the file, with all its faults; an absent file (undefined) holds no papers. Papers are given only
 * where there is no fault. `unsigned` is for the demo alone: no signature is verified then, and `bySubject: demo`
 * counts.
 */
export function parseAuditPapers(
  bytes: Buffer | undefined,
  owners: OwnerKeys | 'unsigned',
): { readonly papers: AuditPapers; readonly faults: readonly string[] } {
  if (!bytes) return { papers: NO_PAPERS, faults: [] };
  const { content, faults } = parseAuditFile(bytes);
  if (!content) return { papers: NO_PAPERS, faults };
  const all = faultsOfPapers(content, owners);
  return all.length > 0 ? { papers: NO_PAPERS, faults: all } : { papers: papersOf(content), faults: [] };
}

function papersOf({ orders, complaints, releases }: AuditFile): AuditPapers {
  return {
    orders: new Map(
      orders.map((one) => [
        one.number,
        {
          number: one.number,
          auditor: one.auditor,
          officers: one.officers ?? null,
          agencies: one.agencies === 'all' ? null : one.agencies,
          from: one.from,
          until: one.until,
          expires: one.expires,
          // The approval was verified before, or counts because this is the demo.
          isApprovedBySubject: one.bySubject !== undefined,
        },
      ]),
    ),
    complaints: new Map(
      complaints.map(({ number, auditor, expires, subject }) => [
        number,
        { number, auditor, expires, subject },
      ]),
    ),
    releases: releases.map((one) => ({ case: one.case, on: one.on })),
  };
}

/**
 * The signed text, in UTF-8, each line ended by a line feed: `national-data-gateway audit-orders v1`, `paper: <kind>`,
 * then the paper's fields without its signatures, a line for each field in the order of the names, values as JSON. An
 * approval has `audit-approvals` in the first line, and in its last `signature: <key id> <signature>`, the signature
 * with which the order was issued.
 */
export function paperStatement(paper: SignedPaper, as: typeof ISSUING | typeof APPROVING): Buffer {
  const { signature: issued, ...unsigned } = paper;
  const fields = Object.entries(unsigned)
    .filter(([name, value]) => value !== undefined && name !== 'bySubject')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const approved = as === APPROVING ? [`signature: ${issued?.key ?? '-'} ${issued?.signature ?? '-'}`] : [];
  const lines = [`national-data-gateway ${as} v1`, `paper: ${kindOf(paper)}`, ...fields, ...approved];
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

function kindOf(paper: SignedPaper): 'order' | 'complaint' | 'release' {
  if ('case' in paper) return 'release';
  return 'subject' in paper ? 'complaint' : 'order';
}

/** Signs a paper with Ed25519 (RFC 8032); the signature is in base64. */
export function signPaper(
  paper: SignedPaper,
  as: typeof ISSUING | typeof APPROVING,
  privateKey: KeyObject,
): string {
  return sign(null, paperStatement(paper, as), privateKey).toString('base64');
}

/** True where the signature fits the paper and the key. */
export function isSignedWith(
  paper: SignedPaper,
  as: typeof ISSUING | typeof APPROVING,
  given: Signature,
  publicKey: KeyObject,
): boolean {
  return verify(null, paperStatement(paper, as), publicKey, Buffer.from(given.signature, 'base64'));
}

/** Names a paper in a message: the number of an order or a complaint, the case of a release. */
export function nameOfPaper(paper: SignedPaper): string {
  return 'number' in paper ? paper.number : `release of ${paper.case}`;
}

/** Parses the file's shape without verifying signatures, for commands that sign papers. */
export function parseAuditFile(bytes: Buffer): {
  readonly content: AuditFile | null;
  readonly faults: readonly string[];
} {
  let content: unknown;
  try {
    content = readYaml(bytes);
  } catch {
    return { content: null, faults: [`${AUDIT_FILE}: not readable YAML`] };
  }
  const parsed = auditFile.safeParse(content ?? {});
  if (parsed.success) return { content: parsed.data, faults: [] };
  const faults = parsed.error.issues.map(
    (issue) => `${AUDIT_FILE}: ${issue.path.join('.') || 'file'}: ${issue.message}`,
  );
  return { content: null, faults };
}

function faultsOfPapers(content: AuditFile, owners: OwnerKeys | 'unsigned'): readonly string[] {
  const papers: readonly SignedPaper[] = [...content.orders, ...content.complaints, ...content.releases];
  const names = papers.map(nameOfPaper);
  const doubled = new Set(names.filter((name, at) => names.indexOf(name) < at));
  return [
    ...papers.flatMap((paper) => faultsOf(paper, owners)),
    ...[...doubled].map((name) => `${name}: appears twice`),
  ].map((fault) => `${AUDIT_FILE}: ${fault}`);
}

function faultsOf(paper: SignedPaper, owners: OwnerKeys | 'unsigned'): readonly string[] {
  const faults: (string | null)[] = [];
  if ('from' in paper && paper.from > paper.until) faults.push('ends before it begins');
  if (owners !== 'unsigned') {
    faults.push(faultOfSignature(paper, ISSUING, paper.signature, owners));
    if ('bySubject' in paper && paper.bySubject !== undefined) faults.push(faultOfApproval(paper, owners));
  }
  return faults.flatMap((fault) => (fault === null ? [] : [`${nameOfPaper(paper)}: ${fault}`]));
}

function faultOfSignature(
  paper: SignedPaper,
  as: typeof ISSUING | typeof APPROVING,
  given: Signature | undefined,
  owners: OwnerKeys,
): string | null {
  if (!given) return 'is not signed';
  const key = owners.get(as)?.get(given.key);
  if (!key) return `${as} has no key ${given.key}`;
  return isSignedWith(paper, as, given, key) ? null : `the signature of ${as} does not fit`;
}

/** Finds the fault of an approval. It is called outside the demo alone, where `demo` is no approval. */
function faultOfApproval(paper: OrderPaper, owners: OwnerKeys): string | null {
  const { bySubject, signature: issued } = paper;
  const approval = bySubject === 'demo' ? undefined : bySubject;
  if (!approval) return 'searches by subject are approved for the demo alone';
  const fault = faultOfSignature(paper, APPROVING, approval, owners);
  if (fault !== null) return fault;
  const own = issued && owners.get(ISSUING)?.get(issued.key);
  const isOwn = own && owners.get(APPROVING)?.get(approval.key)?.equals(own);
  // Two persons must sign, not one person who has a key in both lists.
  return isOwn ? 'searches by subject are approved with the key that issued the order' : null;
}
