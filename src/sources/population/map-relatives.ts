import type { Checked } from '../records/record.ts';
import { child, leaf, leaves, MISPLACED, type XmlElement } from '../wire/read-xml.ts';
import type { Shape } from '../wire/shape.ts';
import { readNationality, readText } from '../wire/value-readers.ts';
import { mapNamedPerson } from './map-named-person.ts';

/** Somebody named in a citizen's record whom there can be once, and on whom row rules decide. */
export type SingleRelative = 'Cha' | 'Me' | 'VoChong' | 'NguoiDaiDien';

const RELATION_OF = new Map([
  ['Cha', 'FATHER'],
  ['Me', 'MOTHER'],
  ['VoChong', 'SPOUSE'],
  ['Con', 'CHILD'],
  ['NguoiDaiDien', 'REPRESENTATIVE'],
  ['NguoiDuocDaiDien', 'REPRESENTED'],
] as const);

/** All relatives whom the record names, in its order; many by name alone (REGISTERS.md, Population). */
export function mapRelatives(citizen: XmlElement, shape: Shape) {
  const relatives = [];
  for (const element of citizen.children) {
    const relation = RELATION_OF.get(element.name as 'Cha');
    if (relation === undefined) continue;
    if (element.children.length > 0) {
      relatives.push(
        Object.freeze({
          relation,
          ...mapNamedPerson(element, shape),
          nationalities: shape.list(
            leaves(element, 'QuocTich'),
            (raw) => readNationality(raw) ?? shape.broken(),
          ),
        }),
      );
    } else if (element.text !== '') relatives.push(shape.broken());
  }
  return Object.freeze(relatives);
}

/** The personal id of a relative; null where there is none, or the register has no id. */
export function mapRelativeId(
  citizen: XmlElement,
  name: SingleRelative,
  shape: Shape,
): Checked<string | null> {
  const relative = child(citizen, name);
  if (relative === undefined) return null;
  if (relative === MISPLACED || relative.children.length === 0) return shape.broken();
  return shape.personalId(leaf(relative, 'SoDinhDanh'));
}

/** Reads the citizen’s own relation to the head of the household from `ChuHo`. */
export function mapRelationToHead(citizen: XmlElement, shape: Shape): Checked<string | null> {
  const head = child(citizen, 'ChuHo');
  if (head === undefined) return null;
  if (head === MISPLACED || head.children.length === 0) return shape.broken();
  return shape.optional(leaf(head, 'QuanHe'), readText);
}
