import { useSay, type Words } from '../shell/words.ts';
import { ageWords, figure, msFigure } from './centre-words.ts';
import { LevelMark } from './level-mark.tsx';
import { PROVINCE_PLACES } from './province-places.ts';
import type { ShownState } from './use-live-state.ts';

const TEXT = {
  unit: ['Đơn vị', 'Unit'],
  level: ['Mức', 'State'],
  requests: ['Yêu cầu', 'Requests'],
  refused: ['Từ chối', 'Refused'],
  answered: ['Được trả lời', 'Answered'],
  forms: ['Biểu mẫu', 'Forms'],
  p99: ['99% dưới', 'p99'],
  age: ['Gần nhất', 'Last'],
  none: ['Chưa có đơn vị nào gửi yêu cầu.', 'No unit has asked yet.'],
  more: ['Còn nữa:', 'And more:'],
} as const satisfies Record<string, Words>;

/** Rows that a wall screen has room for. */
const SHOWN = 5;

/** Communes or offices today, the worst first. */
export function UnitTable({
  id,
  title,
  units,
}: {
  readonly id: string;
  readonly title: Words;
  readonly units: NonNullable<ShownState['communes']>;
}) {
  const say = useSay();
  const heads = [
    TEXT.unit,
    TEXT.level,
    TEXT.requests,
    TEXT.refused,
    TEXT.answered,
    TEXT.forms,
    TEXT.p99,
    TEXT.age,
  ];
  return (
    <section>
      <h2 id={id}>{say(title)}</h2>
      {units.length === 0 ? (
        <p>{say(TEXT.none)}</p>
      ) : (
        <div class="wide" role="region" tabIndex={0} aria-labelledby={id}>
          <table class="cards dense">
            <thead>
              <tr>
                {heads.map((words) => (
                  <th key={words[1]} scope="col">
                    {say(words)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {units.slice(0, SHOWN).map((unit) => (
                <tr key={unit.code}>
                  <th scope="row">
                    {unit.name}
                    {unit.province ? (
                      <small class="hint">{PROVINCE_PLACES[unit.province]?.short}</small>
                    ) : null}
                  </th>
                  <td data-label={say(TEXT.level)}>
                    <LevelMark level={unit.level} />
                  </td>
                  <td class="number" data-label={say(TEXT.requests)}>
                    {figure(unit.requests)}
                  </td>
                  <td class="number" data-label={say(TEXT.refused)}>
                    {figure(unit.refused)}
                  </td>
                  <td class="number" data-label={say(TEXT.answered)}>
                    {figure(unit.answeredPercent, '%')}
                  </td>
                  <td class="number" data-label={say(TEXT.forms)}>
                    {figure(unit.forms)}
                  </td>
                  <td class="number" data-label={say(TEXT.p99)}>
                    {msFigure(unit.p99Ms)}
                  </td>
                  <td class="number" data-label={say(TEXT.age)}>
                    {say(ageWords(unit.ageSeconds))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {units.length > SHOWN ? (
            <p class="hint">
              {say(TEXT.more)} {units.length - SHOWN}
            </p>
          ) : null}
        </div>
      )}
    </section>
  );
}
