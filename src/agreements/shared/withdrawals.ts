import { z } from 'zod';
import { readYaml } from '../../config/yaml/read-yaml.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';

/** The file of withdrawals in AGREEMENTS_DIR. It takes effect even where other files are faulty. */
export const WITHDRAWALS_FILE = 'withdrawn.yaml';

const idText = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const filled = z.string().min(1);
const withdrawalsFile = z.strictObject({
  agreements: z
    .array(
      z.strictObject({
        id: idText,
        /** The newest version that is withdrawn; without it every version is. */
        version: z.int().positive().optional(),
        /** Day and reason are for human readers: a withdrawal takes effect when the file is read. */
        since: z.iso.date().optional(),
        reason: filled.optional(),
      }),
    )
    .default([]),
  suspended: z
    .strictObject({
      clients: z.array(idText).default([]),
      officers: z.array(z.strictObject({ client: idText, officer: filled })).default([]),
      tokens: z.array(filled).default([]),
      keys: z.array(filled).default([]),
    })
    .default({ clients: [], officers: [], tokens: [], keys: [] }),
});

/** The parts of a caller that can be suspended. */
export interface Suspendable {
  readonly client: { readonly id: string };
  readonly officer: string;
  readonly tokenId: string;
  readonly keyId: string;
}

/**
 * Entries are texts such as `agreement ID@VERSION` or `client ID`, so that they can be compared, hashed and recorded.
 */
export interface Withdrawals {
  readonly agreements: ReadonlySet<string>;
  readonly suspensions: ReadonlySet<string>;
}

const NO_WITHDRAWALS: Withdrawals = { agreements: new Set(), suspensions: new Set() };

/**
 * Parses the file. An absent file (undefined) withdraws nothing. An empty one is a fault, because nothing may be lifted
 * while a file is being written.
 */
export function parseWithdrawals(bytes: Buffer | undefined): {
  readonly withdrawals: Withdrawals;
  readonly faults: readonly string[];
} {
  if (!bytes) return { withdrawals: NO_WITHDRAWALS, faults: [] };
  let content: unknown;
  try {
    content = readYaml(bytes);
  } catch {
    return { withdrawals: NO_WITHDRAWALS, faults: [`${WITHDRAWALS_FILE}: not readable YAML`] };
  }
  const parsed = withdrawalsFile.safeParse(content);
  if (parsed.success) return { withdrawals: entriesOf(parsed.data), faults: [] };
  const faults = parsed.error.issues.map(
    (issue) => `${WITHDRAWALS_FILE}: ${issue.path.join('.') || 'file'}: ${issue.message}`,
  );
  return { withdrawals: NO_WITHDRAWALS, faults };
}

function entriesOf({ agreements, suspended }: z.infer<typeof withdrawalsFile>): Withdrawals {
  return {
    agreements: new Set(
      agreements.map(({ id, version }) => `agreement ${id}${version === undefined ? '' : `@${version}`}`),
    ),
    suspensions: new Set([
      ...suspended.clients.map((id) => `client ${id}`),
      ...suspended.officers.map(({ client, officer }) => `officer ${client} ${officer}`),
      ...suspended.tokens.map((id) => `token ${id}`),
      ...suspended.keys.map((id) => `key ${id}`),
    ]),
  };
}

/** Joins the entries of two readings. */
export function unionOfWithdrawals(one: Withdrawals, other: Withdrawals): Withdrawals {
  return {
    agreements: one.agreements.union(other.agreements),
    suspensions: one.suspensions.union(other.suspensions),
  };
}

/** Lists every entry that would suspend this caller. */
export function suspensionsOf({ client, officer, tokenId, keyId }: Suspendable): readonly string[] {
  return [`client ${client.id}`, `officer ${client.id} ${officer}`, `token ${tokenId}`, `key ${keyId}`];
}

/** True where an entry names this agreement without a version, or with this or a later version. */
export function isWithdrawnBy(entries: ReadonlySet<string>, { id, version }: Agreement): boolean {
  for (const entry of entries) {
    const [name, upTo] = entry.slice('agreement '.length).split('@');
    if (name === id && (upTo === undefined || version <= Number(upTo))) return true;
  }
  return false;
}
