import { readdirSync, readFileSync, statSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Folders of src in the order of a request's path; a folder imports only those above it. */
const ORDER = [
  'config',
  'telemetry',
  'log-format',
  'independent',
  'identity',
  'units',
  'operation',
  'policy',
  'agreements',
  'disclosure',
  'access-log',
  'cache',
  'sources',
  'plan',
  'prefill',
  'request',
  'pipeline.ts',
  'watch',
  'http',
  'console',
  'commands',
  'gateway.ts',
  'main.ts',
];
const FOR_ALL = ['errors.ts', 'registers.ts', 'generated'];
const NAMELESS = /^(utils?|helpers?|common|types|manager|service|index)\.ts$/;

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Every module that a file names, types and dynamic imports included. */
function importsOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const statics = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
  ];
  return statics.filter((name) => name.startsWith('.')).map((name) => resolve(dirname(file), name));
}

function placeOf(file: string): string {
  return relative(join(ROOT, 'src'), file).split('/')[0] ?? '';
}

const sources = filesUnder(join(ROOT, 'src'));
const mocks = filesUnder(join(ROOT, 'mocks'));

describe('architecture', () => {
  it('finds its own imports', () => {
    expect(importsOf(join(ROOT, 'src/gateway.ts')).length).toBeGreaterThan(10);
  });

  it.each(sources.map((file) => [relative(ROOT, file), file]))('%s imports upwards only', (_name, file) => {
    const own = placeOf(file);
    if (own === 'errors.ts' || own === 'registers.ts') return;
    // Generated files import nothing, and a folder without a place in the order may not import anything either.
    const rank = ORDER.indexOf(own);
    const wrong = importsOf(file).filter((target) => {
      if (rank < 0 || !target.startsWith(join(ROOT, 'src'))) return true;
      const place = placeOf(target);
      return !FOR_ALL.includes(place) && place !== own && ORDER.indexOf(place) >= rank;
    });
    expect(wrong.map((target) => relative(ROOT, target))).toEqual([]);
  });

  it('gives mocks nothing of src but units and the names of registers', () => {
    const wrong = mocks.flatMap((file) =>
      importsOf(file)
        .filter(
          (target) =>
            target.startsWith(join(ROOT, 'src')) && !['units', 'registers.ts'].includes(placeOf(target)),
        )
        .map((target) => `${relative(ROOT, file)} -> ${relative(ROOT, target)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycle, types included', () => {
    const graph = new Map([...sources, ...mocks].map((file) => [file, importsOf(file)]));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push(
          [...trail.slice(trail.indexOf(file)), file].map((one) => relative(ROOT, one)).join(' -> '),
        );
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')));
    expect(readers.map((file) => relative(ROOT, file))).toEqual(['src/config/read-environment.ts']);
  });

  it('loads mocks dynamically, and from main.ts and the demo’s commands only', () => {
    const naming = sources.filter((file) => /['"][./]+\/mocks\//.test(readFileSync(file, 'utf8')));
    expect(naming.map((file) => relative(ROOT, file)).toSorted()).toEqual([
      'src/commands/demo/mocks.ts',
      'src/commands/demo/people.ts',
      'src/commands/demo/token.ts',
      'src/main.ts',
    ]);
  });

  it('keeps files small and named for what they hold', () => {
    const long = [...sources, ...mocks].filter(
      (file) => !file.includes('/generated/') && readFileSync(file, 'utf8').split('\n').length > 351,
    );
    const nameless = [...sources, ...mocks].filter((file) => NAMELESS.test(file.split('/').at(-1) ?? ''));
    expect([...long, ...nameless].map((file) => relative(ROOT, file))).toEqual([]);
  });

  it('opens each folder of src and mocks, schema and tests with a short README', () => {
    const folders = [...new Set([...sources, ...mocks].map((file) => dirname(file)))]
      .filter((folder) => !folder.endsWith('/generated'))
      .concat(['schema', 'tests', 'tests/support', 'tests/bench'].map((folder) => join(ROOT, folder)));
    const wrong = folders.filter((folder) => {
      const readme = join(folder, 'README.md');
      if (!existsSync(readme)) return true;
      return statSync(readme).size === 0 || readFileSync(readme, 'utf8').trimEnd().split('\n').length > 40;
    });
    expect(wrong.map((folder) => relative(ROOT, folder))).toEqual([]);
  });
});
