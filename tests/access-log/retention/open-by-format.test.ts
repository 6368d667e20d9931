import { createDecipheriv, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportLog } from '../../../src/access-log/export/export-log.ts';
import { SealedPart } from '../../../src/access-log/retention/sealed-part.ts';
import { LOG, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { authorGroups, plainGroups } from '../export/log-author.ts';
import { createSqliteTestStore } from '../support/test-stores.ts';

/** FORMAT.md, Archive: nonce, tag, ciphertext. */
function opened(key: Buffer, associated: string, base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(associated));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}

function linesOf<Line>(path: string): readonly Line[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

test('an archive opens with what FORMAT.md says, and nothing else of ours', async () => {
  const store = await createSqliteTestStore();
  const [, to = 0] = await authorGroups(store, plainGroups(2, Date.parse('2024-01-05T00:00:00Z')));
  const folder = mkdtempSync(join(tmpdir(), 'by-format-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const rows = store.openLogRows();
  const sealed = new SealedPart(folder);
  const options = { log: LOG, range: { from: 0, to }, folder: join(folder, 'export'), opener: null };
  await exportLog(rows, { ...options, onGroup: (group) => sealed.add(group) });
  await sealed.close(rows);
  await rows.close();

  const [wrapped] = linesOf<{ id: string; wrappedBy: string; wrapped: string }>(join(folder, 'keys.ndjson'));
  const { id = '', wrappedBy = '' } = wrapped ?? {};
  const wrapping = `access-log data key\n1\n${wrappedBy}\n${id}`;
  const dataKey = opened(SEAL_KEYS[0].key, wrapping, wrapped?.wrapped ?? '');
  const groups = linesOf<{ from: number; key: string; sealed: string }>(join(folder, 'sealed-000001.ndjson'));
  const answers = groups.flatMap(({ from, key, sealed: text }) => {
    const groupKey = createHmac('sha256', dataKey).update(`access-log seal\n${LOG} ${from}`).digest();
    const associated = `access-log openings\n2\n${key}\n${LOG} ${from}`;
    return JSON.parse(opened(groupKey, associated, text).toString()) as readonly (readonly unknown[])[];
  });
  expect(groups.map(({ from }) => from)).toEqual([0, SUBJECTS.length]);
  expect(answers[0]?.[5]).toHaveLength(SUBJECTS.length);
  expect(JSON.stringify(answers[0]?.[5])).toContain('001190900011');
});
