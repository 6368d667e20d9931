import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/log-format/canonical-json.ts';
import { EntryFormat } from '../../../src/log-format/entry-format.ts';
import { parseEntry, readEntry } from '../../../src/independent/verify/reading/entry-reader.ts';
import { verifyExport } from '../../../src/independent/verify/verify-export.ts';
import { retainedLog, restoredLog } from './vectors/history-vectors.ts';
import { honestLog, writeExport, type Forged } from './vectors/forged-export.ts';
import { evidenceOf } from './vectors/verify-forged.ts';

const RUNS = Number(process.env['RANDOM_MUTATIONS'] ?? 300);

/** Honest exports of every kind, in files of ten. */
const exports = [
  honestLog().export(),
  honestLog().export(15),
  restoredLog().forge.export(),
  retainedLog(),
].map((forged) => ({ forged, folder: writeExport(forged, 10) }));

afterAll(() => exports.forEach(({ folder }) => rmSync(folder, { recursive: true })));

type Mutation = (bytes: Buffer) => Buffer;

const at = (bytes: Buffer, place: number): number =>
  Math.min(bytes.length - 1, Math.floor(place * bytes.length));
const place = fc.double({ min: 0, max: 1, noNaN: true });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([where, bits]) => (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8((changed[at(bytes, where)] ?? 0) ^ bits, at(bytes, where));
    return changed;
  }),
  fc.tuple(place, fc.integer({ min: 1, max: 64 })).map(([where, length]) => (bytes: Buffer) => {
    return Buffer.concat([bytes.subarray(0, at(bytes, where)), bytes.subarray(at(bytes, where) + length)]);
  }),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 40 })).map(([where, put]) => (bytes: Buffer) => {
    return Buffer.concat([bytes.subarray(0, at(bytes, where)), put, bytes.subarray(at(bytes, where))]);
  }),
  fc.tuple(place, place).map(
    ([one, other]) =>
      (bytes: Buffer) =>
        exchangedLines(bytes, one, other),
  ),
  place.map((where) => (bytes: Buffer) => bytes.subarray(0, at(bytes, where))),
);

function exchangedLines(bytes: Buffer, one: number, other: number): Buffer {
  const lines = bytes.toString('latin1').split('\n').slice(0, -1);
  if (lines.length < 2) return bytes;
  const [a, b] = [Math.floor(one * (lines.length - 1)), Math.floor(other * (lines.length - 1))];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
}

/** Spaces in JSON that is not hashed change nothing of what it says. */
function meaningOf(name: string, bytes: Buffer): string {
  if (/^(?:entries|hashes)/.test(name)) return bytes.toString('latin1');
  try {
    const lines = bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    return (
      lines.map((line) => canonicalJson(JSON.parse(line) as string)).join('\n') +
      bytes.toString('utf8').endsWith('\n')
    );
  } catch {
    return bytes.toString('latin1');
  }
}

/** Openings may be missing, and checkpoints between others: that is no tampering. Nothing else may be. */
function leavesOutLines(name: string, changed: Buffer, honest: Buffer): boolean {
  if (!/^(?:openings|checkpoints)/.test(name)) return false;
  const left = honest.toString('latin1').split('\n');
  return changed
    .toString('latin1')
    .split('\n')
    .every((line) => {
      const found = left.indexOf(line);
      left.splice(0, found + 1);
      return found >= 0;
    });
}

test(
  'a single change of any file is found, and the verifier never fails',
  { timeout: 30_000 + 100 * RUNS },
  () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(fc.nat(), fc.nat(), mutation, (which, file, mutate) => {
        const folder = exports[which % exports.length]?.folder ?? '';
        const names = readdirSync(folder).sort();
        const name = names[file % names.length] ?? '';
        const path = join(folder, name);
        const honest = readFileSync(path);
        const changed = mutate(honest);
        fc.pre(meaningOf(name, changed) !== meaningOf(name, honest));
        writeFileSync(path, changed);
        try {
          const result = verifyExport(folder, evidenceOf({}));
          expect(result.verdict === 'tampered' || leavesOutLines(name, changed, honest)).toBe(true);
          found.add(result.faults[0]?.attack ?? '');
        } finally {
          writeFileSync(path, honest);
        }
      }),
      { numRuns: RUNS },
    );
    expect(found.size).toBeGreaterThan(8);
  },
);

test('bytes that are no export at all never make the verifier fail', () => {
  const folder = writeExport(honestLog().export());
  fc.assert(
    fc.property(fc.constantFrom(...readdirSync(folder)), fc.uint8Array({ maxLength: 200 }), (name, bytes) => {
      const honest = readFileSync(join(folder, name));
      writeFileSync(join(folder, name), bytes);
      expect(verifyExport(folder, evidenceOf({})).faults.length + bytes.length).toBeGreaterThanOrEqual(0);
      writeFileSync(join(folder, name), honest);
    }),
    { numRuns: 100 },
  );
  rmSync(folder, { recursive: true });
});

const entryLines = exports
  .flatMap(({ forged }: { forged: Forged }) => forged.lines)
  .filter((line) => !line.startsWith('{"removed"'));
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('\u2028', '\u0000', '"', '\\', '\ud800'),
);

test('the pattern lets pass only what parsing lets pass, and says the same of it', () => {
  const scalar = fc.oneof(
    text,
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.constantFrom([], {}, '-0'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...entryLines),
      fc.nat(),
      scalar,
      fc.boolean(),
      (line, leaf, value, isCanonical) => {
        const entry = JSON.parse(line) as object;
        replaceLeaf(entry, leaf, value);
        const json = isCanonical
          ? (safely(() => canonicalJson(entry as never)) ?? JSON.stringify(entry))
          : JSON.stringify(entry);
        expect(readEntry(json)).toEqual(parseEntry(json));
      },
    ),
    { numRuns: RUNS * 4 },
  );
});

test('the pattern reads every honest entry as parsing does', () => {
  for (const line of entryLines) {
    expect(readEntry(line)).toEqual(parseEntry(line));
    expect(typeof readEntry(line)).toBe('object');
  }
});

test('any entry that the schema makes is read', () => {
  const hex = (length: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  const [line = ''] = entryLines;
  fc.assert(
    fc.property(
      text,
      text,
      hex(32),
      fc.array(text),
      fc.nat({ max: 2 ** 53 - 1 }),
      (officer, agency, id, coordinates, time) => {
        const entry = EntryFormat.parse(JSON.parse(line));
        entry.answer = { ...entry.answer, id, time, caller: { ...entry.answer.caller, officer, agency } };
        entry.disclosed = entry.disclosed.map((one) => ({ ...one, coordinates }));
        const json = safely(() => canonicalJson(entry));
        fc.pre(json !== null);
        expect(readEntry(json)).toMatchObject({ id, time });
      },
    ),
    { numRuns: RUNS },
  );
});

function replaceLeaf(value: object, leaf: number, by: unknown): void {
  const places: (readonly [Record<string, unknown>, string])[] = [];
  const visit = (one: object): void => {
    for (const [name, inner] of Object.entries(one)) {
      if (typeof inner === 'object' && inner !== null && Object.keys(inner as object).length > 0)
        visit(inner as object);
      else places.push([one as Record<string, unknown>, name]);
    }
  };
  visit(value);
  const [holder, name] = places[leaf % places.length] ?? [{}, ''];
  holder[name] = by;
}

function safely<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
