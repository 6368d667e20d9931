import { figure, msFigure, NO_DATA } from './centre-words.ts';
import { LEVEL_LOOKS } from './level-mark.tsx';
import { PROVINCE_PLACES } from './province-places.ts';
import type { ShownState } from './use-live-state.ts';
import { useSay, type Words } from '../shell/words.ts';

const TEXT = {
  title: ['34 tỉnh, thành phố hôm nay', '34 provinces today'],
  hint: [
    'Yêu cầu, tỷ lệ được trả lời; ▤ biểu mẫu được điền, thời gian của 99% yêu cầu.',
    'Requests, share answered; ▤ forms filled, p99.',
  ],
  requests: ['yêu cầu', 'requests'],
  refused: ['bị từ chối', 'refused'],
  answered: ['được trả lời', 'answered'],
  forms: ['biểu mẫu', 'forms'],
  time: ['99% dưới', 'p99'],
} as const satisfies Record<string, Words>;

/** The provinces as tiles about where they lie. In the document they stand with the worst first, as they come. */
export function ProvinceMap({ provinces }: { readonly provinces: NonNullable<ShownState['provinces']> }) {
  const say = useSay();
  return (
    <section aria-labelledby="map-title" class="map-part">
      <h2 id="map-title">{say(TEXT.title)}</h2>
      <ol class="map">
        {provinces.map((unit) => {
          const place = PROVINCE_PLACES[unit.code ?? ''];
          const look = LEVEL_LOOKS[unit.level ?? 'GREY'];
          const isAsked = (unit.requests ?? 0) > 0;
          return (
            <li
              key={unit.code}
              class={`tile ${look.tone}${place ? ` column-${place.column} row-${place.row}` : ''}`}
              title={`${unit.name}: ${figure(unit.requests)} ${say(TEXT.requests)}, ${figure(unit.refused)} ${say(TEXT.refused)}`}
            >
              <span class="tile-name">
                <span aria-hidden="true">{look.sign} </span>
                {place?.short ?? unit.name}
                <span class="unseen">, {say(look.words)}</span>
              </span>
              {isAsked ? (
                <>
                  <span>
                    <strong>{figure(unit.requests)}</strong>{' '}
                    <span class="unseen">{say(TEXT.requests)}, </span>
                    {figure(unit.answeredPercent, '%')} <span class="unseen">{say(TEXT.answered)}, </span>
                  </span>
                  <small>
                    <span aria-hidden="true">▤ </span>
                    {figure(unit.forms)}{' '}
                    <span class="unseen">
                      {say(TEXT.forms)}, {say(TEXT.time)}{' '}
                    </span>
                    <span aria-hidden="true">· </span>
                    {msFigure(unit.p99Ms)}
                  </small>
                </>
              ) : (
                <small>{say(NO_DATA)}</small>
              )}
            </li>
          );
        })}
      </ol>
      <p class="hint">{say(TEXT.hint)}</p>
    </section>
  );
}
