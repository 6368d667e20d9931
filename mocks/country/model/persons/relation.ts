import type { Person } from '../block.ts';
import { registeredSpouseOf } from '../standing.ts';

function isParent(parent: Person | undefined, child: Person | undefined): boolean {
  return parent !== undefined && child !== undefined && (child.father === parent || child.mother === parent);
}

function descent(ancestor: Person, person: Person | undefined, generations: number): boolean {
  if (person === undefined) return false;
  if (generations === 0) return person === ancestor;
  return (
    descent(ancestor, person.father, generations - 1) || descent(ancestor, person.mother, generations - 1)
  );
}

function bySex(person: Person, man: string, woman: string): string {
  return person.sex === 1 ? man : woman;
}

/** Quan hệ với chủ hộ: what the member is to the head of the household. */
export function relationToHead(head: Person, member: Person): string {
  const spouse = registeredSpouseOf(head);
  const partner = registeredSpouseOf(member);
  if (member === head) return 'Chủ hộ';
  if (member === spouse) return bySex(member, 'Chồng', 'Vợ');
  if (isParent(head, member)) return 'Con';
  if (isParent(member, head)) return bySex(member, 'Bố', 'Mẹ');
  if (isParent(spouse, member)) return 'Con riêng';
  if (isParent(head, partner)) return bySex(member, 'Con rể', 'Con dâu');
  if (isParent(member, spouse)) {
    return head.sex === 1 ? bySex(member, 'Bố vợ', 'Mẹ vợ') : bySex(member, 'Bố chồng', 'Mẹ chồng');
  }
  if (descent(head, member, 2)) return 'Cháu';
  if (descent(head, member, 3)) return 'Chắt';
  if (isParent(head.father, member) || isParent(head.mother, member)) {
    return member.birth > head.birth ? 'Em' : bySex(member, 'Anh', 'Chị');
  }
  return 'Thành viên khác';
}
