import { buildKeyedHash } from '../../../config/secrets/keyed-hash.ts';
import { openTextBox, sealBox } from '../../../config/secrets/sealed-box.ts';

/** Seals what the entries of one group only commit to, in one operation for the whole group. */
export interface GroupSeal {
  seal(groupId: string, text: string): Buffer;
  /** Opens sealed text; null where the bytes are not those that were sealed for this group under this key. */
  open(groupId: string, sealed: Uint8Array): string | null;
}

/**
 * Builds the seal of groups: one sealed box (sealed-box.ts) for each group. Each group has a key of its own, derived
 * with HMAC from the data key and the group's id. Random nonces under one key for all groups would pass the standard's
 * 2^32 messages.
 */
export function buildGroupSeal(keyId: string, dataKey: Buffer): GroupSeal {
  const derive = buildKeyedHash(dataKey);
  const keyOf = (groupId: string): Buffer => Buffer.from(derive(`access-log seal\n${groupId}`), 'hex');
  return {
    seal: (groupId, text) => sealBox(keyOf(groupId), text, associatedData(groupId, keyId)),
    open: (groupId, sealed) => openTextBox(keyOf(groupId), sealed, associatedData(groupId, keyId)),
  };
}

/** Id of the group that begins at this leaf. */
export function groupIdOf(log: string, firstLeaf: number): string {
  return `${log} ${firstLeaf}`;
}

function associatedData(groupId: string, keyId: string): Buffer {
  return Buffer.from(`access-log openings\n2\n${keyId}\n${groupId}`, 'utf8');
}
