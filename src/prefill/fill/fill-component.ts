import { APPLICANT, componentPath, type Expansion } from '../expand/expand-form.ts';
import type { ProcedureComponent } from '../procedures/procedure.ts';
import { rootOf, walkAnswer, type ExpandedAnswer } from './answer-values.ts';
import type { ComponentCause, PrefilledComponent } from './prefilled-form.ts';

/** Plain words for the applicant, by cause. */
const REASONS: Readonly<Record<ComponentCause, string>> = {
  CONSENT: 'Cần sự đồng ý của người có liên quan.',
  OTHER_DOCUMENT: 'Nằm trong hệ thống khác.',
  NO_DATA_SOURCE: 'Không có dữ liệu thay thế.',
  NO_RECORD: 'Cơ sở dữ liệu không có dữ liệu.',
  NOT_GRANTED: 'Thỏa thuận chia sẻ dữ liệu không bao gồm dữ liệu này.',
  SOURCE_UNAVAILABLE: 'Cơ sở dữ liệu tạm thời không trả lời.',
};

const CAUSES: Readonly<Partial<Record<ProcedureComponent['replacedBy'], ComponentCause>>> = {
  consent: 'CONSENT',
  document: 'OTHER_DOCUMENT',
  none: 'NO_DATA_SOURCE',
};

/**
 * Whether a paper is still needed. Data replaces it where each kind of record that the procedure names has some of it: a person without
 * a temporary residence still proves a residence, but without any entry of the land register no dwelling is proved.
 */
export function fillComponent(
  component: ProcedureComponent,
  { granted }: Expansion,
  answer: ExpandedAnswer,
): PrefilledComponent {
  const { name, basis, replacedBy, coordinates } = component;
  const told = (state: PrefilledComponent['state'], cause: ComponentCause | null): PrefilledComponent => ({
    name,
    basis,
    state,
    cause,
    reason: cause === null ? null : REASONS[cause],
  });
  if (replacedBy === 'form') return told('REPLACED', null);
  const cause = CAUSES[replacedBy];
  if (cause !== undefined) return told('NEEDED', cause);
  const causes = [...Map.groupBy(coordinates, (coordinate) => coordinate.split('.')[0]).values()].map(
    (group) => causeOfGroup(group, granted, answer),
  );
  const missing = causes.filter((one) => one !== null);
  if (missing.length === 0)
    return told(coordinates.length > 0 ? 'REPLACED' : 'NEEDED', coordinates.length > 0 ? null : 'NO_RECORD');
  const worst = (['SOURCE_UNAVAILABLE', 'NOT_GRANTED', 'NO_RECORD'] as const).find((one) =>
    missing.includes(one),
  );
  return told(missing.length === causes.length ? 'NEEDED' : 'PARTLY', worst ?? 'NO_RECORD');
}

/** The reason why no coordinate of one kind of record has data; null where one has. */
function causeOfGroup(
  coordinates: readonly string[],
  granted: ReadonlySet<string>,
  answer: ExpandedAnswer,
): ComponentCause | null {
  const walks = coordinates.map((one) => walkAnswer(answer, rootOf(answer, APPLICANT), componentPath(one)));
  if (walks.some(({ found }) => found.length > 0)) return null;
  if (walks.some(({ fault }) => fault === 'SOURCE_UNAVAILABLE')) return 'SOURCE_UNAVAILABLE';
  return coordinates.some((one) => granted.has(one)) ? 'NO_RECORD' : 'NOT_GRANTED';
}
