import * as fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { child, leaf, MISPLACED, readXml } from '../../../src/sources/wire/read-xml.ts';
import type { XmlElement } from '../../../src/sources/wire/read-xml.ts';
import { escapeXml } from '../../../src/sources/wire/escape-xml.ts';

const REFUSED: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['text alone', 'hello'],
  ['unclosed', '<a>'],
  ['unclosed inside', '<a><b></a>'],
  ['crossed', '<a><b></a></b>'],
  ['closed by a longer name', '<a></ab>'],
  ['closed twice', '<a></a></a>'],
  ['two roots', '<a/><b/>'],
  ['text after the root', '<a/>x'],
  ['text before the root', 'x<a/>'],
  ['cut in a tag', '<a><b'],
  ['cut in text', '<a>te'],
  ['cut in an attribute', '<a b="'],
  ['text beside elements', '<a>x<b/></a>'],
  ['text behind elements', '<a><b/>x</a>'],
  ['attribute without quotes', '<a b=1/>'],
  ['attribute without value', '<a b/>'],
  ['attribute twice', '<a b="1" b="2"/>'],
  ['attributes without a space', '<a b="1"c="2"/>'],
  ['< in an attribute', '<a b="<"/>'],
  ['DOCTYPE', '<!DOCTYPE a><a/>'],
  ['DOCTYPE in lower case', '<!doctype a><a/>'],
  ['external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['entity that nobody declared', '<a>&nbsp;</a>'],
  ['entity named like a property', '<a>&constructor;</a>'],
  ['bare &', '<a>x & y</a>'],
  ['& at the end', '<a>x&</a>'],
  ['reference to no character', '<a>&#0;</a>'],
  ['reference to half a character', '<a>&#xD800;</a>'],
  ['reference beyond Unicode', '<a>&#x110000;</a>'],
  ['control character', '<a>\u0001</a>'],
  ['control character by reference', '<a>&#1;</a>'],
  ['comment without end', '<a><!-- </a>'],
  ['CDATA without end', '<a><![CDATA[ </a>'],
  ['CDATA outside', '<![CDATA[x]]><a/>'],
  ['name that begins with a digit', '<1a/>'],
  ['no name', '<></>'],
  ['a million elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`],
  ['a million comments', `<a>${'<!---->'.repeat(1_000_000)}</a>`],
  ['a million references', `<a>${'&amp;'.repeat(1_000_000)}</a>`],
  ['a million attributes', `<a ${Array.from({ length: 1_000_000 }, (_, n) => `a${n}=""`).join(' ')}/>`],
  ['33 levels', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`],
];
test.each(REFUSED)('refuses %s', (_name, source) => {
  expect(readXml(source)).toBeUndefined();
});

test.each([
  ['text', '<a> x y </a>', 'x y'],
  ['prefix', '<p:a xmlns:p="u">x</p:a>', 'x'],
  ['declaration and byte order mark', '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<a>x</a>\n', 'x'],
  ['entities', '<a>&lt;b&gt; &amp;amp; &quot;&apos; &#272;&#x1ED7;</a>', `<b> &amp; "' Đỗ`],
  ['CDATA', '<a><![CDATA[<b>&amp;]]> y</a>', '<b>&amp; y'],
  ['comment', '<a>x<!-- <b> -->y</a>', 'xy'],
  ['comment behind the root', '<a>x</a >', 'x'],
  ['empty', '<a/>', ''],
  ['line ends in a tag', '<a\n>x</a\t>', 'x'],
  ['> in an attribute', '<a b=">">x</a>', 'x'],
])('reads %s', (_name, source, text) => {
  expect(readXml(source)).toMatchObject({ name: 'a', text });
});

test('gives children and attributes, and tells what is missing from what is misplaced', () => {
  const root = readXml(`<a x="1 &amp; 2" p:y='"'><b>1</b><c><d/></c><e/><e/></a>`);
  expect(root?.attributes).toEqual(
    new Map([
      ['x', '1 & 2'],
      ['p:y', '"'],
    ]),
  );
  const read = root as XmlElement;
  expect(leaf(read, 'b')).toBe('1');
  expect(leaf(read, 'c')).toBe(MISPLACED);
  expect(leaf(read, 'e')).toBe(MISPLACED);
  expect(child(read, 'e')).toBe(MISPLACED);
  expect(leaf(read, 'z')).toBeUndefined();
  expect(child(read, 'c')).toMatchObject({ name: 'c' });
});

interface Tree {
  readonly name: string;
  readonly content: string | readonly Tree[];
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name: fc.constantFrom('a', 'b', 'Muc', 'HoVaTen', 'x-1', 'y_2'),
    content: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: fc.constantFrom(...'Nguyễn Đỗ<>&"\'/=!?-][ 019'), maxLength: 12 }),
      fc.array(tie('tree') as fc.Arbitrary<Tree>, { maxLength: 4 }),
    ),
  }),
}));

function write({ name, content }: Tree): string {
  const inner = typeof content === 'string' ? escapeXml(content) : content.map(write).join('\n ');
  return `<${name}>${inner}</${name}>`;
}

function shapeOf(element: XmlElement): unknown {
  const inner = element.children.length === 0 ? element.text : element.children.map(shapeOf);
  return { [element.name]: inner };
}

/** The other parser's ordered form in the shape above. */
function oracleShape(nodes: readonly Record<string, unknown>[]): unknown[] {
  return nodes.map((node) => {
    const [name = '', inner] = Object.entries(node)[0] ?? [];
    const contents = inner as readonly Record<string, unknown>[];
    const texts = contents.every((content) => '#text' in content);
    return { [name]: texts ? contents.map((content) => content['#text']).join('') : oracleShape(contents) };
  });
}

test('reads what fast-xml-parser reads, wherever the text is XML', () => {
  const oracle = new XMLParser({ preserveOrder: true, parseTagValue: false, trimValues: true });
  fc.assert(
    fc.property(tree, (value) => {
      const source = write(value);
      const mine = readXml(source);
      expect(mine && [shapeOf(mine)]).toEqual(oracleShape(oracle.parse(source) as Record<string, unknown>[]));
    }),
    { numRuns: 500 },
  );
});

test('whatever is cut off, what is left is no answer', () => {
  fc.assert(
    fc.property(tree, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (value, share) => {
      const source = write(value);
      expect(readXml(source.slice(0, Math.floor(source.length * share)))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('reads back whatever escapeXml writes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = readXml(`<a>${escapeXml(text)}</a>`);
      expect(read?.text).toBe(
        text.replaceAll(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu, '\ufffd').trim(),
      );
    }),
  );
});
