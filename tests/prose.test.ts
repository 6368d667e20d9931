import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Doc comments that open so are fragments: a stranger has to guess their subject. */
const FRAGMENT =
  /^(?:Of|Whom|Whoever|Whose|What|Those|As|That|Which|Who|Where|Beyond|Null (?:for|where|once|outside)|The same of|In whose|By whom) /;

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/generated/'));
}

function docCommentsOf(file: string): readonly string[] {
  return parseSync(file, readFileSync(file, 'utf8'))
    .comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .map(({ value }) => value.replaceAll(/^\s*\* ?/gm, '').trim());
}

const files = ['src', 'mocks', 'schema/codegen', 'examples'].flatMap((folder) =>
  filesUnder(join(ROOT, folder)),
);

it('reads the doc comments of all files', () => {
  expect(files.flatMap(docCommentsOf).length).toBeGreaterThan(1_000);
});

it('a doc comment is a sentence: it opens with its subject, or with a verb', () => {
  const fragments = files.flatMap((file) =>
    docCommentsOf(file)
      .filter((text) => FRAGMENT.test(text))
      .map((text) => `${relative(ROOT, file)}: ${text.slice(0, 80)}`),
  );
  expect(fragments).toEqual([]);
});
