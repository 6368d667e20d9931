import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cyclesIn,
  exportedBy,
  filesUnder,
  importsOf,
  loadedFrom,
  packagesOf,
  placeOf,
  ROOT,
  withoutComments,
} from './support/code-graph.ts';

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

function sourcesIn(place: string): readonly string[] {
  return sources.filter((file) => placeOf(file) === place);
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
    const reached = loadedFrom(join(ROOT, 'src/main.ts'));
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
    // The browser's build puts the one file in the other's place; generated types may come from the same schema twice.
    const own = sources.filter(
      (file) => !file.includes('/generated/') && !file.endsWith('/console/proof/browser-crypto.ts'),
    );
    const places = Map.groupBy(
      own.flatMap((file) => [...new Set(exportedBy(file))].map((name) => ({ name, file }))),
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
    expect(cyclesIn([...sources, ...mocks])).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')));
    expect(readers.map((file) => relative(ROOT, file))).toEqual(['src/config/settings/read-environment.ts']);
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

  it('opens each folder with a README of at most 40 lines that names every file', () => {
    const folders = [...new Set([...sources, ...mocks].map((file) => dirname(file)))]
      .filter((folder) => !folder.endsWith('/generated'))
      .concat(['schema', 'tests', 'tests/support', 'tests/bench'].map((folder) => join(ROOT, folder)));
    const wrong = folders.flatMap((folder) => {
      const readme = join(folder, 'README.md');
      if (!existsSync(readme)) return [`${relative(ROOT, folder)} has no README`];
      const text = readFileSync(readme, 'utf8');
      const unnamed = [...sources, ...mocks]
        .filter((file) => dirname(file) === folder && !text.includes(`\`${basename(file)}\``))
        .map((file) => `${relative(ROOT, readme)} does not name ${basename(file)}`);
      const isLong = text.trimEnd().split('\n').length > 40;
      return isLong ? [...unnamed, `${relative(ROOT, readme)} is too long`] : unnamed;
    });
    expect(wrong).toEqual([]);
  });

  it('has shelves of at most 14 files', () => {
    const counts = Map.groupBy(sources, (file) => dirname(file));
    const long = [...counts].filter(([, files]) => files.length > 14);
    expect(long.map(([folder, files]) => `${relative(ROOT, folder)}: ${files.length}`)).toEqual([]);
  });
});
