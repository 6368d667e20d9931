import { z } from 'zod';

const when = {
  /** The number of matching calls to spoil; without it, all calls until the faults are cleared. */
  times: z.int().min(1).optional(),
  /** The fault spoils only calls that ask for this key. */
  onlyWithKey: z.string().optional(),
};

const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('delay'), ms: z.number().min(0).max(600_000), ...when }),
  /** The service never answers. */
  z.strictObject({ fault: z.literal('hang'), ...when }),
  /** Closes the connection without an answer. */
  z.strictObject({ fault: z.literal('drop'), ...when }),
  /** An error page that is not of the service's format. */
  z.strictObject({ fault: z.literal('status'), status: z.union([z.literal(500), z.literal(503)]), ...when }),
  /** The body ends in the middle. */
  z.strictObject({ fault: z.literal('cut'), ...when }),
  /** Valid syntax, wrong types: in the list of rows, or in the record of one row (`key`, else all). */
  z.strictObject({
    fault: z.literal('wrong-shape'),
    where: z.enum(['envelope', 'record']).optional(),
    key: z.string().optional(),
    ...when,
  }),
  /** Rows in reverse order. */
  z.strictObject({ fault: z.literal('reorder'), ...when }),
  /** The row of `key`, else the first, is missing, or comes twice. */
  z.strictObject({ fault: z.literal('omit-row'), key: z.string().optional(), ...when }),
  z.strictObject({ fault: z.literal('double-row'), key: z.string().optional(), ...when }),
  /** Somebody else's record (`otherKey`, else another row's) under the key that was asked. */
  z.strictObject({
    fault: z.literal('swap-row'),
    key: z.string().optional(),
    otherKey: z.string().optional(),
    ...when,
  }),
  /** A further row (`otherKey`, else a made-up key) that nobody asked for. */
  z.strictObject({ fault: z.literal('stray-row'), otherKey: z.string().optional(), ...when }),
  /** The right envelope without rows. */
  z.strictObject({ fault: z.literal('no-rows'), ...when }),
  /** The whole body is `{}` (SOAP: an empty Body), or `[]`. */
  z.strictObject({ fault: z.literal('empty-object'), ...when }),
  z.strictObject({ fault: z.literal('empty-array'), ...when }),
  /** Times that vary from call to call: half are below `p50`, one in a hundred is above `p99` (log-normal). */
  z.strictObject({
    fault: z.literal('latency'),
    p50: z.number().min(0).max(60_000),
    p99: z.number().min(0).max(600_000),
    ...when,
  }),
  /** The service does not listen for so long: connections are refused, and those that stand are closed. */
  z.strictObject({ fault: z.literal('outage'), ms: z.number().min(1).max(600_000), ...when }),
  /** The connection is reset in the middle of the body. */
  z.strictObject({ fault: z.literal('reset'), ...when }),
  /** The body comes in small pieces, over so long. */
  z.strictObject({ fault: z.literal('drip'), ms: z.number().min(0).max(600_000), ...when }),
  /** The body is in another character set than it says. */
  z.strictObject({ fault: z.literal('charset'), ...when }),
  /** A page for people, with status 200. */
  z.strictObject({ fault: z.literal('page'), ...when }),
  /** Records as they were so many days ago, by the register's own date. */
  z.strictObject({ fault: z.literal('stale'), days: z.int().min(1).max(36_500), ...when }),
  /** A release of the register that names the fields of its records otherwise. */
  z.strictObject({ fault: z.literal('renamed'), ...when }),
  /** Only the first half of the rows. */
  z.strictObject({ fault: z.literal('partial'), ...when }),
]);

export type Fault = z.infer<typeof faultSchema>;

/** Every kind of fault, as `fault` names it. */
export const FAULT_KINDS = faultSchema.options.map(({ shape }) => shape.fault.value);

/** Throws on anything but a fault or a list of faults. */
export function parseFaults(json: unknown): readonly Fault[] {
  return z.array(faultSchema).parse(Array.isArray(json) ? json : [json]);
}

/** The faults of one service; several apply together, in the order in which they were set. */
export interface FaultControl {
  /** Replaces what was set before. */
  set(...faults: readonly Fault[]): void;
  clear(): void;
  /** The faults of this call; uses up one of their `times`. */
  take(keys: readonly string[]): readonly Fault[];
}

export function buildFaultControl(): FaultControl {
  let armed: { readonly fault: Fault; left: number }[] = [];
  return {
    set(...faults) {
      armed = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
    },
    clear() {
      armed = [];
    },
    take(keys) {
      if (armed.length === 0) return [];
      const taken = armed.filter(
        ({ fault }) => fault.onlyWithKey === undefined || keys.includes(fault.onlyWithKey),
      );
      for (const one of taken) one.left -= 1;
      armed = armed.filter(({ left }) => left > 0);
      return taken.map(({ fault }) => fault);
    },
  };
}
