import { EntryFormat, RetentionDetailFormat } from '../../log-format/entry-format.ts';
import { leafText } from '../../log-format/leaf-text.ts';
import { hasHash, hashesFrom } from './opened-answer.ts';
import type { LogRows } from '../stores/log-rows.ts';

/**
 * The first entry that no entry about retention covers: what is missing before it left after its time, and what is
 * missing from there on was lost or taken away. The newest such entry covers all that the ones before it did. An entry
 * whose hash is not the stored one says nothing. Rejects with StoreFault.
 */
export async function statedRemovalEnd(
  rows: Pick<LogRows, 'newestAct' | 'groupsAt'>,
  log: string,
): Promise<number> {
  const act = await rows.newestAct(log, 'retention');
  if (!act) return 0;
  const [group] = await rows.groupsAt(log, [act.group]);
  const text = leafText(act.head, act.tails, act.firstLeaf, log);
  if (!group || !hasHash(text, hashesFrom(group, act.firstLeaf), 0)) return 0;
  const entry = EntryFormat.safeParse(jsonOf(text)).data;
  if (entry?.answer.caller.kind !== 'gateway' || entry.answer.purpose !== 'retention') return 0;
  const { data } = RetentionDetailFormat.safeParse(entry.first?.detail);
  return data && data.from === 0 && data.to <= act.firstLeaf ? data.to : 0;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
