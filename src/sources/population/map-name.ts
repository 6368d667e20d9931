import { child, leaf, MISPLACED, type XmlElement } from '../wire/read-xml.ts';
import type { Shape } from '../wire/shape.ts';
import { readText } from '../wire/value-readers.ts';

/** The whole name often stands in `Ten`: it has no parts then. A person may have neither surname nor middle name. */
export function mapName(citizen: XmlElement, shape: Shape) {
  const name = child(citizen, 'HoVaTen');
  if (name === undefined || name === MISPLACED) return shape.broken();
  const surname = leaf(name, 'Ho');
  const middle = leaf(name, 'ChuDem');
  const isWhole = surname === undefined && middle === undefined;
  return Object.freeze({
    full: readFullName(name) ?? shape.broken(),
    surname: shape.optional(surname, readNamePart),
    middle: shape.optional(middle, readNamePart),
    given: isWhole ? null : shape.optional(leaf(name, 'Ten'), readNamePart),
  });
}

function readFullName(name: XmlElement): string | undefined {
  const surname = leaf(name, 'Ho') ?? '';
  const middle = leaf(name, 'ChuDem') ?? '';
  const given = leaf(name, 'Ten');
  if (typeof surname !== 'string' || typeof middle !== 'string' || typeof given !== 'string')
    return undefined;
  return readText(given) === undefined ? undefined : readNamePart(`${surname} ${middle} ${given}`);
}

/** One spelling of letters with marks, and single spaces. */
function readNamePart(raw: unknown): string | undefined {
  return typeof raw === 'string' ? readText(raw.normalize('NFC').trim().replaceAll(/\s+/g, ' ')) : undefined;
}
