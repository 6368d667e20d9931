import type { Checked } from '../records/record.ts';
import { child, leaf, MISPLACED, type XmlElement } from '../wire/read-xml.ts';
import type { Shape } from '../wire/shape.ts';
import { readCompactPartialDate, readMonth, readYear } from '../wire/value-readers.ts';

/**
 * `yyyy`, `yyyy-mm` or `yyyy-mm-dd`, in exactly one of the register's forms: the text itself, `NgayThangNam`, or `Nam` with
 * or without `Thang`. Null where it is left out.
 */
export function mapDate(parent: XmlElement, name: string, shape: Shape): Checked<string | null> {
  const element = child(parent, name);
  if (element === undefined) return null;
  if (element === MISPLACED) return shape.broken();
  if (element.children.length === 0) return shape.required(element.text, readCompactPartialDate);
  const date = leaf(element, 'NgayThangNam');
  const year = leaf(element, 'Nam');
  const month = leaf(element, 'Thang');
  if (date !== undefined) {
    return year === undefined && month === undefined
      ? shape.required(date, readCompactPartialDate)
      : shape.broken();
  }
  const checkedYear = readYear(year);
  if (month === undefined || checkedYear === undefined) return checkedYear ?? shape.broken();
  const checkedMonth = readMonth(month);
  return checkedMonth === undefined ? shape.broken() : `${checkedYear}-${checkedMonth}`;
}
