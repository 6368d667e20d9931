import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { buildDocumentStore } from '../../src/http/document-store.ts';

const keep = async (texts: readonly string[], maxBytes: number): Promise<readonly string[]> => {
  const store = buildDocumentStore(maxBytes);
  for (const text of texts) await store.set(text, parse(text));
  const kept: string[] = [];
  for (const text of texts) if (await store.get(text)) kept.push(text);
  return kept;
};

const long = (name: string): string => `# ${'x'.repeat(20_000)}\n{ ${name} }`;
const dense = (name: string): string => `{ ${`${name} `.repeat(100)} }`;

it('keeps many small documents', async () => {
  const texts = Array.from({ length: 50 }, (_, n) => `{ a${n} }`);
  expect(await keep(texts, 200_000)).toEqual(texts);
});

it.each([
  ['long', [long('a'), long('b'), long('c')], 200_000],
  ['dense', [dense('a'), dense('b'), dense('c')], 100_000],
])('keeps the latest %s ones only, as far as there is room', async (_name, texts, maxBytes) => {
  expect(await keep(texts, maxBytes)).toEqual(texts.slice(1));
});

it('gives back the very document, so that what is known of it stays known', async () => {
  const store = buildDocumentStore();
  const document = parse('{ a }');
  await store.set('{ a }', document);
  expect(await store.get('{ a }')).toBe(document);
  await store.delete('{ a }');
  expect(await store.get('{ a }')).toBeUndefined();
});
