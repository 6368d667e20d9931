import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { reconcile, type ReconcileResult } from '../../../src/independent/reconcile/reconcile.ts';
import type { Window } from '../../../src/independent/reconcile/window.ts';
import { START, writeExport, type Forged } from '../verify/vectors/forged-export.ts';

export const MINUTE = 60_000;
export const EVER: Window = { from: -Infinity, to: Infinity, tolerance: 5 * MINUTE };

/** The line that a register logs of a call of the forged log, where nothing else is said. */
const LINE = {
  time: START,
  requestId: 'a',
  client: 'portal-hn',
  purpose: 'inspection',
  key: '',
  officer: 'an.nguyen',
  dossier: 'H26-261121-0001',
};

export type Line = Partial<typeof LINE>;

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Compares forged exports with a register's lines. */
export function compareLines(
  exports: readonly Forged[],
  lines: readonly Line[],
  { window = EVER, register = 'population' } = {},
): ReconcileResult {
  const written = exports.map((forged) => writeExport(forged));
  folders.push(...written);
  mkdirSync(join(written[0] ?? '', 'registers'));
  const file = join(written[0] ?? '', 'registers', 'one.ndjson');
  const text = lines.map((line) => {
    const whole = { ...LINE, ...line };
    return `${JSON.stringify({ ...whole, time: new Date(whole.time).toISOString() })}\n`;
  });
  writeFileSync(file, text.join(''));
  return reconcile({ exports: written, registers: [{ register, file }], window });
}
