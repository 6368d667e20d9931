import type { ComponentChildren } from 'preact';
import { useSay, type Words } from '../shell/words.ts';
import { figure, msFigure, NOT_APPLICABLE } from './centre-words.ts';
import { LevelMark } from './level-mark.tsx';
import type { ShownReport, ShownReportUnit } from './report-shape.ts';

const TEXT = {
  totals: ['Tổng hợp', 'Totals'],
  answers: ['Yêu cầu', 'Requests'],
  answered: ['Được trả lời', 'Answered'],
  refused: ['Bị từ chối', 'Refused'],
  entries: ['Dòng nhật ký', 'Log entries'],
  forms: ['Biểu mẫu', 'Forms'],
  measure: ['Chỉ tiêu', 'Measure'],
  today: ['Trong ngày', 'On the day'],
  before: ['Ngày trước', 'Day before'],
  tooFew: ['Chưa đủ kỳ', 'Not enough periods'],
  registers: ['Cơ sở dữ liệu quốc gia', 'National registers'],
  register: ['Cơ sở dữ liệu', 'Register'],
  calls: ['Lượt gọi', 'Calls'],
  failed: ['Lỗi', 'Failed'],
  median: ['Trung vị', 'Median'],
  unit: ['Đơn vị', 'Unit'],
  level: ['Mức', 'State'],
  p99: ['99% dưới', 'p99'],
  rank: ['Hạng', 'Rank'],
  share: ['Tỷ lệ', 'Share'],
  indicators: ['Tái sử dụng dữ liệu (Quyết định 766/QĐ-TTg)', 'Re-use of data (Decision 766/QĐ-TTg)'],
  indicator: ['Chỉ số', 'Indicator'],
  points: ['Điểm', 'Points'],
  none: ['Chưa có dữ liệu', 'No data yet'],
} as const satisfies Record<string, Words>;

/** A table with its title as caption, that scrolls by itself where it is wide. */
function Table({
  title,
  heads,
  hasLevel = false,
  children,
}: {
  readonly title: Words;
  readonly heads: readonly Words[];
  /** The second column is a colour with its word, and no number. */
  readonly hasLevel?: boolean;
  readonly children: ComponentChildren;
}) {
  const say = useSay();
  return (
    <section>
      <h2>{say(title)}</h2>
      <div class="wide" role="region" tabIndex={0} aria-label={say(title)}>
        <table class={hasLevel ? 'cards dense' : 'cards dense plain'}>
          <thead>
            <tr>
              {heads.map((words) => (
                <th key={words[1]} scope="col">
                  {say(words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}

/** Totals of the day beside those of the day before, where they may be compared. */
export function TotalsTable({ report: { totals, before } }: { readonly report: ShownReport }) {
  const say = useSay();
  return (
    <Table title={TEXT.totals} heads={[TEXT.measure, TEXT.today, TEXT.before]}>
      {(['answers', 'answered', 'refused', 'entries', 'forms'] as const).map((name) => (
        <tr key={name}>
          <th scope="row">{say(TEXT[name])}</th>
          <td class="number" data-label={say(TEXT.today)}>
            {figure(totals[name])}
          </td>
          <td class="number" data-label={say(TEXT.before)}>
            {before ? figure(before[name]) : say(TEXT.tooFew)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Registers on the day, the worst first. */
export function ReportRegisters({ report: { registers } }: { readonly report: ShownReport }) {
  const say = useSay();
  return (
    <Table
      title={TEXT.registers}
      hasLevel
      heads={[TEXT.register, TEXT.level, TEXT.answers, TEXT.calls, TEXT.failed, TEXT.median, TEXT.p99]}
    >
      {registers.map((one) => (
        <tr key={one.register}>
          <th scope="row">{one.name}</th>
          <td data-label={say(TEXT.level)}>
            <LevelMark level={one.level} />
          </td>
          <td class="number" data-label={say(TEXT.answers)}>
            {figure(one.answers)}
          </td>
          <td class="number" data-label={say(TEXT.calls)}>
            {figure(one.calls)}
          </td>
          <td class="number" data-label={say(TEXT.failed)}>
            {figure(one.failedPercent, '%')}
          </td>
          <td class="number" data-label={say(TEXT.median)}>
            {msFigure(one.p50Ms)}
          </td>
          <td class="number" data-label={say(TEXT.p99)}>
            {msFigure(one.p99Ms)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Provinces or offices on the day, the worst first; those without a request are left to the printed report. */
export function ReportUnits({
  title,
  units,
}: {
  readonly title: Words;
  readonly units: readonly ShownReportUnit[];
}) {
  const say = useSay();
  const asked = units.filter(({ answers }) => answers > 0);
  return (
    <Table
      title={title}
      hasLevel
      heads={[
        TEXT.unit,
        TEXT.level,
        TEXT.answers,
        TEXT.before,
        TEXT.refused,
        TEXT.share,
        TEXT.forms,
        TEXT.p99,
        TEXT.rank,
      ]}
    >
      {asked.length === 0 ? (
        <tr>
          <td colSpan={9}>{say(TEXT.none)}</td>
        </tr>
      ) : null}
      {asked.map((unit) => (
        <tr key={unit.code}>
          <th scope="row">{unit.name}</th>
          <td data-label={say(TEXT.level)}>
            <LevelMark level={unit.level} />
          </td>
          <td class="number" data-label={say(TEXT.answers)}>
            {figure(unit.answers)}
          </td>
          <td class="number" data-label={say(TEXT.before)}>
            {unit.answersBefore === null ? say(TEXT.tooFew) : figure(unit.answersBefore)}
          </td>
          <td class="number" data-label={say(TEXT.refused)}>
            {figure(unit.refused)}
          </td>
          <td class="number" data-label={say(TEXT.share)}>
            {figure(unit.answeredPercent, '%')}
          </td>
          <td class="number" data-label={say(TEXT.forms)}>
            {figure(unit.forms)}
          </td>
          <td class="number" data-label={say(TEXT.p99)}>
            {msFigure(unit.p99Ms)}
          </td>
          <td class="number" data-label={say(TEXT.rank)}>
            {figure(unit.rank)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** The four national indicators that the ledger of forms measures. */
export function ReportIndicators({ report: { indicators } }: { readonly report: ShownReport }) {
  const say = useSay();
  return (
    <Table title={TEXT.indicators} heads={[TEXT.indicator, TEXT.share, TEXT.points]}>
      {indicators.map((one) => (
        <tr key={one.name}>
          <th scope="row" lang="vi">
            {one.name}
          </th>
          <td class="number" data-label={say(TEXT.share)}>
            {one.percent === null
              ? say(NOT_APPLICABLE)
              : `${figure(one.percent, '%')} (${figure(one.numerator)}/${figure(one.denominator)})`}
          </td>
          <td class="number" data-label={say(TEXT.points)}>
            {one.points === null ? say(NOT_APPLICABLE) : `${figure(one.points)}/${one.maximum}`}
          </td>
        </tr>
      ))}
    </Table>
  );
}
