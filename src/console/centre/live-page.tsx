import { dateTimeText } from '../shell/formats.ts';
import { Waiting } from '../shell/notice.tsx';
import { useSay, type Words } from '../shell/words.ts';
import { ageWords } from './centre-words.ts';
import { FlagList } from './flag-list.tsx';
import { GatewayFigures } from './gateway-figures.tsx';
import { ProvinceMap } from './province-map.tsx';
import { RegisterTable } from './register-table.tsx';
import { UnitTable } from './unit-table.tsx';
import { STALE_AFTER_SECONDS, useLiveState } from './use-live-state.ts';

const TEXT = {
  pause: ['Tạm dừng cập nhật', 'Pause updates'],
  goOn: ['Tiếp tục cập nhật', 'Resume updates'],
  live: ['Trực tiếp, mỗi giây', 'Live, once a second'],
  paused: ['Đã tạm dừng: số liệu không còn mới', 'Paused: the figures are not new any more'],
  stale: ['Số liệu đã cũ', 'The figures are old'],
  connecting: ['Đang nối…', 'Connecting…'],
  limit: ['giới hạn', 'limit'],
  reconnecting: ['đang nối lại…', 'reconnecting…'],
  captured: ['Chụp lúc', 'Captured at'],
  instance: ['máy chủ', 'instance'],
  minute: [
    'Tốc độ và thời gian: phút vừa qua. Số đếm: từ 00:00 hôm nay.',
    'Rates and times: the last minute. Counts: since midnight.',
  ],
  communes: ['Xã, phường, đặc khu', 'Communes'],
  offices: ['Cơ quan', 'Offices'],
} as const satisfies Record<string, Words>;

/** The live page, for a wall screen and for smaller ones: the worst first, and nothing that names a person. */
export default function LivePage() {
  const say = useSay();
  const { state, ageSeconds, isPaused, setPaused } = useLiveState();
  const isStale = state !== null && !isPaused && ageSeconds > STALE_AFTER_SECONDS;
  const [word, tone] = stateWords(state !== null, isPaused, isStale);
  return (
    <div class="live">
      <div class="live-bar">
        {/* Announced when it changes, and not each second (WCAG 4.1.3). */}
        <p role="status" class={`mark ${tone}`}>
          {say(word)}
        </p>
        {isStale || isPaused ? (
          <p>
            {say(ageWords(ageSeconds))} ({say(TEXT.limit)} {say(ageWords(STALE_AFTER_SECONDS))}
            {isStale ? `; ${say(TEXT.reconnecting)}` : ''})
          </p>
        ) : null}
        {state ? (
          <p class="hint">
            {say(TEXT.captured)} {dateTimeText(state.at)}, {say(TEXT.instance)} {state.instance}.{' '}
            {say(TEXT.minute)}
          </p>
        ) : null}
        <button type="button" class="quiet" onClick={() => setPaused(!isPaused)}>
          {say(isPaused ? TEXT.goOn : TEXT.pause)}
        </button>
      </div>
      {state ? (
        <div class={isStale ? 'live-parts stale' : 'live-parts'}>
          <ProvinceMap provinces={state.provinces ?? []} />
          <div class="live-side">
            <GatewayFigures gateway={state.gateway} levels={state.levels} />
            <RegisterTable registers={state.registers ?? []} />
            <FlagList flags={state.flags ?? []} />
            <div class="live-pair">
              <UnitTable id="offices-title" title={TEXT.offices} units={state.offices ?? []} />
              <UnitTable id="communes-title" title={TEXT.communes} units={state.communes ?? []} />
            </div>
          </div>
        </div>
      ) : (
        <Waiting />
      )}
    </div>
  );
}

function stateWords(isThere: boolean, isPaused: boolean, isStale: boolean): readonly [Words, string] {
  if (!isThere) return [TEXT.connecting, 'none'];
  if (isPaused) return [TEXT.paused, 'warn'];
  return isStale ? [TEXT.stale, 'bad'] : [TEXT.live, 'good'];
}
