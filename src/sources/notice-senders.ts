import type { NoticeSender } from '../cache/notices/change-notice.ts';
import type { NoticeKeys } from '../config/secrets/notice-keys.ts';
import type { RegisterDescriptor } from './register-descriptor.ts';

/** The registers as senders of change notices, each about its own kinds of record alone. */
export function noticeSendersOf(
  registers: readonly Pick<RegisterDescriptor, 'name' | 'recordKinds'>[],
  keys: NoticeKeys,
): readonly NoticeSender[] {
  return registers.map(({ name, recordKinds }) => ({
    register: name,
    keys: keys.get(name) ?? [],
    kinds: new Set(Object.keys(recordKinds)),
  }));
}
