import { openTextBox, sealBox } from '../../config/secrets/sealed-box.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import type { ChangeNotice } from './change-notice.ts';

/** Keys of the cache's seal: the first seals, and all open. */
export type NoticeSeal = KeyRing;

const BOUND = Buffer.from('notice eviction');

/** The keys of a notice as they travel between instances. */
export function sealEviction(ring: NoticeSeal, { keys }: Pick<ChangeNotice, 'keys'>): Buffer {
  return sealBox(ring[0].key, JSON.stringify(keys), BOUND);
}

/** The keys; null where no key of the ring opens the box. */
export function openEviction(ring: NoticeSeal, box: Buffer): readonly string[] | null {
  for (const { key } of ring) {
    const text = openTextBox(key, box, BOUND);
    if (text !== null) return JSON.parse(text) as readonly string[];
  }
  return null;
}
