const NO_CHILDREN: readonly XmlElement[] = Object.freeze([]);

/**
 * Strict reader for the XML that the registers send. It refuses what a lenient parser lets pass and what would turn
 * a cut answer into an empty one: unclosed or crossed tags, text beside elements, doubled attributes, anything after
 * the root. No DOCTYPE, entity declaration or processing instruction is read (entity expansion, XXE); depth is bounded.
 */
export class XmlElement {
  /** Without its namespace prefix: registers choose prefixes freely. */
  readonly name: string;
  readonly qualifiedName: string;
  attributes: Map<string, string> | undefined = undefined;
  /** Most elements are leaves and share the empty list. */
  children: readonly XmlElement[] = NO_CHILDREN;
  /** Trimmed; empty where there are children. */
  text = '';

  constructor(qualifiedName: string, name: string) {
    this.qualifiedName = qualifiedName;
    this.name = name;
  }
}

/** Stands for an element that occurs twice where one is allowed, or has elements where a value is expected. */
export const MISPLACED = Symbol('misplaced XML');

function append(parent: XmlElement, element: XmlElement): void {
  if (parent.children === NO_CHILDREN) parent.children = [element];
  else (parent.children as XmlElement[]).push(element);
}

/** The one child of this name, undefined where there is none. */
export function child(parent: XmlElement, name: string): XmlElement | undefined | typeof MISPLACED {
  let found: XmlElement | undefined;
  for (const element of parent.children) {
    if (element.name === name) {
      if (found !== undefined) return MISPLACED;
      found = element;
    }
  }
  return found;
}

/** The text of the one child of this name, undefined where there is none; what is not text is MISPLACED. */
export function leaf(parent: XmlElement, name: string): string | undefined | typeof MISPLACED {
  const element = child(parent, name);
  if (element === undefined || element === MISPLACED) return element;
  return element.children.length === 0 ? element.text : MISPLACED;
}

/** The texts of all children of this name, in their order; one that is not text is MISPLACED. */
export function leaves(parent: XmlElement, name: string): readonly (string | typeof MISPLACED)[] {
  return parent.children
    .filter((element) => element.name === name)
    .map((element) => (element.children.length === 0 ? element.text : MISPLACED));
}

const MAX_DEPTH = 32;
const NAME_START = 1;
const NAME_CONTINUED = 2;
const SPACE = 4;
const CHARACTERS = characterClasses();
/** Not allowed in XML 1.0 (section 2.2), not even escaped. */
const FORBIDDEN = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/u;
const NOT_BLANK = /[^ \t\r\n]/;

class MalformedXml extends Error {}

/** The root element, or undefined where the text is not XML of the subset described above. */
export function readXml(source: string): XmlElement | undefined {
  try {
    return new XmlReader(source).read();
  } catch (error) {
    if (error instanceof MalformedXml) return undefined;
    throw error;
  }
}

class XmlReader {
  readonly #source: string;
  #position = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): XmlElement {
    if (FORBIDDEN.test(this.#source)) throw new MalformedXml();
    this.#skipDeclaration();
    let root: XmlElement | undefined;
    const open: XmlElement[] = [];
    let text = '';
    for (;;) {
      const current = open[open.length - 1];
      const tag = this.#source.indexOf('<', this.#position);
      const end = tag === -1 ? this.#source.length : tag;
      if (end > this.#position) text += decode(detach(this.#source.slice(this.#position, end)));
      if (tag === -1) break;
      const next = this.#source.charCodeAt(tag + 1);
      if (next === SLASH) {
        if (current === undefined) throw new MalformedXml();
        this.#readEndTag(tag, current);
        current.text = text.trim();
        if (current.children.length > 0 && current.text !== '') throw new MalformedXml();
        text = '';
        open.pop();
        if (open.length === 0) break;
      } else if (next === BANG) {
        text += this.#readCommentOrCharacterData(tag);
      } else {
        if (NOT_BLANK.test(text) || open.length === MAX_DEPTH) throw new MalformedXml();
        text = '';
        const element = this.#readStartTag(tag + 1);
        if (current === undefined) root = element;
        else append(current, element);
        if (this.#source.charCodeAt(this.#position - 2) === SLASH) {
          if (current === undefined) break;
        } else {
          open.push(element);
        }
      }
    }
    if (root === undefined || open.length > 0) throw new MalformedXml();
    if (NOT_BLANK.test(this.#source.slice(this.#position))) throw new MalformedXml();
    return root;
  }

  #skipDeclaration(): void {
    if (this.#source.charCodeAt(0) === 0xfeff) this.#position = 1;
    if (!/^\s*<\?xml\s/.test(this.#source.slice(this.#position, this.#position + 32))) return;
    const end = this.#source.indexOf('?>', this.#position);
    if (end === -1) throw new MalformedXml();
    this.#position = end + 2;
  }

  #readEndTag(tag: number, element: XmlElement): void {
    if (!this.#source.startsWith(element.qualifiedName, tag + 2)) throw new MalformedXml();
    this.#position = tag + 2 + element.qualifiedName.length;
    this.#skipSpace();
    if (this.#source.charCodeAt(this.#position) !== GREATER) throw new MalformedXml();
    this.#position += 1;
  }

  #readCommentOrCharacterData(tag: number): string {
    const isComment = this.#source.startsWith('<!--', tag);
    if (!isComment && !this.#source.startsWith('<![CDATA[', tag)) throw new MalformedXml();
    const end = this.#source.indexOf(isComment ? '-->' : ']]>', tag + 4);
    if (end === -1) throw new MalformedXml();
    this.#position = end + 3;
    return isComment ? '' : this.#source.slice(tag + '<![CDATA['.length, end);
  }

  /** Leaves the position behind the closing `>`, also of an empty-element tag. */
  #readStartTag(start: number): XmlElement {
    this.#position = start;
    const qualifiedName = this.#readName();
    const element = new XmlElement(qualifiedName, localName(qualifiedName));
    for (;;) {
      const hadSpace = this.#skipSpace();
      const code = this.#source.charCodeAt(this.#position);
      if (code === GREATER) {
        this.#position += 1;
        return element;
      }
      if (code === SLASH) {
        if (this.#source.charCodeAt(this.#position + 1) !== GREATER) throw new MalformedXml();
        this.#position += 2;
        return element;
      }
      if (!hadSpace) throw new MalformedXml();
      this.#readAttribute((element.attributes ??= new Map()));
    }
  }

  #readAttribute(attributes: Map<string, string>): void {
    const name = this.#readName();
    this.#skipSpace();
    if (this.#source.charCodeAt(this.#position) !== EQUALS) throw new MalformedXml();
    this.#position += 1;
    this.#skipSpace();
    const quote = this.#source.charAt(this.#position);
    if (quote !== '"' && quote !== "'") throw new MalformedXml();
    const end = this.#source.indexOf(quote, this.#position + 1);
    if (end === -1 || attributes.has(name)) throw new MalformedXml();
    const value = this.#source.slice(this.#position + 1, end);
    if (value.includes('<')) throw new MalformedXml();
    attributes.set(name, decode(value));
    this.#position = end + 1;
  }

  #readName(): string {
    const start = this.#position;
    let position = start;
    if (((CHARACTERS[this.#source.charCodeAt(position)] ?? 0) & NAME_START) === 0) throw new MalformedXml();
    while (((CHARACTERS[this.#source.charCodeAt(position)] ?? 0) & NAME_CONTINUED) !== 0) position += 1;
    this.#position = position;
    return this.#source.slice(start, position);
  }

  #skipSpace(): boolean {
    const start = this.#position;
    while (((CHARACTERS[this.#source.charCodeAt(this.#position)] ?? 0) & SPACE) !== 0) this.#position += 1;
    return this.#position > start;
  }
}

const BANG = 0x21;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;

/** Names are ASCII in all four registers; a colon separates the prefix. */
function characterClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_') {
    classes[character.charCodeAt(0)] = NAME_START | NAME_CONTINUED;
  }
  for (const character of '0123456789.-:') classes[character.charCodeAt(0)] = NAME_CONTINUED;
  for (const character of ' \t\r\n') classes[character.charCodeAt(0)] = SPACE;
  return classes;
}

/** From this length on V8 lets a slice refer to its source: a cached name would keep the whole answer in memory. */
const SHORTEST_SLICE = 13;

function detach(slice: string): string {
  return slice.length < SHORTEST_SLICE ? slice : Buffer.from(slice, 'utf16le').toString('utf16le');
}

function localName(qualifiedName: string): string {
  const colon = qualifiedName.indexOf(':');
  return colon === -1 ? qualifiedName : qualifiedName.slice(colon + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]*);?/g, (reference, name: string) => {
    if (!reference.endsWith(';')) throw new MalformedXml();
    return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? '') : decodeCharacterReference(name);
  });
}

function decodeCharacterReference(name: string): string {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (match === null) throw new MalformedXml();
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new MalformedXml();
  const character = String.fromCodePoint(code);
  if (FORBIDDEN.test(character)) throw new MalformedXml();
  return character;
}
