import type { RegisterDescriptor } from './register-descriptor.ts';
import type { RecordKind } from './records/record.ts';

/**
 * A register finds a record by its `key` alone, or by the key with the person's `factors` (full name and birth date). Null: it has no
 * operation for such a key.
 */
export type LookUp = 'key' | 'factors' | null;

/** Gives how records of a kind are found. It is the same for every request of a gateway. */
export type LookUpOf = (kind: RecordKind) => LookUp;

/** With the modelled batches every record is found by its key. */
export const BY_KEY: LookUpOf = () => 'key';

/** Without batches the registers' own single operations say what can be found. */
export function lookUpsOf(registers: readonly RegisterDescriptor[], asksBatches: boolean): LookUpOf {
  if (asksBatches) return BY_KEY;
  const known = new Map(
    registers.flatMap(({ single }) => Object.entries(single) as [RecordKind, Exclude<LookUp, null>][]),
  );
  return (kind) => known.get(kind) ?? null;
}
