import { XMLParser } from 'fast-xml-parser';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';

import { element, readXml } from '../../mocks/registers/xml.ts';

const printable = string({ unit: 'grapheme', minLength: 1 }).filter(
  (text) => !/[\p{Cc}\p{Cs}]|^\s*$/u.test(text),
);

test('what element() writes is read back by this reader and by another', () => {
  const other = new XMLParser({ parseTagValue: false, trimValues: false });
  assert(
    property(printable, (text) => {
      const xml = element('a', text);
      expect(readXml(xml).text).toBe(text);
      expect(other.parse(xml)).toEqual({ a: text });
    }),
  );
});

test('namespaces follow prefixes and scope', () => {
  const root = readXml(
    '<?xml version="1.0"?><p:a xmlns:p="urn:1" xmlns="urn:2"><b/><c xmlns="urn:3"><d/></c><p:e>&#65;&#x42;&amp;</p:e></p:a>',
  );
  expect(root).toMatchObject({
    name: 'a',
    namespace: 'urn:1',
    children: [
      { name: 'b', namespace: 'urn:2' },
      { name: 'c', namespace: 'urn:3', children: [{ name: 'd', namespace: 'urn:3' }] },
      { name: 'e', namespace: 'urn:1', text: 'AB&' },
    ],
  });
});

test.each([
  ['nothing', ''],
  ['text alone', 'a'],
  ['not closed', '<a><b></b>'],
  ['crossed', '<a><b></a></b>'],
  ['two roots', '<a/><b/>'],
  ['mixed content', '<a>x<b/></a>'],
  ['a document type', '<!DOCTYPE a><a/>'],
  ['a comment', '<a><!-- --></a>'],
  ['CDATA', '<a><![CDATA[x]]></a>'],
  ['a processing instruction', '<a><?x?></a>'],
  ['an unknown entity', '<a>&b;</a>'],
  ['a lone ampersand', '<a>&</a>'],
  ['an unbound prefix', '<p:a/>'],
  ['too deep', '<a>'.repeat(21) + '</a>'.repeat(21)],
])('%s is refused', (_, xml) => {
  expect(() => readXml(xml)).toThrow(Error);
});
