import type { AnswerRecord } from '../../../src/access-log/entry/answer-record.ts';
import type { GatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { openStore } from '../../../src/access-log/stores/open-store.ts';
import { buildGroups } from '../../../src/access-log/write/group/build-groups.ts';
import { draftOf } from '../../../src/access-log/write/group/record-draft.ts';
import { exampleRecord, KEYS, LOG } from '../support/example-record.ts';
import type { TestStore } from '../support/test-stores.ts';

/** The vkey of the tests' log. */
export const LOG_KEY = noteSignerOf(LOG, signingKeyOf(KEYS.checkpointKeys[0].key)).key;
export const LOG_VKEY = formatVerifierKey(LOG_KEY);

/** A group of answers, and when it is written, milliseconds since 1970. */
export interface AuthoredGroup {
  readonly at: number;
  readonly answers: readonly (Partial<AnswerRecord> | GatewayAct)[];
}

/** Writes groups as the gateway does, at times of the past too. Returns the log's size after each. */
export async function authorGroups(
  { settings }: TestStore,
  groups: readonly AuthoredGroup[],
  keys: Pick<typeof KEYS, 'log' | 'sealKeys' | 'checkpointKeys'> = KEYS,
): Promise<readonly number[]> {
  const store = openStore(settings, keys.log);
  await store.open(true);
  try {
    const builder = buildGroups({ ...keys, tree: await store.readTree() });
    const sizes: number[] = [];
    for (const { at, answers } of groups) {
      const drafts = answers.map((one) =>
        draftOf('detail' in one ? one : exampleRecord({ time: at, ...one })),
      );
      const group = builder.build(drafts, at);
      await store.commit(group.rows);
      group.accept();
      sizes.push(builder.size);
    }
    return sizes;
  } finally {
    await store.close();
  }
}

/** `count` groups of one to three answers, a minute apart. */
export function plainGroups(count: number, firstAt: number): readonly AuthoredGroup[] {
  return Array.from({ length: count }, (_none, n) => ({
    at: firstAt + n * 60_000,
    answers: Array.from({ length: 1 + (n % 3) }, (_same, of) => (of === 1 ? { subjects: [] } : {})),
  }));
}
