import { SaxesParser } from 'saxes';
import type { Limits } from '../../config/limits.ts';
import { hasMoreThan, REPLY_LIMITS } from './reply-limits.ts';

export const XML_LIMITS = {
  depth: {
    value: 32,
    unit: 'levels',
    why: 'Answers nest about ten levels; a deeper one is an attack on the stack.',
  },
} as const satisfies Limits;

const NO_CHILDREN: readonly XmlElement[] = Object.freeze([]);

/** An element, which has either children or text. */
export class XmlElement {
  /** The name without its namespace prefix: registers choose prefixes freely. */
  readonly name: string;
  attributes: ReadonlyMap<string, string> | undefined = undefined;
  /** Most elements are leaves and share the empty list. */
  children: readonly XmlElement[] = NO_CHILDREN;
  /** Trimmed; empty where there are children. */
  text = '';

  constructor(name: string) {
    this.name = name;
  }
}

/** Stands for an element that occurs twice where one is allowed, or has elements where a value is expected. */
export const MISPLACED = Symbol('misplaced XML');

/**
 * The one child of this name, undefined where there is none. An empty element, and one that `xsi:nil` marks (XML Schema
 * 1.1 part 1, section 2.7.2), is left out as much as one that is not there.
 */
export function child(parent: XmlElement, name: string): XmlElement | undefined | typeof MISPLACED {
  let found: XmlElement | undefined;
  for (const element of parent.children) {
    if (element.name === name) {
      if (found !== undefined) return MISPLACED;
      found = element;
    }
  }
  return found === undefined || isLeftOut(found) ? undefined : found;
}

/** True for an element that holds nothing: an element that `xsi:nil` marks must be empty. */
function isLeftOut({ children, text }: XmlElement): boolean {
  return children.length === 0 && text === '';
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
    .filter((element) => element.name === name && !isLeftOut(element))
    .map((element) => (element.children.length === 0 ? element.text : MISPLACED));
}

class MalformedXml extends Error {}

/**
 * Reads the XML that the registers send; gives the root element, or undefined where the text is not well-formed XML 1.0
 * or holds what no register has a reason to send. A document type is refused (entity expansion and external entities,
 * XXE), so that only the five predefined entities exist; so is text beside elements, and the depth is bounded. Comments and
 * processing instructions say nothing, wherever they stand. A cut answer is never well-formed: it must not pass for a short one.
 * So is a text of more elements, attributes or references than REPLY_LIMITS: those are counted before anything is made of them.
 */
export function readXml(
  source: string,
  mostElements: number = REPLY_LIMITS.elements.value,
): XmlElement | undefined {
  // An element has two marks, where it does not close itself.
  if (hasMoreThan(source, ['<'], 2 * mostElements)) return undefined;
  if (hasMoreThan(source, ['&'], REPLY_LIMITS.references.value)) return undefined;
  try {
    return buildTree(source);
  } catch {
    // saxes throws plain errors, and their messages quote the answer: they go nowhere, not even as a cause.
    return undefined;
  }
}

const NOT_BLANK = /[^ \t\r\n]/;

/** Throws where the text is not such XML. The handlers share local variables, which cost less than fields. */
function buildTree(source: string): XmlElement | undefined {
  // A declaration must not choose XML 1.1, which allows more characters.
  const parser = new SaxesParser({ position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const above: XmlElement[] = [];
  let root: XmlElement | undefined;
  let current: XmlElement | undefined;
  let attributes: Map<string, string> | undefined;
  let text = '';
  let attributeCount = 0;
  const addText = (part: string): void => {
    text = text === '' ? part : text + part;
  };
  parser.on('doctype', refuse);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('attribute', ({ name, value }) => {
    attributeCount += 1;
    if (attributeCount > REPLY_LIMITS.attributes.value) refuse();
    (attributes ??= new Map()).set(name, value);
  });
  parser.on('opentag', ({ name }) => {
    if (text !== '' && NOT_BLANK.test(text)) refuse();
    text = '';
    const element = new XmlElement(localName(name));
    element.attributes = attributes;
    attributes = undefined;
    if (current === undefined) root = element;
    else {
      if (above.length + 1 === XML_LIMITS.depth.value) refuse();
      if (current.children === NO_CHILDREN) current.children = [element];
      else (current.children as XmlElement[]).push(element);
      above.push(current);
    }
    current = element;
  });
  parser.on('closetag', () => {
    if (text !== '' && current !== undefined) {
      if (current.children === NO_CHILDREN) current.text = detach(text.trim());
      else if (NOT_BLANK.test(text)) refuse();
      text = '';
    }
    current = above.pop();
  });
  parser.write(source).close();
  return root;
}

function refuse(): never {
  throw new MalformedXml();
}

/**
 * The length from which on V8 lets a slice refer to its source, so that a cached name would keep a whole answer
 * in memory.
 */
const SHORTEST_SLICE = 13;

/** A text that refers to nothing but a copy of itself. */
function detach(slice: string): string {
  return slice.length < SHORTEST_SLICE ? slice : ` ${slice}`.slice(1);
}

function localName(qualifiedName: string): string {
  const colon = qualifiedName.indexOf(':');
  return colon === -1 ? qualifiedName : qualifiedName.slice(colon + 1);
}
