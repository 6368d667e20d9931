import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { StoreSettings } from '../../../src/access-log/stores/open-store.ts';
import { buildAccessLog } from '../../../src/access-log/write/group-commit.ts';
import { exampleRecord, KEYS } from '../support/example-record.ts';

/**
 * A process to be killed or traced: `node append-child.ts STORE CONCURRENCY COUNT` prints each id when, and only
 * when, its append has settled. STORE: settings as JSON; COUNT 0: until killed.
 */
const [store = '', concurrency = '1', count = '0'] = process.argv.slice(2);
const log = await buildAccessLog({ store: JSON.parse(store) as StoreSettings, ...KEYS });
const limit = Number(count) || Infinity;
let begun = 0;

async function appendOnAndOn(): Promise<void> {
  while (begun < limit) {
    begun += 1;
    const id = randomBytes(16).toString('hex');
    await log.append(exampleRecord({ id }));
    writeSync(1, `${id}\n`);
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, appendOnAndOn));
// Not closed: what has settled must be on disk without it.
process.exit(0);
