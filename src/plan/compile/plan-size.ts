import type { ObjectPlan, Plan } from './plan.ts';

/** Fields that a plan holds, over all of its objects: what its memory grows with. At least 1. */
export function sizeOfPlan({ roots }: Plan): number {
  let size = 1;
  for (const root of roots) {
    size += 1;
    if (root.shape === 'single') size += sizeOfObject(root.object);
    if (root.shape !== 'batch') continue;
    for (const field of root.item.fields)
      size += 1 + (field.shape === 'entity' ? sizeOfObject(field.object) : 0);
  }
  return size;
}

function sizeOfObject({ fields }: ObjectPlan): number {
  let size = fields.length;
  for (const field of fields) if ('object' in field) size += sizeOfObject(field.object);
  return size;
}
