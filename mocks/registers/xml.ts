/** An element with its namespace resolved; `text` is the decoded text of a leaf. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '') : text;
}

/** `<name>text</name>`, or nothing where there is no value: absent optional elements are left out. */
export function element(name: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}

/** Markup that a mock's client has no reason to send: document types (entity expansion), comments, CDATA. */
const TOKEN = /<(\/?)([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)="([^"<]*)"/g;
const DECLARATION = /^\uFEFF?<\?xml[^?]*\?>/;
const MAX_DEPTH = 20;

interface Open {
  readonly tag: string;
  readonly name: string;
  readonly namespace: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads the plain XML that a SOAP client sends. Throws on anything else. */
export function readXml(source: string): XmlElement {
  let at = DECLARATION.exec(source)?.[0].length ?? 0;
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source);
    if (token === null) throw new Error('not plain XML');
    at = TOKEN.lastIndex;
    const top = stack.at(-1);
    const [, closing, prefix = '', name, attributes = '', selfClosing, text] = token;
    if (name === undefined) {
      if (top !== undefined) top.text += text ?? '';
      else if ((text ?? '').trim() !== '') throw new Error('text outside the root');
      continue;
    }
    if (closing === '') {
      if (root !== undefined || stack.length >= MAX_DEPTH) throw new Error('second root, or too deep');
      const scope = scopeOf(attributes, top?.scope ?? {});
      const namespace = scope[prefix];
      if (namespace === undefined && prefix !== '') throw new Error('prefix not bound');
      stack.push({ tag: prefix + name, name, namespace: namespace ?? '', scope, children: [], text: '' });
    }
    if (closing === '/' || selfClosing === '/') {
      const open = stack.pop();
      if (open === undefined || open.tag !== prefix + name) throw new Error('tags do not match');
      const closed = close(open);
      const parent = stack.at(-1);
      if (parent === undefined) root = closed;
      else parent.children.push(closed);
    }
  }
  if (root === undefined || stack.length > 0) throw new Error('not complete');
  return root;
}

function scopeOf(
  attributes: string,
  outer: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (!attributes.includes('xmlns')) return outer;
  const scope: Record<string, string> = { ...outer };
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    if (name === 'xmlns') scope[''] = decode(value);
    else if (name.startsWith('xmlns:')) scope[`${name.slice(6)}:`] = decode(value);
  }
  return scope;
}

function close({ name, namespace, children, text }: Open): XmlElement {
  if (children.length === 0) return { name, namespace, children, text: decode(text) };
  if (text.trim() !== '') throw new Error('mixed content');
  return { name, namespace, children, text: '' };
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));|&/g,
    (_, named, decimal, hex) => {
      if (typeof named === 'string') return NAMED[named] ?? '';
      if (typeof decimal === 'string') return String.fromCodePoint(Number(decimal));
      if (typeof hex === 'string') return String.fromCodePoint(Number.parseInt(hex, 16));
      throw new Error('entity not known');
    },
  );
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
