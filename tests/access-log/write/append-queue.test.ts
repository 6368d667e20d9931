import { expect, test } from 'vitest';
import { AppendQueue, type Appending } from '../../../src/access-log/write/append-queue.ts';
import { draftOf } from '../../../src/access-log/write/group/record-draft.ts';
import { exampleRecord } from '../support/example-record.ts';

function queueOf(...deadlines: readonly number[]) {
  const queue = new AppendQueue();
  const ends: (string | null)[] = deadlines.map(() => null);
  const appendings = deadlines.map((deadlineAt, n): Appending => ({
    draft: draftOf(exampleRecord()),
    deadlineAt,
    resolve: () => (ends[n] ??= 'written'),
    reject: ({ code }) => (ends[n] ??= code),
  }));
  for (const appending of appendings) queue.push(appending);
  return { queue, ends };
}

test('what comes back unwritten waits on in its place, and what is out of time is refused, not forgotten', () => {
  const { queue, ends } = queueOf(100, 200);
  const group = queue.takeGroup();
  // Before the deadlines' timer had its turn.
  queue.putBack(group, 150);
  expect(ends).toEqual(['ACCESS_LOG_UNAVAILABLE', null]);
  expect(queue.waiting).toBe(1);
  expect(queue.nextDeadline).toBe(200);
});

test('what is being written is refused at its deadline, and what comes of it later changes nothing', () => {
  const { queue, ends } = queueOf(100, 200, 300);
  const group = queue.takeGroup();
  expect(queue.expire(250)).toBe(true);
  expect(queue.expire(250)).toBe(false);
  expect(ends).toEqual(['ACCESS_LOG_UNAVAILABLE', 'ACCESS_LOG_UNAVAILABLE', null]);
  queue.endGroup((appending) => appending.resolve(null), group);
  expect(ends).toEqual(['ACCESS_LOG_UNAVAILABLE', 'ACCESS_LOG_UNAVAILABLE', 'written']);
  expect(queue.length).toBe(0);
});
