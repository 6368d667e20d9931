import { useSay, type Words } from '../shell/words.ts';
import { figure, msFigure, witnessWords } from './centre-words.ts';
import { LevelMark } from './level-mark.tsx';
import type { ShownState } from './use-live-state.ts';

const TEXT = {
  title: ['Cổng dữ liệu', 'Gateway'],
  rate: ['yêu cầu/giây', 'requests/s'],
  time: ['99% dưới', 'p99'],
  failed: ['lỗi', 'failed'],
  today: ['yêu cầu hôm nay', 'requests today'],
  refused: ['bị từ chối', 'refused'],
  forms: ['biểu mẫu hôm nay', 'forms today'],
  cache: ['trúng bộ nhớ đệm', 'cache hits'],
  log: ['dòng nhật ký/giây', 'log entries/s'],
  isWritten: ['nhật ký ghi được', 'log is written'],
  isNotWritten: ['KHÔNG ghi được nhật ký', 'log CANNOT be written'],
  witness: ['nhân chứng', 'witness'],
  quota: ['vượt hạn mức hôm nay', 'over quota today'],
  overloads: ['quá tải', 'overloads'],
  PROVINCE: ['Tỉnh', 'Provinces'],
  COMMUNE: ['Xã, phường', 'Communes'],
} as const satisfies Record<string, Words>;

/** The gateway in a row of figures, and how many units have each colour at both levels. */
export function GatewayFigures({ gateway, levels }: Pick<ShownState, 'gateway' | 'levels'>) {
  const say = useSay();
  if (!gateway) return null;
  return (
    <section aria-labelledby="gateway-title">
      <h2 id="gateway-title">
        {say(TEXT.title)} <LevelMark level={gateway.level} />
      </h2>
      <ul class="tiles figures">
        <li>
          <strong>{figure(gateway.ratePerSecond)}</strong> {say(TEXT.rate)}
          <small>
            {say(TEXT.time)} {msFigure(gateway.p99Ms)} · {figure(gateway.failedPercent, '%')}{' '}
            {say(TEXT.failed)}
          </small>
        </li>
        <li>
          <strong>{figure(gateway.answersToday)}</strong> {say(TEXT.today)}
          <small>
            {figure(gateway.refusedToday)} {say(TEXT.refused)} · {figure(gateway.failedToday)}{' '}
            {say(TEXT.failed)}
          </small>
        </li>
        <li>
          <strong>{figure(gateway.formsToday)}</strong> {say(TEXT.forms)}
          <small>
            {figure(gateway.cacheHitPercent, '%')} {say(TEXT.cache)}
          </small>
        </li>
        <li>
          <strong>{figure(gateway.entriesPerSecond)}</strong> {say(TEXT.log)}
          <small>
            {say(gateway.isLogHealthy ? TEXT.isWritten : TEXT.isNotWritten)} · {say(TEXT.witness)}{' '}
            {say(witnessWords(gateway.witness))}
          </small>
        </li>
        <li>
          <strong>{figure(gateway.quotaRefusals)}</strong> {say(TEXT.quota)}
          <small>
            {figure(gateway.overloads)} {say(TEXT.overloads)}
          </small>
        </li>
        {(levels ?? []).map((one) => (
          <li key={one.scope} class="levels">
            {say(one.scope === 'PROVINCE' ? TEXT.PROVINCE : TEXT.COMMUNE)}
            <span class="counts">
              <LevelMark level="RED" /> {figure(one.red)} <LevelMark level="YELLOW" /> {figure(one.yellow)}{' '}
              <LevelMark level="GREEN" /> {figure(one.green)} <LevelMark level="GREY" /> {figure(one.grey)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
