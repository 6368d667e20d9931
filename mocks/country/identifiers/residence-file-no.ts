import { hash } from '../random.ts';
import type { BlockKey } from './block-key.ts';
import { decodeItem, encodeItem } from './numbered-item.ts';

/** Số hồ sơ cư trú, an opaque string; the form `HS` + ten digits is modelled. */
export function encodeResidenceFileNo(seed: number, block: BlockKey, item: number): string {
  return `HS${String(encodeItem(hash(seed, 0x4e), block, item)).padStart(10, '0')}`;
}

export function decodeResidenceFileNo(seed: number, residenceFileNo: string): BlockKey | undefined {
  if (!/^HS\d{10}$/.test(residenceFileNo)) return undefined;
  const code = Number(residenceFileNo.slice(2));
  return code < 2 ** 30 ? decodeItem(hash(seed, 0x4e), code) : undefined;
}
