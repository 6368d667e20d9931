import type { RegisterDescriptor } from './register-descriptor.ts';
import type { RecordKind } from './records/record.ts';

/**
 * A register finds a record by its `key` alone, or by the key with the person's `factors` (full name and birth date). Null: it has no
 * operation for such a key.
 */
export type LookUp = 'key' | 'factors' | null;

/** Gives how records of a kind are found. It is the same for every request of a gateway. */
export type LookUpOf = (kind: RecordKind) => LookUp;

/** Every record is found by its key. */
export const BY_KEY: LookUpOf = () => 'key';

/** Without batches the registers' own single operations say what can be found. A verification always needs the factors that it is about. */
export function lookUpsOf(registers: readonly RegisterDescriptor[], asksBatches: boolean): LookUpOf {
  const verified = registers.flatMap(({ binding }) =>
    Object.values(binding.evaluations).flatMap((one) =>
      one?.verification ? [[one.verification.kind, 'factors'] as const] : [],
    ),
  );
  const single = registers.flatMap((one) => Object.entries(one.single) as [RecordKind, LookUp][]);
  const known = new Map<RecordKind, LookUp>(asksBatches ? verified : [...single, ...verified]);
  return (kind) => known.get(kind) ?? (asksBatches ? 'key' : null);
}
