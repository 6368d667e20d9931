import { useSay, type Words } from '../shell/words.ts';
import { ageWords, circuitWords, figure, msFigure, shortRegister } from './centre-words.ts';
import { LevelMark } from './level-mark.tsx';
import type { ShownState } from './use-live-state.ts';

const TEXT = {
  title: ['Cơ sở dữ liệu quốc gia', 'National registers'],
  register: ['Cơ sở dữ liệu', 'Register'],
  level: ['Mức', 'State'],
  rate: ['Lượt/giây', 'Calls/s'],
  p50: ['Trung vị', 'Median'],
  p99: ['99% dưới', 'p99'],
  peers: ['Nơi khác', 'Others'],
  limit: ['Ngưỡng', 'Limit'],
  failed: ['Lỗi', 'Failed'],
  circuit: ['Cầu dao', 'Circuit'],
  today: ['Hôm nay', 'Today'],
  age: ['Lần cuối', 'Last'],
} as const satisfies Record<string, Words>;

/** The registers over the last minute, the worst first. */
export function RegisterTable({ registers }: { readonly registers: NonNullable<ShownState['registers']> }) {
  const say = useSay();
  const heads = [
    TEXT.register,
    TEXT.level,
    TEXT.rate,
    TEXT.p50,
    TEXT.p99,
    TEXT.limit,
    TEXT.peers,
    TEXT.failed,
    TEXT.circuit,
    TEXT.today,
    TEXT.age,
  ];
  return (
    <section>
      <h2 id="registers-title">{say(TEXT.title)}</h2>
      <div class="wide" role="region" tabIndex={0} aria-labelledby="registers-title">
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
            {registers.map((one) => (
              <tr key={one.register}>
                <th scope="row">{shortRegister(one.name)}</th>
                <td data-label={say(TEXT.level)}>
                  <LevelMark level={one.level} />
                </td>
                <td class="number" data-label={say(TEXT.rate)}>
                  {figure(one.ratePerSecond)}
                </td>
                <td class="number" data-label={say(TEXT.p50)}>
                  {msFigure(one.p50Ms)}
                </td>
                <td class="number" data-label={say(TEXT.p99)}>
                  {msFigure(one.p99Ms)}
                </td>
                <td class="number" data-label={say(TEXT.limit)}>
                  {msFigure(one.limitMs)}
                </td>
                <td class="number" data-label={say(TEXT.peers)}>
                  {msFigure(one.peersP99Ms)}
                </td>
                <td class="number" data-label={say(TEXT.failed)}>
                  {figure(one.failedPercent, '%')}
                </td>
                <td class="number" data-label={say(TEXT.circuit)}>
                  {say(circuitWords(one.circuit))}
                </td>
                <td class="number" data-label={say(TEXT.today)}>
                  {figure(one.callsToday)}
                  {(one.failedToday ?? 0) > 0 ? (
                    <small class="hint">
                      {figure(one.failedToday)} {say(TEXT.failed).toLowerCase()}
                    </small>
                  ) : null}
                </td>
                <td class="number" data-label={say(TEXT.age)}>
                  {say(ageWords(one.ageSeconds))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
