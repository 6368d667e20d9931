import type { z } from 'zod';
import type { Limit } from '../config/limits.ts';
import type { RegisterName } from '../registers.ts';
import type { RegisterBinding } from './binding.ts';
import type { CallLimits } from './calls/call-rate.ts';
import type { Connector } from './calls/connector.ts';
import { buildMuteConnector } from './calls/single-connector.ts';
import type { Transport } from './calls/transport.ts';
import type { RecordKind } from './records/record.ts';

/**
 * All that the gateway knows of one register. Code that concerns every register loops over a list of
 * descriptors.
 */
export interface RegisterDescriptor {
  readonly name: RegisterName;
  /** The register's name in the law; citizens read the Vietnamese one in the list of accesses to their data. */
  readonly legalName: { readonly vi: string; readonly en: string };
  /** Kinds of record that the register gives, each with the time for which the cache keeps one. */
  readonly recordKinds: Readonly<Record<RecordKind, Limit>>;
  /**
   * Whether an old record may stand in while the register fails, where the agreement accepts it. It never may where rights depend on
   * the records: protection, death and guardianship have a maximum age of their own.
   */
  readonly mayBeStale?: true;
  /** The register takes no more than this of one gateway. */
  readonly callLimits: CallLimits;
  /** Shape of the register's part of the credentials file. */
  readonly credentials: z.ZodType;
  /** SDL of the register's part of the schema. */
  readonly sdl: URL;
  readonly binding: RegisterBinding;
  /**
   * Kinds of record that the register gives without batches, one key a call, with what it needs to find one: the key alone, or a
   * person's full name and birth date beside it. It has no operation for the kinds that are missing.
   */
  readonly single: Readonly<Partial<Record<RecordKind, 'key' | 'factors'>>>;
  /** Builds the connector. Throws where the credentials do not have the shape above. */
  connect(transport: Transport, credentials: unknown, asksBatches?: boolean): Connector;
}

export interface RegisterDefinition<Credentials> extends Omit<
  RegisterDescriptor,
  'credentials' | 'connect' | 'single'
> {
  readonly credentials: z.ZodType<Credentials>;
  readonly buildConnector: (transport: Transport, credentials: Credentials) => Connector;
  /** The register without batches; absent: it has no operation then for any record of the schema. */
  readonly withoutBatches?: {
    readonly finds: RegisterDescriptor['single'];
    readonly buildConnector: (transport: Transport, credentials: Credentials) => Connector;
  };
}

/** Ties the connector to the shape of its credentials, so that descriptors of different shapes stand in one list. */
export function describeRegister<Credentials>({
  buildConnector,
  withoutBatches,
  ...definition
}: RegisterDefinition<Credentials>): RegisterDescriptor {
  return {
    ...definition,
    single: withoutBatches?.finds ?? {},
    connect(transport, credentials, asksBatches = true) {
      const checked = definition.credentials.parse(credentials);
      if (asksBatches) return buildConnector(transport, checked);
      return (
        withoutBatches?.buildConnector(transport, checked) ?? buildMuteConnector(transport, definition.name)
      );
    },
  };
}

/** The registers' Vietnamese names in the law, by id. */
export function legalNamesOf(registers: readonly RegisterDescriptor[]): Map<RegisterName, string> {
  return new Map(registers.map(({ name, legalName }) => [name, legalName.vi]));
}

/** An SDL file of the gateway's own folder `schema/`. */
export function schemaFile(name: string): URL {
  return new URL(`../../schema/${name}`, import.meta.url);
}
