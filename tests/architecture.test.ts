import { readdirSync, readFileSync, statSync, existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
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
/** All that an independent program may import, beside its own folder. */
const FOR_INDEPENDENT = ['log-format', 'errors.ts', 'registers.ts'];
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

/** Modules that a file starts as threads. */
function threadsOf(file: string): readonly string[] {
  const found = readFileSync(file, 'utf8').matchAll(/new URL\('(\.[^']*\.ts)', import\.meta\.url\)/g);
  return [...found].map(([, name = '']) => resolve(dirname(file), name));
}

/** Every package and module of Node that a file names. */
function packagesOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  return [...module.staticImports, ...module.staticExports.flatMap((one) => one.entries)].flatMap(
    ({ moduleRequest }) =>
      moduleRequest && !moduleRequest.value.startsWith('.') ? [moduleRequest.value] : [],
  );
}

/** Names under which a file exports anything, types included. */
function exportedBy(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  return module.staticExports.flatMap((one) =>
    one.entries.flatMap(({ exportName }) => exportName.name ?? []),
  );
}

function sourcesIn(place: string): readonly string[] {
  return sources.filter((file) => placeOf(file) === place);
}

function placeOf(file: string): string {
  return relative(join(ROOT, 'src'), file).split('/')[0] ?? '';
}

/** A file's code, in which a comment may name what the code must not. */
function withoutComments(file: string): string {
  const text = readFileSync(file, 'utf8');
  return parseSync(file, text).comments.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  );
}

function isIn(path: string, place: string): boolean {
  return path === `src/${place}` || path.startsWith(`src/${place}/`);
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

  it('keeps the independent programs apart', () => {
    const wrong = sourcesIn('independent').flatMap((file) =>
      importsOf(file)
        .map((target) => relative(ROOT, target))
        .filter((target) => !['independent', ...FOR_INDEPENDENT].some((place) => isIn(target, place))),
    );
    expect(wrong).toEqual([]);
    const importers = sources.filter((file) =>
      importsOf(file).some((target) => placeOf(target) === 'independent'),
    );
    expect(new Set(importers.map(placeOf))).toEqual(new Set(['independent', 'commands']));
  });

  it('reaches no independent program from the gateway, its threads included', () => {
    const reached = new Set<string>();
    const waiting = [join(ROOT, 'src/main.ts')];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (reached.has(file) || !file.startsWith(join(ROOT, 'src'))) continue;
      reached.add(file);
      waiting.push(...importsOf(file), ...threadsOf(file));
    }
    const names = [...reached].map((file) => relative(ROOT, file));
    expect(names).toEqual(
      expect.arrayContaining([
        'src/access-log/write/thread/log-worker.ts',
        'src/access-log/read/thread/reader-worker.ts',
        'src/access-log/write/group/growing-tree.ts',
      ]),
    );
    expect(names.filter((name) => /^src\/(?:independent|commands)\//.test(name))).toEqual([]);
  });

  it('keeps log-format free of what a browser does not have', () => {
    const files = sourcesIn('log-format');
    const ofNode = files.flatMap((file) =>
      packagesOf(file)
        .filter((name) => name.startsWith('node:') || isBuiltin(name))
        .map((name) => `${relative(ROOT, file)} ${name}`),
    );
    expect(ofNode).toEqual(['src/log-format/crypto.ts node:crypto']);
    const ofGlobals = files.filter((file) =>
      /\b(?:Buffer|process|setImmediate|__dirname|require)\b/.test(withoutComments(file)),
    );
    expect(ofGlobals.map((file) => relative(ROOT, file))).toEqual([]);
  });

  it('exports no name twice', () => {
    const places = Map.groupBy(
      sources.flatMap((file) => [...new Set(exportedBy(file))].map((name) => ({ name, file }))),
      ({ name }) => name,
    );
    expect(places.size).toBeGreaterThan(500);
    const twice = [...places].flatMap(([name, all]) =>
      all.length > 1 ? [`${name}: ${all.map(({ file }) => relative(ROOT, file)).join(', ')}`] : [],
    );
    expect(twice).toEqual([]);
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
