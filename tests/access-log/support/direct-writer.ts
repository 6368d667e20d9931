import { onTestFinished } from 'vitest';
import type { AnswerRecord } from '../../../src/access-log/entry/answer-record.ts';
import { openStore } from '../../../src/access-log/stores/open-store.ts';
import {
  buildGroups,
  type BuiltGroup,
  type GroupBuilder,
} from '../../../src/access-log/write/group/build-groups.ts';
import { draftOf } from '../../../src/access-log/write/group/record-draft.ts';
import { exampleRecord, KEYS } from './example-record.ts';
import type { TestStore } from './test-stores.ts';

/** Writing without the thread, at a time of the test's choice. */
export interface DirectWriter {
  readonly groups: GroupBuilder;
  write(records: readonly AnswerRecord[], now?: number): Promise<BuiltGroup>;
  close(): Promise<void>;
}

export async function openDirectWriter(
  { settings }: TestStore,
  keys: Pick<typeof KEYS, 'log' | 'checkpointKeys'> & {
    readonly sealKeys: Parameters<typeof buildGroups>[0]['sealKeys'];
  } = KEYS,
): Promise<DirectWriter> {
  const store = openStore(settings, keys.log);
  onTestFinished(() => store.close());
  await store.open(true);
  const groups = buildGroups({ ...keys, tree: await store.readTree() });
  return {
    groups,
    async write(records, now = Date.now()) {
      const group = groups.build(records.map(draftOf), now);
      await store.commit(group.rows);
      group.accept();
      return group;
    },
    close: () => store.close(),
  };
}

/** About so many persons: as many leaves. */
export function recordOf(leaves: number): AnswerRecord {
  return exampleRecord({
    denied: [],
    subjects: Array.from({ length: leaves }, (_, n) => ({
      subject: { kind: 'person', key: String(n) },
      outcome: 'not-found',
      rule: null,
      inputs: '--------',
      caseIds: [],
      disclosed: [],
    })),
  });
}
