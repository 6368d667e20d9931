import { isMap, isScalar, Lexer, parseDocument, visit, type Document } from 'yaml';
import { YAML_LIMITS } from './yaml-limits.ts';

/**
 * Parses YAML 1.2 that stands in a file. It is bounded before it is parsed, and nothing in it costs more than its length: the
 * parser's own search for doubled keys would compare each key with all others. Throws where the text is no such YAML.
 */
export function parseYaml(bytes: Buffer): unknown {
  if (bytes.length > YAML_LIMITS.bytes.value) throw new Error('the file is too large');
  const text = bytes.toString('utf8');
  let tokens = 0;
  for (const _token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > YAML_LIMITS.tokens.value) throw new Error('the file has too many parts');
  }
  const document = parseDocument(text, { uniqueKeys: false });
  const [fault] = document.errors;
  if (fault) throw fault;
  if (hasDoubledKey(document)) throw new Error('a key stands twice');
  return document.toJS();
}

function hasDoubledKey(document: Document.Parsed): boolean {
  let isDoubled = false;
  visit(document, {
    Map(_position, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : key;
        if (isMap(name) || keys.has(name)) isDoubled = true;
        keys.add(name);
      }
      return isDoubled ? visit.BREAK : undefined;
    },
  });
  return isDoubled;
}
