import { z } from 'zod';
import { readYaml } from '../config/yaml/read-yaml.ts';

/** The kind of a caller. It belongs to the registered client, never to the token. */
export const CALLER_KINDS = ['agency', 'citizen', 'auditor', 'owner', 'centre'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

/** A system that may call the gateway. */
export interface RegisteredClient {
  readonly id: string;
  readonly kind: CallerKind;
  readonly name: string;
  /** Commune code of the office; null where the office works for a province or the country. */
  readonly unit: string | null;
  /** Code of the province for which an office without a commune works; null where it works for the country. */
  readonly province: string | null;
  /** The register of an owner; null for every other kind of client. */
  readonly register: string | null;
}

/** Registered clients by id. */
export type RegisteredClients = ReadonlyMap<string, RegisteredClient>;

const clientFile = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
      kind: z.enum(CALLER_KINDS),
      name: z.string().min(1),
      unit: z
        .string()
        .regex(/^\d{5}$/)
        .optional(),
      province: z
        .string()
        .regex(/^\d{2}$/)
        .optional(),
      register: z
        .string()
        .regex(/^[a-z][a-z-]*$/)
        .optional(),
    }),
  )
  .min(1);

function withNulls(given: z.infer<typeof clientFile>[number]): RegisteredClient {
  const { unit, province, register } = given;
  return { ...given, unit: unit ?? null, province: province ?? null, register: register ?? null };
}

/** Parses `clients.yaml` of AGREEMENTS_DIR and returns its faults. `bytes` is undefined where there is no such file. */
export function parseRegisteredClients(bytes: Buffer | undefined): {
  readonly clients: RegisteredClients;
  readonly faults: readonly string[];
} {
  let content: unknown;
  try {
    if (!bytes) throw new Error('absent');
    content = readYaml(bytes);
  } catch {
    return { clients: new Map(), faults: ['clients.yaml: cannot be read'] };
  }
  const parsed = clientFile.safeParse(content);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `clients.yaml: ${issue.path.join('.') || 'file'}: ${issue.message}`,
    );
    return { clients: new Map(), faults };
  }
  const clients = new Map(parsed.data.map((one) => [one.id, withNulls(one)]));
  const faults = [
    ...(clients.size < parsed.data.length ? ['clients.yaml: has a client twice'] : []),
    ...parsed.data
      .filter(({ kind, register }) => (kind === 'owner') !== (register !== undefined))
      .map(({ id }) => `clients.yaml: ${id}: owners, and only they, name their register`),
    ...parsed.data
      .filter(({ unit, province }) => unit !== undefined && province !== undefined)
      .map(({ id }) => `clients.yaml: ${id}: a unit lies in its province; name the unit alone`),
  ];
  return { clients, faults };
}
